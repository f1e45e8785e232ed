import type { LogHead, StoredBatch } from "./port.ts";

/**
 * Holds a faithful copy of another log, one that may be lost: same positions, same stamps. The copy is read, given
 * snapshots and trimmed through a `Log` of the same store; nobody else may append to it.
 *
 * Every method rejects with a `StoreError`: `STORE_UNAVAILABLE` (nothing was stored, or in doubt; store again) and
 * `STORE_CLOSED` after its store was closed.
 *
 * @example
 * const { position } = await mirror.head();
 * await mirror.store(await original.read({ from: position + 1, limit: 1_000 }));
 */
export interface LogMirror {
  /** The last position copied and its stamp, both 0 in the beginning. */
  head(): Promise<LogHead>;
  /**
   * Stores batches as they stand in the other log, all of them or none, durable when it resolves. They are in order
   * and without gaps; those that the copy holds already are passed over.
   * Throws `SEQUENCE_GAP` when positions behind the head are skipped, and `SEQUENCE_CONFLICT` when the copy holds
   * something else where a batch stands, or a later stamp: then it is the copy of another log.
   */
  store(batches: readonly StoredBatch[]): Promise<void>;
}
