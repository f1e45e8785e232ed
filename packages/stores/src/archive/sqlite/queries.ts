import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import { storeLimits } from "../../limits.ts";
import type { Handlers } from "../../sqlite/channel/messages.ts";
import { decodeRow } from "../columns.ts";
import type { AuditRow, EventRow, ProjectedRows } from "../rows.ts";
import type { ArchiveReads } from "./archive-operations.ts";

/** The queries of the archive on an open database. */
export function prepareQueries(database: DatabaseSync): Handlers<ArchiveReads> {
  const cursor = database.prepare("SELECT position FROM archive_cursor");
  const match = rowsOf(database, "match", "SELECT * FROM match WHERE match_id = ?");
  const matchPlayers = rowsOf(
    database,
    "matchPlayer",
    "SELECT * FROM match_player WHERE match_id = ? ORDER BY team, player_id",
  );
  const settlements = rowsOf(
    database,
    "settlement",
    "SELECT * FROM settlement WHERE match_id = ? ORDER BY at, kind",
  );
  const rules = rowsOf(database, "rules", "SELECT * FROM rules WHERE version = ?");
  const player = rowsOf(database, "player", "SELECT * FROM player WHERE player_id = ?");
  const ratings = rowsOf(database, "rating", "SELECT * FROM rating WHERE player_id = ? ORDER BY mode");
  const rating = rowsOf(database, "rating", "SELECT * FROM rating WHERE player_id = ? AND mode = ?");
  const preferences = rowsOf(database, "preferences", "SELECT * FROM preferences WHERE player_id = ?");
  return {
    archiveCursor: () => Number(cursor.get()?.position),
    match({ matchId }) {
      const [found] = match(matchId);
      if (found === undefined) return undefined;
      const [ruled = null] = rules(found.rulesVersion);
      const parts = { players: matchPlayers(matchId), settlements: settlements(matchId) };
      return { match: found, ...parts, rules: ruled };
    },
    player({ playerId }) {
      const [found] = player(playerId);
      if (found === undefined) return undefined;
      const [preferred = null] = preferences(playerId);
      return { player: found, ratings: ratings(playerId), preferences: preferred };
    },
    ratingOf: ({ playerId, mode }) => rating(playerId, mode)[0],
    ...prepareLists(database),
    audit: prepareAudit(database),
    events: prepareEvents(database),
  };
}

/** The lists an index answers without sorting; a test asks SQLite whether it does. */
export const listSql = {
  ratingHistory: `SELECT * FROM rating_change WHERE player_id = ? AND mode = ? AND position < ?
    ORDER BY position DESC, match_id DESC LIMIT ?`,
  leaderboard: `SELECT * FROM rating
    WHERE mode = ? AND rating - 2 * deviation <= ? AND (rating - 2 * deviation < ? OR player_id > ?)
    ORDER BY rating - 2 * deviation DESC, player_id LIMIT ?`,
} as const;

type Lists = Pick<ArchiveReads, "ratingHistory" | "matchesOf" | "leaderboard">;

function prepareLists(database: DatabaseSync): Handlers<Lists> {
  const rows = (limit: number) => Math.min(limit, storeLimits.queryRows);
  const history = rowsOf(database, "ratingChange", listSql.ratingHistory);
  const matches = rowsOf(
    database,
    "match",
    `SELECT match.* FROM match JOIN match_player USING (match_id)
     WHERE match_player.player_id = ? AND match.position < ? ORDER BY match.position DESC, match_id DESC LIMIT ?`,
  );
  const best = rowsOf(database, "rating", listSql.leaderboard);
  return {
    ratingHistory: ({ playerId, mode, limit, before }) => history(playerId, mode, before, rows(limit)),
    matchesOf: ({ playerId, limit, before }) => matches(playerId, before, rows(limit)),
    leaderboard: ({ mode, limit, after: { estimate, playerId } }) =>
      best(mode, estimate, estimate, playerId, rows(limit)),
  };
}

function prepareAudit(database: DatabaseSync): Handlers<Pick<ArchiveReads, "audit">>["audit"] {
  const statement = database.prepare("SELECT * FROM audit WHERE position < ? ORDER BY position DESC LIMIT ?");
  return ({ limit, before }) => {
    const found = statement.all(before, Math.min(limit, storeLimits.queryRows));
    return found.map((row) => ({ ...row }) as unknown as AuditRow);
  };
}

function prepareEvents(database: DatabaseSync): Handlers<Pick<ArchiveReads, "events">>["events"] {
  const statement = database.prepare(`
    SELECT position, "index", type, match_id AS matchId, player_id AS playerId, at, payload FROM event
    WHERE (position, "index") > (?, ?) AND type = coalesce(?, type) ORDER BY position, "index" LIMIT ?
  `);
  return ({ from, limit, type = null }) => {
    const found = statement.all(from.position, from.index, type, Math.min(limit, storeLimits.queryEvents));
    return found.map((row) => ({ ...row }) as unknown as EventRow);
  };
}

function rowsOf<Name extends keyof ProjectedRows>(
  database: DatabaseSync,
  table: Name,
  sql: string,
): (...values: SQLInputValue[]) => ProjectedRows[Name][] {
  const statement = database.prepare(sql);
  return (...values) => statement.all(...values).map((row) => decodeRow(table, row));
}
