import { storeLimits } from "../../limits.ts";
import { loadScript } from "../../redis/script.ts";
import { dropFields } from "./drop-fields.ts";
import { type LogAccess, run } from "./log-access.ts";
import { look } from "./look.ts";

const script = loadScript(new URL("./trim-slice.lua", import.meta.url));

/** Drops whole batches that end before a position, in slices between which appends pass, then writers long gone. */
export async function dropBatches(access: LogAccess, before: number): Promise<void> {
  const { head, batches } = access.keys;
  const { floor, head: end } = (await look(access, [])).state;
  const last = Math.min(before, end.last + 1);
  for (let done = floor.last; done < last; ) {
    done = Math.min(done + storeLimits.redisTrimPositions, last);
    await run(access, script, { keys: [head, batches], values: [done] });
  }
  await forgetWriters(access);
}

/**
 * Every start of a node is a writer of its own, so their records grow for ever. Of those whose batches are all gone,
 * the ones that appended last are kept: a node that still retries its last batch appended a moment ago.
 */
async function forgetWriters(access: LogAccess): Promise<void> {
  const { connection, keys } = access;
  const { floor } = (await look(access, [])).state;
  const records = await connection.run((client) => client.hgetall(keys.writers));
  const gone = Object.entries(records)
    .map(([field, value]) => ({ field, value, first: Number(value.split(" ")[1]) }))
    .filter(({ first }) => first <= floor.last)
    .sort((left, right) => right.first - left.first);
  await dropFields(access, { hash: keys.writers, fields: gone.slice(storeLimits.redisWriters) });
}
