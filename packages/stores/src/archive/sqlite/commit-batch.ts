import type { DatabaseSync, StatementSync } from "node:sqlite";
import { chained, firstAuditHash } from "../audit-chain.ts";
import { columnsOf, encodeRow, upsertSql } from "../columns.ts";
import type { ArchiveBatch } from "../port.ts";
import { type AuditLine, type ProjectedRows, projectedKeys } from "../rows.ts";

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
  const addLines = prepareAuditLines(database);
  return (batch) => {
    const stored = Number(cursor.get()?.position);
    if (batch.cursor <= stored) return undefined;
    for (const event of batch.events) {
      if (event.position <= stored) continue;
      const { position, index, type, matchId, playerId, at, payload } = event;
      addEvent.run(position, index, type, matchId, playerId, at, payload);
    }
    for (const { table, row } of batch.rows) upserts.get(table)?.run(...encodeRow(table, row));
    addLines((batch.audit ?? []).filter(({ position }) => position > stored));
    advance.run(batch.cursor);
    return undefined;
  };
}

/** Adds lines to the audit, each chained to the one before. */
function prepareAuditLines(database: DatabaseSync): (lines: readonly AuditLine[]) => void {
  const newest = database.prepare("SELECT hash FROM audit ORDER BY position DESC LIMIT 1");
  const add = database.prepare(`
    INSERT INTO audit (position, at, actor, action, object, detail, reason, outcome, hash)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
  `);
  return (lines) => {
    if (lines.length === 0) return;
    const previous = newest.get()?.hash as string | undefined;
    for (const row of chained(previous ?? firstAuditHash, lines)) {
      const { position, at, actor, action, object, detail, reason, outcome, hash } = row;
      add.run(position, at, actor, action, object, detail, reason, outcome, hash);
    }
  };
}

function upsertRowSql(table: Table): string {
  const source = `VALUES (${columnsOf(table)
    .map(() => "?")
    .join(", ")})`;
  return upsertSql(table, { source, least: "min" });
}
