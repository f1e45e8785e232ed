import type { Query } from "../../postgres/connections.ts";
import { chained, firstAuditHash } from "../audit-chain.ts";
import { columnsOf, encodeRow, snakeCase, upsertSql } from "../columns.ts";
import type { ArchiveBatch } from "../port.ts";
import {
  type ArchiveRow,
  type AuditLine,
  type PlayerRow,
  type ProjectedRows,
  projectedKeys,
} from "../rows.ts";

type Table = keyof ProjectedRows;

/**
 * Stores a stretch of the log's events and rows, and how far that brings the archive, in the transaction of `query`.
 * Whoever commits the same stretch waits at the cursor, and then finds it stored.
 */
export async function commitBatch(
  query: Query,
  { cursor, events, rows, audit = [] }: ArchiveBatch,
): Promise<void> {
  const [row] = await query("SELECT position FROM archive_cursor FOR UPDATE");
  const stored = Number(row?.position);
  if (cursor <= stored) return;
  const fresh = events.filter(({ position }) => position > stored);
  if (fresh.length > 0) await query(addEventsSql, [JSON.stringify(fresh)]);
  for (const [table, latest] of latestRows(rows)) {
    await query(upserts[table], [JSON.stringify([...latest.values()].map((given) => recordOf(given)))]);
  }
  await addLines(
    query,
    audit.filter(({ position }) => position > stored),
  );
  await query("UPDATE archive_cursor SET position = $1", [cursor]);
}

const addEventsSql = `
  INSERT INTO event (position, index, type, match_id, player_id, at, payload)
  SELECT position, index, type, "matchId", "playerId", at, payload FROM json_to_recordset($1) AS given (
    position bigint, index bigint, type text, "matchId" text, "playerId" text, at bigint, payload text
  )
`;

/** Adds lines to the audit, each chained to the one before: the cursor's lock keeps others from adding theirs between. */
async function addLines(query: Query, lines: readonly AuditLine[]): Promise<void> {
  if (lines.length === 0) return;
  const [newest] = await query("SELECT hash FROM audit ORDER BY position DESC LIMIT 1");
  const previous = (newest?.hash as string | undefined) ?? firstAuditHash;
  await query(addLinesSql, [JSON.stringify(chained(previous, lines))]);
}

const addLinesSql = `
  INSERT INTO audit (position, at, actor, action, object, detail, reason, outcome, hash)
  SELECT position, at, actor, action, object, detail, reason, outcome, hash
  FROM json_populate_recordset(NULL::audit, $1) ORDER BY position
`;

/** One statement for all rows of a table: a statement costs far more than a row. */
function upsertAllSql(table: Table): string {
  const name = snakeCase(table);
  const source = `SELECT ${columnsOf(table).join(", ")} FROM json_populate_recordset(NULL::${name}, $1)`;
  return upsertSql(table, { source, least: "least" });
}

const upserts: Readonly<Record<Table, string>> = {
  player: upsertAllSql("player"),
  preferences: upsertAllSql("preferences"),
  rating: upsertAllSql("rating"),
  ratingChange: upsertAllSql("ratingChange"),
  match: upsertAllSql("match"),
  matchPlayer: upsertAllSql("matchPlayer"),
  settlement: upsertAllSql("settlement"),
  rules: upsertAllSql("rules"),
};

/** Of the rows with one key the last, for a statement may touch a row once; a player keeps the first sight. */
function latestRows(rows: readonly ArchiveRow[]): Map<Table, Map<string, ArchiveRow>> {
  const tables = new Map<Table, Map<string, ArchiveRow>>();
  for (const given of rows) {
    const latest = tables.get(given.table) ?? new Map<string, ArchiveRow>();
    tables.set(given.table, latest);
    const key = keyOf(given);
    const before = latest.get(key);
    const together = given.table === "player" && before?.table === "player";
    latest.set(key, together ? { table: "player", row: firstSeen(before.row, given.row) } : given);
  }
  return tables;
}

function firstSeen(before: PlayerRow, row: PlayerRow): PlayerRow {
  return { ...row, firstSeenAt: Math.min(before.firstSeenAt, row.firstSeenAt) };
}

function keyOf({ table, row }: ArchiveRow): string {
  const values: Record<string, unknown> = { ...row };
  return JSON.stringify(projectedKeys[table].map((field) => values[field]));
}

/** A row by the columns it stands in. */
function recordOf({ table, row }: ArchiveRow): Record<string, unknown> {
  const values = encodeRow(table, row);
  return Object.fromEntries(columnsOf(table).map((column, index) => [column, values[index]]));
}
