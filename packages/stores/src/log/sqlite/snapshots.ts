import type { DatabaseSync } from "node:sqlite";
import { StoreError } from "../../errors.ts";
import type { Handlers } from "../../sqlite/channel/messages.ts";
import { damagedSnapshot } from "../verified-chunks.ts";
import type { LogReads, LogWrites } from "./log-operations.ts";

type SnapshotWrites = Pick<LogWrites, "beginSnapshot" | "addChunk" | "completeSnapshot">;
type SnapshotReads = Pick<LogReads, "findSnapshot" | "readChunk">;

/** A snapshot is written over many groups, so that appends pass between its chunks; the last write makes it visible. */
export function prepareSnapshotWrites(database: DatabaseSync): Handlers<SnapshotWrites> {
  const begin = database.prepare("INSERT INTO log_snapshot (position, hash, level) VALUES (?, ?, ?)");
  const add = database.prepare("INSERT INTO log_snapshot_chunk (snapshot, ordinal, text) VALUES (?, ?, ?)");
  const complete = database.prepare("UPDATE log_snapshot SET chunks = ? WHERE snapshot = ?");
  const replace = database.prepare(`
    DELETE FROM log_snapshot WHERE snapshot <> :snapshot AND chunks IS NOT NULL
      AND position = (SELECT position FROM log_snapshot WHERE snapshot = :snapshot)
  `);
  return {
    beginSnapshot: ({ position, hash, level }) => Number(begin.run(position, hash, level).lastInsertRowid),
    addChunk({ snapshot, ordinal, text }) {
      add.run(snapshot, ordinal, text);
      return undefined;
    },
    completeSnapshot({ snapshot, chunks }) {
      complete.run(chunks, snapshot);
      replace.run({ snapshot });
      return undefined;
    },
  };
}

/** Finds complete snapshots and reads their chunks one by one. */
export function prepareSnapshotReads(database: DatabaseSync): Handlers<SnapshotReads> {
  const find = database.prepare(`
    SELECT snapshot, position, hash, level, chunks FROM log_snapshot
    WHERE chunks IS NOT NULL AND position <= ? ORDER BY position DESC LIMIT 1
  `);
  const chunk = database.prepare(`
    SELECT position, text FROM log_snapshot LEFT JOIN log_snapshot_chunk
      ON log_snapshot_chunk.snapshot = log_snapshot.snapshot AND ordinal = :ordinal
    WHERE log_snapshot.snapshot = :snapshot
  `);
  return {
    findSnapshot({ atMost }) {
      const row = find.get(atMost);
      if (row === undefined) return undefined;
      const meta = { position: Number(row.position), hash: String(row.hash), level: Number(row.level) };
      const path = database.location() ?? "";
      return { meta, snapshot: Number(row.snapshot), chunks: Number(row.chunks), path };
    },
    readChunk({ snapshot, ordinal }) {
      const row = chunk.get({ snapshot, ordinal });
      if (row === undefined) throw new StoreError("TRIMMED", "The snapshot was dropped while it was read.");
      if (row.text === null)
        throw damagedSnapshot({ position: Number(row.position) }, database.location() ?? "");
      return String(row.text);
    },
  };
}

/** Drops snapshots that were being written when the process ended. Called at opening, before any client. */
export function dropIncompleteSnapshots(database: DatabaseSync): void {
  database.exec("DELETE FROM log_snapshot WHERE chunks IS NULL");
}
