import { StoreError } from "../errors.ts";
import { storeLimits } from "../limits.ts";
import type { LogState, Mark } from "../log/redis/log-state.ts";
import { markOf } from "../log/redis/redis-batch.ts";
import type { RedisLogRestorer } from "../log/redis/redis-log-restorer.ts";
import { type Agreement, agreementAt, type LogCopy, readCopy } from "./log-copy.ts";

/**
 * Makes the log in Redis hold what its copy holds: nothing is done if it does, and may be ahead; if it is behind or
 * another one, it is emptied and filled from the older of the copy's two snapshots on. Several nodes may do this at
 * once, and whoever comes next finishes what another one began.
 *
 * @returns The newest batch of the log that agrees with the copy.
 * @throws StoreError `STORE_UNAVAILABLE`, or `CORRUPT` when the copy lacks what the log has trimmed.
 */
export async function restoreLog(log: RedisLogRestorer, copy: LogCopy): Promise<Mark> {
  for (let resets = 0; ; ) {
    const { state } = await log.look([]);
    if (state.filling) {
      if (await fillOn(log, copy, state)) continue;
    } else {
      const agreement = await agreementOf(log, copy, state);
      if (agreement === "filling") continue;
      if (agreement !== "other") return state.head;
    }
    resets += 1;
    if (resets > storeLimits.redisRestoreTries) {
      throw new StoreError(
        "STORE_UNAVAILABLE",
        `The log in ${log.place} is lost again while it is restored.`,
      );
    }
    await log.reset(state, await baseOf(copy));
  }
}

async function agreementOf(
  log: RedisLogRestorer,
  copy: LogCopy,
  { head, floor }: LogState,
): Promise<Agreement> {
  const { position } = await copy.mirror.head();
  if (head.last < position) return "other";
  if (floor.last > position) {
    const lacking = `The log in ${log.place} begins after position ${floor.last}, its copy ends at ${position}`;
    const advice = "Restore the newest backup of the copy, or empty the log to go on from the copy.";
    throw new StoreError("CORRUPT", `${lacking}: what lies between is lost. ${advice}`);
  }
  return agreementAt(log, copy, position);
}

/** Puts the next batches of the copy into the log, or opens it when there are none; false if the copy has not got them. */
async function fillOn(log: RedisLogRestorer, copy: LogCopy, { head: { last } }: LogState): Promise<boolean> {
  const { position } = await copy.mirror.head();
  if (last > position) return false;
  if (last === position) {
    await log.finish(position);
    return true;
  }
  const batches = await readCopy(copy, { from: last + 1, limit: storeLimits.redisFillBatches });
  if (batches?.[0]?.first !== last + 1) return false;
  await log.fill(batches);
  return true;
}

/** The place after which the log is filled: where the older snapshot's replay begins, or as far back as is kept. */
async function baseOf(copy: LogCopy): Promise<Mark> {
  const newest = (await copy.log.readSnapshot({}))?.meta.position ?? 0;
  const older = newest > 1 ? await copy.log.readSnapshot({ atMost: newest - 1 }) : undefined;
  for (const snapshot of [older?.meta.position ?? newest, newest]) {
    const batches = await readCopy(copy, { from: snapshot + 1, limit: 1 });
    if (batches === undefined) continue;
    const head = await copy.mirror.head();
    const last = batches[0] === undefined ? head.position : batches[0].first - 1;
    const [before] = last === 0 ? [] : ((await readCopy(copy, { from: last, limit: 1 })) ?? []);
    return before === undefined
      ? { last, at: last === head.position ? head.at : 0, digest: "" }
      : markOf(before);
  }
  throw new StoreError("STORE_UNAVAILABLE", "The copy of the log was trimmed while it was read.");
}
