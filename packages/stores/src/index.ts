/** Ports and adapters of storage: log, archive, relay. */

export { brokenAuditLine } from "./archive/audit-chain.ts";
export { MemoryArchiveStore } from "./archive/memory/memory-archive-store.ts";
export type {
  Archive,
  ArchiveBatch,
  ArchivedMatch,
  ArchivedPlayer,
  EventPlace,
  LeaderboardPlace,
} from "./archive/port.ts";
export type * from "./archive/rows.ts";
export type { ChannelMessage, Channels } from "./channels/port.ts";
export { StoreError, type StoreErrorCode, storeErrorCodes } from "./errors.ts";
export { storeLimits } from "./limits.ts";
export { MemoryLogStore } from "./log/memory/memory-log-store.ts";
export type {
  Log,
  LogBatch,
  LogHead,
  LogReceipt,
  SnapshotMeta,
  StoredBatch,
  StoredSnapshot,
} from "./log/port.ts";
export { InProcessRelay } from "./relay/in-process/in-process-relay.ts";
export type { Relay, RelayListener } from "./relay/port.ts";
export { cursorOf, placeOf } from "./sink/cursor.ts";
export { type IggyOptions, IggySink } from "./sink/iggy/iggy-sink.ts";
export { type JsonLinesOptions, JsonLinesSink } from "./sink/json-lines/json-lines-sink.ts";
export type { Sink, StreamRecord } from "./sink/port.ts";
export {
  openSqliteFile,
  type SqliteClient,
  type SqliteFile,
  sqliteClientFrom,
} from "./sqlite/open-sqlite-file.ts";
export type { OutsideView, ShownMatch, ViewChanges, ViewMark } from "./view/port.ts";
