import { StoreError } from "../errors.ts";
import { storeLimits } from "../limits.ts";
import type { StoredBatch } from "../log/port.ts";
import type { LogState, Mark } from "../log/redis/log-state.ts";
import { markOf } from "../log/redis/redis-batch.ts";
import type { RedisLogRestorer } from "../log/redis/redis-log-restorer.ts";
import type { LogCopy } from "./log-copy.ts";

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
    const state = await log.state();
    if (state.filling) {
      if (await fillOn(log, copy, state)) continue;
    } else if (await agrees(log, copy, state)) return state.head;
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

async function agrees(
  log: RedisLogRestorer,
  { log: copied, mirror }: LogCopy,
  state: LogState,
): Promise<boolean> {
  const head = await mirror.head();
  if (state.head.last < head.position) return false;
  if (state.floor.last > head.position) {
    const lacking = `The log in ${log.place} begins after position ${state.floor.last}, its copy ends at ${head.position}`;
    const advice = "Restore the newest backup of the copy, or empty the log to go on from the copy.";
    throw new StoreError("CORRUPT", `${lacking}: what lies between is lost. ${advice}`);
  }
  if (head.position === 0) return true;
  const there = await log.markAt(head.position);
  if (there === undefined || there.last !== head.position || there.at !== head.at) return false;
  // What was trimmed from the copy is told by its stamp alone.
  const [newest] = (await readUntrimmed(copied, head.position)) ?? [];
  return newest === undefined || there.digest === "" || there.digest === markOf(newest).digest;
}

/** Puts the next batches of the copy into the log, or opens it when there are none; false if the copy has not got them. */
async function fillOn(
  log: RedisLogRestorer,
  { log: copied, mirror }: LogCopy,
  state: LogState,
): Promise<boolean> {
  const { position } = await mirror.head();
  const { last } = state.head;
  if (last > position) return false;
  if (last === position) {
    await log.finish(position);
    return true;
  }
  const batches = await readUntrimmed(copied, last + 1);
  if (batches?.[0]?.first !== last + 1) return false;
  await log.fill(batches);
  return true;
}

/** The place after which the log is filled: where the older snapshot's replay begins, or as far back as is kept. */
async function baseOf({ log, mirror }: LogCopy): Promise<Mark> {
  const newest = (await log.readSnapshot({}))?.meta.position ?? 0;
  const older = newest > 1 ? await log.readSnapshot({ atMost: newest - 1 }) : undefined;
  for (const snapshot of [older?.meta.position ?? newest, newest]) {
    const batches = await readUntrimmed(log, snapshot + 1);
    if (batches === undefined) continue;
    const head = await mirror.head();
    const last = batches[0] === undefined ? head.position : batches[0].first - 1;
    return placeAt(last, last === head.position ? head.at : 0, await readBefore(log, last));
  }
  throw new StoreError("STORE_UNAVAILABLE", "The copy of the log was trimmed while it was read.");
}

function placeAt(last: number, at: number, batch: StoredBatch | undefined): Mark {
  return batch === undefined ? { last, at, digest: "" } : markOf(batch);
}

async function readBefore(log: LogCopy["log"], last: number): Promise<StoredBatch | undefined> {
  return last === 0 ? undefined : (await readUntrimmed(log, last))?.[0];
}

/** Some batches of the copy; undefined if position `from` was trimmed. */
async function readUntrimmed(log: LogCopy["log"], from: number): Promise<readonly StoredBatch[] | undefined> {
  try {
    return await log.read({ from, limit: storeLimits.redisFillBatches });
  } catch (error) {
    if (error instanceof StoreError && error.code === "TRIMMED") return undefined;
    throw error;
  }
}
