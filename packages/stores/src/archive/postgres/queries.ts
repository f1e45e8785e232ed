import { storeLimits } from "../../limits.ts";
import type { Query, Row } from "../../postgres/connections.ts";
import { columnsOf, decodeRow } from "../columns.ts";
import type { ArchivedMatch, ArchivedPlayer, EventPlace, LeaderboardPlace } from "../port.ts";
import type { AuditRow, EventRow, MatchRow, ProjectedRows, RatingChangeRow, RatingRow } from "../rows.ts";

export async function readCursor(query: Query): Promise<number> {
  const [row] = await query("SELECT position FROM archive_cursor");
  return Number(row?.position);
}

/** All of a match in one statement, so that no commit comes between its parts. */
const matchSql = `
  SELECT row_to_json(whole) AS match,
    (SELECT coalesce(json_agg(row_to_json(part) ORDER BY team, player_id), '[]')
      FROM match_player AS part WHERE part.match_id = whole.match_id) AS players,
    (SELECT coalesce(json_agg(row_to_json(part) ORDER BY at, kind), '[]')
      FROM settlement AS part WHERE part.match_id = whole.match_id) AS settlements,
    (SELECT row_to_json(part) FROM rules AS part WHERE part.version = whole.rules_version) AS rules
  FROM match AS whole WHERE match_id = $1
`;

export async function readMatch(query: Query, matchId: string): Promise<ArchivedMatch | undefined> {
  const [row] = await query(matchSql, [matchId]);
  if (row === undefined) return undefined;
  return {
    match: decodeRow("match", row.match as Row),
    players: (row.players as Row[]).map((part) => decodeRow("matchPlayer", part)),
    settlements: (row.settlements as Row[]).map((settlement) => decodeRow("settlement", settlement)),
    rules: row.rules === null ? null : decodeRow("rules", row.rules as Row),
  };
}

const playerSql = `
  SELECT row_to_json(whole) AS player,
    (SELECT coalesce(json_agg(row_to_json(part) ORDER BY mode), '[]')
      FROM rating AS part WHERE part.player_id = whole.player_id) AS ratings,
    (SELECT row_to_json(part) FROM preferences AS part WHERE part.player_id = whole.player_id) AS preferences
  FROM player AS whole WHERE player_id = $1
`;

export async function readPlayer(query: Query, playerId: string): Promise<ArchivedPlayer | undefined> {
  const [row] = await query(playerSql, [playerId]);
  if (row === undefined) return undefined;
  const ratings = (row.ratings as Row[]).map((rating) => decodeRow("rating", rating));
  const preferences = row.preferences === null ? null : decodeRow("preferences", row.preferences as Row);
  return { player: decodeRow("player", row.player as Row), ratings, preferences };
}

export async function readRating(
  query: Query,
  { playerId, mode }: { readonly playerId: string; readonly mode: string },
): Promise<RatingRow | undefined> {
  const sql = `SELECT ${columnsOf("rating").join(", ")} FROM rating WHERE player_id = $1 AND mode = $2`;
  return (await rowsOf(query, "rating", sql, [playerId, mode]))[0];
}

/** The lists an index answers without sorting; a test asks the server whether it does. */
export const listSql = {
  ratingHistory: `SELECT ${columnsOf("ratingChange").join(", ")} FROM rating_change
    WHERE player_id = $1 AND mode = $2 AND position < $3 ORDER BY position DESC, match_id DESC LIMIT $4`,
  leaderboard: `SELECT ${columnsOf("rating").join(", ")} FROM rating
    WHERE mode = $1 AND rating - 2 * deviation <= $2 AND (rating - 2 * deviation < $2 OR player_id > $3)
    ORDER BY rating - 2 * deviation DESC, player_id LIMIT $4`,
} as const;

export async function readRatingHistory(
  query: Query,
  options: {
    readonly playerId: string;
    readonly mode: string;
    readonly limit: number;
    readonly before: number;
  },
): Promise<RatingChangeRow[]> {
  const { playerId, mode, before, limit } = options;
  return rowsOf(query, "ratingChange", listSql.ratingHistory, [playerId, mode, before, rowsAtMost(limit)]);
}

export async function readLeaderboard(
  query: Query,
  { mode, limit, after }: { readonly mode: string; readonly limit: number; readonly after: LeaderboardPlace },
): Promise<RatingRow[]> {
  const values = [mode, after.estimate, after.playerId, rowsAtMost(limit)];
  return rowsOf(query, "rating", listSql.leaderboard, values);
}

const matchesSql = `
  SELECT ${columnsOf("match")
    .map((column) => `match.${column}`)
    .join(", ")}
  FROM match JOIN match_player USING (match_id)
  WHERE match_player.player_id = $1 AND match.position < $2
  ORDER BY match.position DESC, match_id DESC LIMIT $3
`;

export async function readMatchesOf(
  query: Query,
  { playerId, limit, before }: { readonly playerId: string; readonly limit: number; readonly before: number },
): Promise<MatchRow[]> {
  return rowsOf(query, "match", matchesSql, [playerId, before, rowsAtMost(limit)]);
}

const eventsSql = `
  SELECT position, index, type, match_id AS "matchId", player_id AS "playerId", at, payload FROM event
  WHERE (position, index) > ($1, $2) AND ($3::text IS NULL OR type = $3)
  ORDER BY position, index LIMIT $4
`;

export async function readEvents(
  query: Query,
  {
    from,
    limit,
    type = null,
  }: { readonly from: EventPlace; readonly limit: number; readonly type?: string | null },
): Promise<EventRow[]> {
  const atMost = Math.min(limit, storeLimits.queryEvents);
  return (await query(eventsSql, [from.position, from.index, type, atMost])) as unknown as EventRow[];
}

const auditSql = `
  SELECT position, at, actor, action, object, detail, reason, outcome, hash FROM audit
  WHERE position < $1 ORDER BY position DESC LIMIT $2
`;

export async function readAudit(
  query: Query,
  { limit, before }: { readonly limit: number; readonly before: number },
): Promise<AuditRow[]> {
  return (await query(auditSql, [before, rowsAtMost(limit)])) as unknown as AuditRow[];
}

function rowsAtMost(limit: number): number {
  return Math.min(limit, storeLimits.queryRows);
}

async function rowsOf<Name extends keyof ProjectedRows>(
  query: Query,
  table: Name,
  sql: string,
  values: readonly unknown[],
): Promise<ProjectedRows[Name][]> {
  return (await query(sql, values)).map((row) => decodeRow(table, row));
}
