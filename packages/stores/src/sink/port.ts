import type { EventPlace } from "../archive/port.ts";

/** What programs outside are told of one event; its names are those of the wire. */
export interface StreamRecord {
  /** The place of its event as `position:index`: later records have later places. */
  readonly cursor: string;
  readonly type: string;
  /** The match it is about, if it is about one. */
  readonly match_id?: string;
  /** Unix ms, never below that of an earlier record. */
  readonly at: number;
  /** JSON that depends on the type. */
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * Where a shard's records go. They come at least once, and in one total order: those of a match are never out of it. A
 * sink can always be continued from its own last record, because whoever writes keeps everything else.
 *
 * A handle writes behind the record it has last seen there, and nowhere else. Where the sink ends elsewhere, because
 * somebody else has written or its last records were lost, it writes nothing and rejects with `SINK_MOVED`; so does one that
 * has not asked for the cursor, at first and after anything that failed. Ask for the cursor then, and go on behind it.
 *
 * Every method rejects with a `StoreError`: `SINK_MOVED`, `STORE_UNAVAILABLE` (in doubt), `STORE_CLOSED` after `close`,
 * `UNSAFE_SETTINGS`, `CORRUPT`. Calls of one handle come one after the other.
 *
 * @example
 * const last = await sink.cursor();
 * await sink.write(recordsAfter(last));
 */
export interface Sink {
  /** By which settings and reports call it. */
  readonly name: string;
  /** The place of the last record; undefined in the beginning. It mends what a lost connection or process has left torn. */
  cursor(): Promise<EventPlace | undefined>;
  /**
   * Appends records, each with a later place than the one before. They are acknowledged as durable when it resolves. When
   * it rejects, a beginning of them may be there, never some behind a gap.
   */
  write(records: readonly StreamRecord[]): Promise<void>;
  /** Ends this handle at once; what is under way fails. */
  close(): Promise<void>;
}
