/** Commands one node appends at once. The log never looks into `commands`. */
export interface LogBatch {
  readonly node: string;
  /** The node's boot id: new at every start, so that sequences start at 1 again. */
  readonly boot: string;
  /** 1 for the first batch of a boot, then one more each time. */
  readonly sequence: number;
  /** Commands in the batch, at least 1. */
  readonly count: number;
  /** JSON text of an array of `count` commands. */
  readonly commands: string;
}

/** Where a batch landed: positions `first` to `first + count - 1`, all stamped `at` (unix ms). */
export interface LogReceipt {
  readonly first: number;
  readonly at: number;
}

/** A batch as the log gives it back. */
export interface StoredBatch extends LogBatch, LogReceipt {}

/** The last position and its stamp; both 0 in an empty log. */
export interface LogHead {
  readonly position: number;
  readonly at: number;
}

/**
 * What a snapshot holds: the state after `position`, the content hash of its chunks, by which damage is noticed, and
 * the kernel level of its format.
 */
export interface SnapshotMeta {
  readonly position: number;
  readonly hash: string;
  readonly level: number;
}

/** A snapshot as the log gives it back. */
export interface StoredSnapshot {
  readonly meta: SnapshotMeta;
  /**
   * The chunks in the order written. Throws `TRIMMED` if a trim drops the snapshot meanwhile, and `CORRUPT` at the end
   * when together they have not the hash they were stored with: nothing may be made of them before the end.
   */
  readonly chunks: AsyncIterable<string>;
}

/**
 * One ordered, durable list of commands, shared by all nodes of a shard, with the snapshots that shorten a replay.
 *
 * Every method rejects with a `StoreError`: `STORE_UNAVAILABLE` when the store failed (nothing was stored, unless
 * the connection was lost in between: then the append is in doubt and is retried as it was), `STORE_CLOSED` after `close`,
 * `CORRUPT` when what is stored cannot be read.
 *
 * @example
 * const { first } = await log.append({ node: "node_a", boot: "boot_1", sequence: 1, count: 1, commands: "[{}]" });
 * const batches = await log.read({ from: first, limit: 100 });
 */
export interface Log {
  /**
   * Stores a batch; it is durable when this resolves. Positions are handed out in one total order without gaps, and
   * `at` is never below the previous one. Only sequence last + 1 of (node, boot) is accepted, so a batch already
   * present answers its original receipt and stores nothing.
   * Throws `SEQUENCE_GAP` when a sequence is skipped, `SEQUENCE_CONFLICT` when it holds another text, and `TRIMMED`
   * for a retry of a batch that was trimmed and is not the last of its (node, boot).
   */
  append(batch: LogBatch): Promise<LogReceipt>;
  /**
   * Batches in order without gaps, from the one that holds position `from` (at least 1). At most `limit` of them,
   * and fewer when their text is long: only an empty answer means the end. Throws `TRIMMED` when `from` is gone.
   */
  read(options: { readonly from: number; readonly limit: number }): Promise<StoredBatch[]>;
  /** The last position and its stamp. */
  head(): Promise<LogHead>;
  /**
   * Calls `listener` after appends of any handle, own ones included. It only wakes: several appends may wake once,
   * and readers on a network also poll. Returns the function that ends it.
   */
  watch(listener: () => void): () => void;
  /**
   * Stores a snapshot; it is readable only when complete, and replaces one of the same position. `chunks` is read
   * to its end before this returns its promise, so it may be generated from state that changes afterwards.
   */
  writeSnapshot(meta: SnapshotMeta, chunks: Iterable<string>): Promise<void>;
  /** The newest complete snapshot whose position is at most `atMost` (default: any), or undefined. */
  readSnapshot(options: { readonly atMost?: number }): Promise<StoredSnapshot | undefined>;
  /**
   * Drops whole batches that end before position `before`, and all but the newest two snapshots. The last batch of
   * each (node, boot) is still recognised afterwards. Throws `TRIM_REFUSED`, dropping nothing, when `before` lies
   * beyond the newest snapshot's position + 1. Appends pass while it works.
   */
  trim(options: { readonly before: number }): Promise<void>;
  /** Ends this handle and its watches; the log and other handles go on. */
  close(): Promise<void>;
}
