/** Every code an operational failure of a store can carry. The list is closed. */
export const storeErrorCodes = [
  /** Another process holds the file. */
  "FILE_IN_USE",
  /** The file is readable but was not written by this program, or by a newer build of it. */
  "FILE_UNSUPPORTED",
  /** The file is damaged; retrying does not help. */
  "CORRUPT",
  /** Disk full, I/O error, lost connection: nothing was stored; retrying can help. */
  "STORE_UNAVAILABLE",
  /** The handle was closed by its owner. */
  "STORE_CLOSED",
  /** An append skipped a sequence number. */
  "SEQUENCE_GAP",
  /** An append reused a sequence number for another text. */
  "SEQUENCE_CONFLICT",
  /** What was asked for has been trimmed. */
  "TRIMMED",
  /** A trim would have dropped entries no snapshot covers. */
  "TRIM_REFUSED",
  /** A relay dropped messages because its listeners published too many. */
  "RELAY_OVERFLOW",
  /** The log no longer holds what this handle has seen; it refuses everything until it is opened again. */
  "LOG_DIVERGED",
  /** A sink of records does not end where its writer has left it; nothing was written. */
  "SINK_MOVED",
  /** The server is set up so that it may lose what it acknowledged, or cannot hold a log at all. */
  "UNSAFE_SETTINGS",
] as const;

/** One of {@link storeErrorCodes}. */
export type StoreErrorCode = (typeof storeErrorCodes)[number];

/**
 * An operational failure of a store: the disk, another process, or the order of appends. Wrong arguments are
 * bugs and throw an `AssertionError` instead.
 *
 * @example
 * if (error instanceof StoreError && error.code === "STORE_UNAVAILABLE") retryLater();
 */
export class StoreError extends Error {
  override readonly name = "StoreError";
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
