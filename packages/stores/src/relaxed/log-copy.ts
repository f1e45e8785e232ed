import { StoreError } from "../errors.ts";
import type { LogMirror } from "../log/mirror-port.ts";
import type { Log, StoredBatch } from "../log/port.ts";
import { markOf } from "../log/redis/redis-batch.ts";
import type { RedisLogRestorer } from "../log/redis/redis-log-restorer.ts";

/** The faithful copy of a relaxed log: one store, written by the mirror alone, read and given snapshots by the log. */
export interface LogCopy {
  readonly log: Log;
  readonly mirror: LogMirror;
}

/** Batches of the copy; undefined if position `from` was trimmed. */
export async function readCopy(
  { log }: LogCopy,
  options: { readonly from: number; readonly limit: number },
): Promise<readonly StoredBatch[] | undefined> {
  try {
    return await log.read(options);
  } catch (error) {
    if (error instanceof StoreError && error.code === "TRIMMED") return undefined;
    throw error;
  }
}

/** How a log stands to its copy at a position: `trimmed` is only what was the same. */
export type Agreement = "same" | "other" | "trimmed" | "filling";

/**
 * Compares the batch that the log holds at a position with that of the copy, which reaches as far. If it is the same,
 * everything before it is the same too: both only ever grow, each batch is stamped, and none is appended twice.
 */
export async function agreementAt(
  log: RedisLogRestorer,
  copy: LogCopy,
  position: number,
): Promise<Agreement> {
  if (position === 0) return "same";
  const { state, marks } = await log.look([position]);
  const [there] = marks;
  if (state.filling) return "filling";
  if (there === undefined) return state.floor.last > position ? "trimmed" : "other";
  const [batch] = (await readCopy(copy, { from: position, limit: 1 })) ?? [];
  if (batch === undefined) {
    // What was trimmed from the copy is told by its stamp, if it was the last.
    const head = await copy.mirror.head();
    const isLast = there.last === position && there.at === head.at;
    return head.position !== position || isLast ? "same" : "other";
  }
  const { last, at, digest } = markOf(batch);
  const isSame = there.last === last && there.at === at && (there.digest === "" || there.digest === digest);
  return isSame ? "same" : "other";
}
