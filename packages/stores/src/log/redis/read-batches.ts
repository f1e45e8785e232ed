import { storeLimits } from "../../limits.ts";
import { loadScript } from "../../redis/script.ts";
import type { StoredBatch } from "../port.ts";
import { refuseReadBefore } from "../refuse-trimmed.ts";
import { type LogAccess, run } from "./log-access.ts";
import { type LogState, type Mark, stateFrom } from "./log-state.ts";
import { look } from "./look.ts";
import { batchesFrom, type RedisBatch } from "./redis-batch.ts";
import type { Witness } from "./witness.ts";

const script = loadScript(new URL("./read.lua", import.meta.url));

interface Stretch {
  readonly seen: Mark;
  readonly state: LogState;
  readonly stretch: readonly RedisBatch[];
}

interface ReadOptions {
  readonly from: number;
  readonly limit: number;
}

/**
 * Reads batches from the one that holds `from`. The batch before comes along: it may be the one that holds `from`, and
 * whoever reads on from what was seen last knows by it that the log is still the same one.
 */
export async function readBatches(
  access: LogAccess,
  witness: Witness,
  { from, limit }: ReadOptions,
): Promise<StoredBatch[]> {
  const { head, batches } = access.keys;
  const { seen } = witness;
  const count = Math.min(limit, storeLimits.redisReadBatches);
  const answer = await run(access, script, { keys: [head, batches], values: [from, count] });
  const [fields, before, following] = answer as [(string | null)[], unknown, unknown];
  const state = stateFrom(fields);
  const next = batchesFrom(following);
  const stretch = [...batchesFrom(before), ...next];
  await compareStretch(access, witness, { seen, state, stretch });
  refuseReadBefore(state.floor.last, from);
  const hole = holeIn(stretch, { from, state, isWhole: next.length < count });
  if (hole !== undefined) throw witness.diverge(`position ${hole} is missing`);
  const found = withinLimits(stretch.filter(({ mark }) => mark.last >= from).slice(0, count));
  const newest = found.at(-1);
  if (newest !== undefined) witness.see(newest.mark);
  return found.map(({ batch }) => batch);
}

/** What was seen last mostly lies in the stretch, before it or at an end of the log; else it is looked for. */
async function compareStretch(access: LogAccess, witness: Witness, read: Stretch): Promise<void> {
  const { seen, state, stretch } = read;
  const marks = [...stretch.map(({ mark }) => mark), state.head, state.floor];
  const there = marks.find(({ last }) => last === seen.last);
  const isCovered = stretch.some(({ batch, mark }) => batch.first <= seen.last && seen.last < mark.last);
  const isKnown = there !== undefined || isCovered || state.filling || seen.last > state.head.last;
  if (isKnown) witness.compare({ seen, state, there });
  else await verifySeen(access, witness);
}

/** Looks whether the log holds what was seen last, and answers where it begins and ends. */
export async function verifySeen(access: LogAccess, witness: Witness): Promise<LogState> {
  const { seen } = witness;
  const { state, marks } = await look(access, [seen.last]);
  witness.compare({ seen, state, there: marks[0] });
  return state;
}

/** Finds an older batch of a writer, going back from one of its batches to the one before, as far as they are kept. */
export async function readWriterBatch(
  { connection, keys }: LogAccess,
  options: { readonly first: number; readonly sequence: number },
): Promise<{ readonly first: number; readonly at: number; readonly digest: string } | undefined> {
  let first = options.first;
  while (first > 0) {
    const id = `${first}-0`;
    const [found] = batchesFrom(await connection.run((client) => client.xrange(keys.batches, id, id)));
    if (found === undefined) return undefined;
    if (found.batch.sequence === options.sequence)
      return { first, at: found.mark.at, digest: found.mark.digest };
    first = found.previous;
  }
  return undefined;
}

/** The first position of a stretch that no batch holds though the log must have one there. */
function holeIn(
  stretch: readonly RedisBatch[],
  { from, state, isWhole }: { readonly from: number; readonly state: LogState; readonly isWhole: boolean },
): number | undefined {
  const [oldest] = stretch;
  let next = oldest !== undefined && oldest.batch.first < from ? oldest.batch.first : state.floor.last + 1;
  for (const { batch, mark } of stretch) {
    if (batch.first !== next) return next;
    next = mark.last + 1;
  }
  return isWhole && next !== state.head.last + 1 ? next : undefined;
}

function withinLimits(batches: readonly RedisBatch[]): readonly RedisBatch[] {
  let text = 0;
  const end = batches.findIndex(({ batch }) => {
    text += batch.commands.length;
    return text >= storeLimits.readText;
  });
  return end === -1 ? batches : batches.slice(0, end + 1);
}
