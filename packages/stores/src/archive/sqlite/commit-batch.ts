import type { DatabaseSync, StatementSync } from "node:sqlite";
import { columnsOf, encodeRow, upsertSql } from "../columns.ts";
import type { ArchiveBatch } from "../port.ts";
import { type ProjectedRows, projectedKeys } from "../rows.ts";

type Table = keyof ProjectedRows;

/** Stores a stretch of the log's events and rows, and how far that brings the archive. */
export function prepareCommit(database: DatabaseSync): (batch: ArchiveBatch) => undefined {
  const cursor = database.prepare("SELECT position FROM archive_cursor");
  const advance = database.prepare("UPDATE archive_cursor SET position = ?");
  const addEvent = database.prepare(`
    INSERT INTO event (position, "index", type, match_id, player_id, at, payload) VALUES (?, ?, ?, ?, ?, ?, ?)
  `);
  const tables = Object.keys(projectedKeys) as Table[];
  const upserts = new Map<Table, StatementSync>(
    tables.map((table) => [table, database.prepare(upsertRowSql(table))]),
  );
  return (batch) => {
    const stored = Number(cursor.get()?.position);
    if (batch.cursor <= stored) return undefined;
    for (const event of batch.events) {
      if (event.position <= stored) continue;
      const { position, index, type, matchId, playerId, at, payload } = event;
      addEvent.run(position, index, type, matchId, playerId, at, payload);
    }
    for (const { table, row } of batch.rows) upserts.get(table)?.run(...encodeRow(table, row));
    advance.run(batch.cursor);
    return undefined;
  };
}

function upsertRowSql(table: Table): string {
  const source = `VALUES (${columnsOf(table)
    .map(() => "?")
    .join(", ")})`;
  return upsertSql(table, { source, least: "min" });
}
