/** Every bound of the stores, in one place. */
export const storeLimits = {
  /** `Log.read` answers at most so many batches, whatever its `limit`. */
  readBatches: 10_000,
  /** `Log.read` ends an answer early once its commands exceed so many UTF-16 units. */
  readText: 4_194_304,
  /** A query of the archive answers at most so many rows, whatever its `limit`. */
  queryRows: 1_000,
  /** `Archive.events` answers at most so many events, whatever its `limit`. */
  queryEvents: 10_000,
  /** Complete snapshots a trim leaves. */
  snapshotsKept: 2,
  /** Requests the writer thread commits as one group. */
  requestsPerGroup: 1_000,
  /** Batches and snapshot chunks one slice of a trim drops, so that appends pass between the slices. */
  trimBatchesPerSlice: 1_000,
  trimChunksPerSlice: 8,
  /** Pages of 4 KiB in the write-ahead log before a commit also moves them into the file. */
  checkpointPages: 1_000,
  /** The write-ahead log's file is cut back to this after a burst. */
  walFileBytes: 16_777_216,
  /** Messages that listeners may publish while one `publish` of the in-process relay is delivered. */
  relayNested: 10_000,
} as const;
