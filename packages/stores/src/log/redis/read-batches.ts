import { storeLimits } from "../../limits.ts";
import type { StoredBatch } from "../port.ts";
import { refuseReadBefore } from "../refuse-trimmed.ts";
import { inTurn, type LogAccess } from "./log-access.ts";
import { askState, type LogState, stateFrom } from "./log-state.ts";
import { batchesFrom, type RedisBatch } from "./redis-batch.ts";
import type { Witness } from "./witness.ts";

interface ReadOptions {
  readonly from: number;
  readonly limit: number;
}

/**
 * Reads batches from the one that holds `from`. The batch before comes along: it may be the one that holds `from`, and
 * by it the log is known to be the one that was seen before. Appends and trims may come between the commands, so the
 * state is asked before and after: batches may be missing that were appended after the first answer or trimmed before
 * the last.
 */
export async function readBatches(
  access: LogAccess,
  witness: Witness,
  { from, limit }: ReadOptions,
): Promise<StoredBatch[]> {
  const { head, batches } = access.keys;
  const { seen } = witness;
  const count = Math.min(limit, storeLimits.redisReadBatches);
  const [earlier, before, following, later] = await inTurn(access, (commands) => {
    askState(commands, head);
    commands
      .xrevrange(batches, `(${from}-0`, "-", "COUNT", 1)
      .xrange(batches, `${from}-0`, "+", "COUNT", count);
    return askState(commands, head);
  });
  const state = stateFrom(later);
  const next = batchesFrom(following);
  const stretch = [...batchesFrom(before), ...next];
  witness.compare({ seen, state, batches: stretch });
  refuseReadBefore(state.floor.last, from);
  const endsAtLeastAt = next.length < count ? stateFrom(earlier).head.last : 0;
  const hole = holeIn(stretch, { from, floor: state.floor.last, endsAtLeastAt });
  if (hole !== undefined) throw witness.diverge(`position ${hole} is missing`);
  const found = withinLimits(stretch.filter(({ mark }) => mark.last >= from).slice(0, count));
  const newest = found.at(-1);
  if (newest !== undefined) witness.see(newest.mark);
  return found.map(({ batch }) => batch);
}

/** Asks for the state, and for the batch that was seen last. */
export async function readState(access: LogAccess, witness: Witness): Promise<LogState> {
  const { head, batches } = access.keys;
  const { seen } = witness;
  const [last, answer] = await inTurn(access, (commands) =>
    askState(commands.xrevrange(batches, `${seen.last}-0`, "-", "COUNT", 1), head),
  );
  const state = stateFrom(answer);
  witness.compare({ seen, state, batches: batchesFrom(last) });
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
  {
    from,
    floor,
    endsAtLeastAt,
  }: { readonly from: number; readonly floor: number; readonly endsAtLeastAt: number },
): number | undefined {
  let next = stretch.length > 0 && stretch[0].batch.first < from ? stretch[0].batch.first : floor + 1;
  for (const { batch, mark } of stretch) {
    if (batch.first !== next) return next;
    next = mark.last + 1;
  }
  return next <= endsAtLeastAt ? next : undefined;
}

function withinLimits(batches: readonly RedisBatch[]): readonly RedisBatch[] {
  let text = 0;
  const end = batches.findIndex(({ batch }) => {
    text += batch.commands.length;
    return text >= storeLimits.readText;
  });
  return end === -1 ? batches : batches.slice(0, end + 1);
}
