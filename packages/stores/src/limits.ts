/** Every bound of the stores, in one place. */
export const storeLimits = {
  /** `Log.read` answers at most so many batches, whatever its `limit`. */
  readBatches: 10_000,
  /** `Log.read` ends an answer early once its commands exceed so many UTF-16 units (PostgreSQL: bytes). */
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
  /** Batches one answer of the log in Redis brings at most: whole batches come over the network before text is counted. */
  redisReadBatches: 256,
  /** Positions one slice of a trim in Redis drops. */
  redisTrimPositions: 10_000,
  /** Batches sent to Redis at once while a log is restored. */
  redisFillBatches: 64,
  /** How often a log in Redis is emptied and filled anew before its opener gives up. */
  redisRestoreTries: 5,
  /** Writers remembered in Redis after all their batches were trimmed; those that appended last are kept. */
  redisWriters: 1_000,
  /** A snapshot nobody goes on writing is dropped from Redis after this. */
  redisSnapshotWritingSeconds: 3_600,
  /** How long Redis may take to take a connection, and to answer a command. */
  redisConnectMs: 2_000,
  redisAnswerMs: 5_000,
  /** A connection for subscriptions is asked so often whether it is alive. */
  redisPingEveryMs: 5_000,
  /** Bounds of the wait between two attempts to reach Redis again. */
  redisRetryMinMs: 50,
  redisRetryMaxMs: 2_000,
  /** Channels one command subscribes to or leaves. */
  redisChannelsPerCommand: 1_000,
  /** Messages, and their UTF-16 units, a relay sends before Redis has answered; more are dropped. */
  redisRelayUnanswered: 10_000,
  redisRelayUnansweredText: 8_388_608,
  /** Publishers a relay through Redis remembers the last message of. */
  redisRelayPublishers: 1_024,
  /** Changes that one write of a view for outside readers makes at most. */
  viewChanges: 5_000,
  /** What nobody has written again for so long disappears from the view: its shard is down, or the match forgotten. */
  viewKeptSeconds: 60,
  /** Matches, or queues, dropped in one step when a view in Redis is taken over. */
  redisViewSlice: 1_000,
  /** Connections a relay over sockets takes from other nodes. */
  relayPeers: 1_000,
  /** UTF-16 units of one message, and of a topic's name, that a relay over sockets carries. */
  relayMessageText: 262_144,
  relayTopicText: 512,
  /** Bytes of one frame between nodes: several messages, or one and its topic at three bytes a unit. */
  relayFrameBytes: 1_048_576,
  /** UTF-16 units that wait for one node to read them; more are dropped. */
  relayUnsentText: 4_194_304,
  /** Topics one node may listen to at another, and those one message names. */
  relayTopics: 100_000,
  relayTopicsPerMessage: 300,
  /** Two nodes must know each other within this. */
  relayGreetingMs: 5_000,
  /** A line between nodes is asked so often whether it is alive; silent for two of these, it is cut. */
  relayPingEveryMs: 5_000,
  /** Bounds of the wait between two attempts to reach a node. */
  relayRetryMinMs: 100,
  relayRetryMaxMs: 5_000,
  /** How often what was dropped is reported, at most. */
  droppedReportEveryMs: 10_000,
  /** Messages that listeners may publish while one `publish` of the in-process relay is delivered. */
  relayNested: 10_000,
  /** Bytes read at once while the end of a file of records is looked for. */
  jsonLinesTailBytes: 65_536,
  /** How long NATS, or Iggy, may take to take a connection and to answer. */
  natsAnswerMs: 5_000,
  iggyAnswerMs: 5_000,
  /** Messages of channels that are sent to Redis together. */
  channelMessagesPerRequest: 500,
  /** UTF-16 units of the messages of one request to Iggy, which takes 2 MB; a record is shorter. */
  iggyRequestText: 1_048_576,
  /** How long NATS recognises a record that is published twice. */
  natsDuplicateMs: 120_000,
  /** The pause between two attempts to reach NATS again. */
  natsRetryMs: 1_000,
  /** PostgreSQL connections of one opener, by what they do: a full class waits and holds up no other. */
  postgresAppendConnections: 2,
  postgresLogConnections: 3,
  postgresArchiveConnections: 4,
  /** Getting a connection, a free one or a new one, takes at most so long; then `STORE_UNAVAILABLE`. */
  postgresConnectMs: 5_000,
  /** The server ends an append, or a statement of any other kind, that takes longer; then `STORE_UNAVAILABLE`. */
  postgresAppendMs: 4_000,
  postgresStatementMs: 30_000,
  /** An answer that is so much later than the server's own limit is given up, with its connection. */
  postgresAnswerGraceMs: 1_000,
  /** The server ends a transaction whose next statement does not come, so that a frozen node holds no lock. */
  postgresIdleTransactionMs: 10_000,
  /** A migration that cannot have a lock within this gives up, so that nothing queues behind it. */
  postgresMigrationLockMs: 5_000,
  /** No statement of a migration, nor waiting for another opener's, takes longer. */
  postgresMigrationMs: 3_600_000,
  /** A connection that does nothing is probed after this, so that routers keep it and its loss is noticed. */
  postgresKeepAliveMs: 10_000,
  /** A connection of a pool that did nothing for so long is closed. */
  postgresIdleConnectionMs: 30_000,
  /** Others are told of appends at most once in this time. */
  postgresTellEveryMs: 10,
  /** The line that wakes is tried this often, and after a loss made again with these pauses, the last for ever. */
  postgresLineCheckMs: 10_000,
  postgresLineRetryMs: [100, 500, 2_000],
  /** Characters of snapshot chunks that one statement writes, so that none is large. */
  postgresChunkText: 1_048_576,
  /** Dropped writers that are remembered: a retry of an older one's last batch is not recognised. */
  postgresDroppedWriters: 10_000,
} as const;
