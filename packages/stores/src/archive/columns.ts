import { type ProjectedRows, projectedKeys } from "./rows.ts";

type Table = keyof ProjectedRows;

/** How a value stands in a database: as it is, as 0 or 1, or as JSON text. */
type Coding = "plain" | "boolean" | "json";

type Columns<Row> = { readonly [Field in keyof Row]: Coding };

/** Every column of every projected table, by the field it holds. */
const columns: { readonly [Name in Table]: Columns<ProjectedRows[Name]> } = {
  player: {
    playerId: "plain",
    address: "plain",
    guest: "boolean",
    firstSeenAt: "plain",
    lastSeenAt: "plain",
  },
  preferences: { playerId: "plain", preferences: "plain", updatedAt: "plain" },
  rating: {
    playerId: "plain",
    mode: "plain",
    rating: "plain",
    deviation: "plain",
    volatility: "plain",
    games: "plain",
    wins: "plain",
    meanWpm: "plain",
    updatedAt: "plain",
  },
  ratingChange: {
    playerId: "plain",
    mode: "plain",
    matchId: "plain",
    before: "plain",
    after: "plain",
    at: "plain",
    position: "plain",
  },
  match: {
    matchId: "plain",
    mode: "plain",
    tier: "plain",
    state: "plain",
    createdAt: "plain",
    startedAt: "plain",
    endedAt: "plain",
    endReason: "plain",
    winners: "json",
    pot: "plain",
    burned: "plain",
    rulesVersion: "plain",
    quality: "plain",
    position: "plain",
  },
  matchPlayer: {
    matchId: "plain",
    playerId: "plain",
    team: "plain",
    outcome: "plain",
    payout: "plain",
    stats: "plain",
    ratingBefore: "plain",
    ratingAfter: "plain",
  },
  settlement: { matchId: "plain", kind: "plain", amount: "plain", txHash: "plain", at: "plain" },
  rules: { version: "plain", rules: "plain", at: "plain", position: "plain" },
};

/** `ratingChange` is the table `rating_change`, `playerId` the column `player_id`. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** The columns of a table, in the order of `encodeRow`. */
export function columnsOf(table: Table): string[] {
  return Object.keys(columns[table]).map(snakeCase);
}

/**
 * A statement that inserts rows of a table, or replaces those of their keys; a player keeps the first sight. `source`
 * gives the rows, and `least` is the database's name for the smaller of two values.
 */
export function upsertSql(
  table: Table,
  { source, least }: { readonly source: string; readonly least: "min" | "least" },
): string {
  const name = snakeCase(table);
  const keys = projectedKeys[table].map(snakeCase);
  const changes = columnsOf(table)
    .filter((column) => !keys.includes(column))
    .map((column) => {
      const value = `excluded.${column}`;
      return `${column} = ${column === "first_seen_at" ? `${least}(${name}.${column}, ${value})` : value}`;
    });
  return `INSERT INTO ${name} (${columnsOf(table).join(", ")}) ${source}
    ON CONFLICT (${keys.join(", ")}) DO UPDATE SET ${changes.join(", ")}`;
}

/** A row's values in the order of `columnsOf`. */
export function encodeRow<Name extends Table>(
  table: Name,
  row: ProjectedRows[Name],
): (string | number | null)[] {
  return Object.entries(columns[table]).map(([field, coding]) => {
    const value: unknown = row[field as keyof ProjectedRows[Name]];
    if (coding === "boolean") return value ? 1 : 0;
    return coding === "json" ? JSON.stringify(value) : (value as string | number | null);
  });
}

/** A row as the archive gives it back; booleans are read as `encodeRow` writes them, or as such. */
export function decodeRow<Name extends Table>(
  table: Name,
  stored: Record<string, unknown>,
): ProjectedRows[Name] {
  const row: Record<string, unknown> = {};
  for (const [field, coding] of Object.entries(columns[table])) {
    const value = stored[snakeCase(field)];
    row[field] =
      coding === "boolean" ? Boolean(value) : coding === "json" ? JSON.parse(String(value)) : value;
  }
  return row as unknown as ProjectedRows[Name];
}
