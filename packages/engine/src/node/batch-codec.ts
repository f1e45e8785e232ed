import type { Command, Entry, NodeKey } from "@matchforge/core";
import type { Log, StoredBatch } from "@matchforge/stores";
import { StoreError } from "@matchforge/stores/errors";
import { engineLimits } from "../limits.ts";

/** Commands as they stand in the log: encoded once, forwarded as text. */
export function encodeCommands(commands: readonly Command[]): string {
  return JSON.stringify(commands);
}

/**
 * The entries of a stored batch, in order.
 *
 * @throws StoreError `CORRUPT` where the batch holds no commands.
 * @example
 * for (const batch of await log.read({ from: 1, limit: 100 })) for (const entry of entriesOf(batch)) applyEntry(state, entry);
 */
export function entriesOf(batch: StoredBatch): Entry[] {
  const node: NodeKey = `${batch.node}/${batch.boot}`;
  return commandsOf(batch).map((command, index) => ({
    position: batch.first + index,
    at: batch.at,
    node,
    command,
  }));
}

/**
 * The batches of a log from a position on, to its end; the first may begin before it.
 *
 * @throws StoreError `TRIMMED` where the log does not reach back so far.
 * @example
 * for await (const batch of batchesFrom(log, 1)) console.log(batch.first, batch.count);
 */
export async function* batchesFrom(log: Log, from: number): AsyncGenerator<StoredBatch> {
  for (let next = from; ; ) {
    const batches = await log.read({ from: next, limit: engineLimits.batchesPerRead });
    if (batches.length === 0) return;
    for (const batch of batches) {
      yield batch;
      next = batch.first + batch.count;
    }
  }
}

/**
 * The entries of a log from a position on, to its end.
 *
 * @throws StoreError as `batchesFrom` and `entriesOf` do.
 * @example
 * for await (const entry of entriesFrom(log, state.position + 1)) applyEntry(state, entry);
 */
export async function* entriesFrom(log: Log, from: number): AsyncGenerator<Entry> {
  for await (const batch of batchesFrom(log, from))
    for (const entry of entriesOf(batch)) if (entry.position >= from) yield entry;
}

function commandsOf({ commands, first, count }: StoredBatch): Command[] {
  try {
    return JSON.parse(commands) as Command[];
  } catch (cause) {
    const place = `entries ${first} to ${first + count - 1}`;
    const advice = "Keep a copy of the data folder, then restore a backup.";
    throw new StoreError("CORRUPT", `The log is damaged: ${place} are no commands. ${advice}`, { cause });
  }
}
