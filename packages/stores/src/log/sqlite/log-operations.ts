import type { DatabaseSync } from "node:sqlite";
import type { Handlers } from "../../sqlite/channel/messages.ts";
import type { LogBatch, LogHead, LogReceipt, SnapshotMeta, StoredBatch } from "../port.ts";
import { prepareAppend } from "./append-batch.ts";
import { prepareHead, prepareRead } from "./read-batches.ts";
import { prepareSnapshotReads, prepareSnapshotWrites } from "./snapshots.ts";
import { prepareTrim } from "./trim-slice.ts";

/** What the log asks of the writer thread that changes the file. */
export type LogWrites = {
  append: { argument: LogBatch; result: LogReceipt };
  /** Answers the number of the new, incomplete snapshot. */
  beginSnapshot: { argument: SnapshotMeta; result: number };
  addChunk: { argument: { snapshot: number; ordinal: number; text: string }; result: undefined };
  completeSnapshot: { argument: { snapshot: number; chunks: number }; result: undefined };
  /** Answers whether the trim is done; until then it is called again. */
  trimSlice: { argument: { before: number }; result: boolean };
};

/** What the log asks of the writer thread that only reads. */
export type LogReads = {
  head: { argument: undefined; result: LogHead };
  readBatches: { argument: { from: number; limit: number }; result: StoredBatch[] };
  findSnapshot: { argument: { atMost: number }; result: FoundSnapshot | undefined };
  readChunk: { argument: { snapshot: number; ordinal: number }; result: string };
};

/** All of them: what the log's client calls. */
export type LogOperations = LogWrites & LogReads;

/** A complete snapshot, before its chunks are read. */
export interface FoundSnapshot {
  readonly meta: SnapshotMeta;
  readonly snapshot: number;
  readonly chunks: number;
  /** The file it lies in. */
  readonly path: string;
}

/** The thread's end of the log's writes, on an open database. Each runs inside the group's transaction. */
export function prepareLogWrites(database: DatabaseSync): Handlers<LogWrites> {
  return {
    append: prepareAppend(database),
    ...prepareSnapshotWrites(database),
    trimSlice: prepareTrim(database),
  };
}

/** The thread's end of the log's reads, on an open database. */
export function prepareLogReads(database: DatabaseSync): Handlers<LogReads> {
  return {
    head: prepareHead(database),
    readBatches: prepareRead(database),
    ...prepareSnapshotReads(database),
  };
}
