/** Every bound of the engine, in one place. */
export const engineLimits = {
  /** Commands in one batch of the log. */
  commandsPerBatch: 1_000,
  /** Commands waiting for the batch in flight; beyond it `STORE_UNAVAILABLE`. */
  pendingCommands: 20_000,
  /** Pauses between tries of an append whose outcome is unknown. */
  appendRetryMs: [20, 50, 100, 250, 500],
  /** Batches read at once while catching up. */
  batchesPerRead: 200,
  /** Every node appends at least this often. */
  aliveEveryMs: 1_000,
  /** How soon a node that wants to lead asks again. */
  leadRetryMs: 100,
  /** Every so many entries nodes compare what they made of them. */
  hashEveryEntries: 1_000,
  /** The least pause between two entries appended only to let deadlines fire. */
  wakeSpacingMs: 5,
  /** Readers look for new entries this often even if nothing woke them. */
  pollEveryMs: 250,
  effectRetryMs: [50, 200, 1_000, 5_000],
  /** Events gathered for one transaction of the archive. */
  archiveBatchEvents: 2_000,
  archiveEveryMs: 250,
  /** Rows of live matches asked for at once when a node starts. */
  archiveQueriesAtOnce: 256,
  /** Events waiting for the archive; beyond it the leader's engine room stops reading. Others keep what is not stored, however much. */
  archiveBacklogEvents: 200_000,
  archiveProgressEveryMs: 10_000,
  /** The view for outside readers is written at most this often. */
  viewEveryMs: 250,
  /** Tickets and matches of one write of it. */
  viewPortion: 500,
  /** Tickets and matches that have changed and wait to be written; beyond it everything is written anew. */
  viewChanged: 50_000,
  /** Everything is written again this often, so that nothing of it expires. */
  viewAllEveryMs: 20_000,
  /** Pauses after a write that failed. */
  viewRetryMs: [250, 500, 1_000, 2_000],
  /** Stored events are looked for this often at most, for streams and channels, and so many are taken at once. */
  streamEveryMs: 250,
  streamPortion: 500,
  /** Pauses after a portion that failed. */
  streamRetryMs: [250, 1_000, 5_000, 30_000],
  /** Live matches, and modes by version of the rules, that are remembered while events are told; others are looked up. */
  streamMatchesKept: 20_000,
  streamModesKept: 2_000,
  /** Positions that channels may be behind the archive; beyond it they go on at its end. */
  channelsBehindPositions: 20_000,
  snapshotEveryEntries: 50_000,
  /** A proposal the kernel has not judged by then is taken for lost. */
  proposalAnswerMs: 2_000,
  /** Work of one wave, in candidates looked at. */
  waveBudget: 40_000,
  /** What one wave of a game's own matcher may take. */
  pluginWaveMs: 50,
  /** How long a mode whose matcher failed is left alone: doubled with every failure in a row. */
  pauseMs: 1_000,
  pauseMsMax: 60_000,
  /** How long a mode without servers is left alone at most. */
  shortageMsMax: 15_000,
  /** How often all allocators are asked for one match, and the pauses between: `NO_SERVER`. */
  allocationRounds: 3,
  allocationPausesMs: [500, 2_000],
  /** Pauses after a release that is not certain. */
  releaseRetryMs: [200, 1_000, 5_000, 15_000],
} as const;
