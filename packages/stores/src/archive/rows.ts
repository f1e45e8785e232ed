/** Someone who plays. Times are unix ms, here and below. */
export interface PlayerRow {
  readonly playerId: string;
  /** The wallet, if there is one. */
  readonly address: string | null;
  readonly guest: boolean;
  readonly firstSeenAt: number;
  readonly lastSeenAt: number;
}

/** What a player wants of tickets that say nothing of their own. */
export interface PreferencesRow {
  readonly playerId: string;
  /** JSON text. */
  readonly preferences: string;
  readonly updatedAt: number;
}

/** A player's rating in one mode. */
export interface RatingRow {
  readonly playerId: string;
  readonly mode: string;
  readonly rating: number;
  readonly deviation: number;
  readonly volatility: number;
  readonly games: number;
  readonly wins: number;
  readonly meanWpm: number;
  readonly updatedAt: number;
}

/** What one match did to one rating. */
export interface RatingChangeRow {
  readonly playerId: string;
  readonly mode: string;
  readonly matchId: string;
  readonly before: number;
  readonly after: number;
  readonly at: number;
  /** Position of the entry that changed the rating. */
  readonly position: number;
}

/** A match. Amounts are decimal strings of the token's smallest unit, here and below. */
export interface MatchRow {
  readonly matchId: string;
  readonly mode: string;
  readonly tier: string | null;
  readonly state: string;
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  readonly endReason: string | null;
  readonly winners: readonly string[];
  readonly pot: string;
  readonly burned: string;
  readonly rulesVersion: number;
  /** JSON text. */
  readonly quality: string;
  /** Position of the entry that made the match; it never changes, histories are ordered by it. */
  readonly position: number;
}

/** A player's part in a match. */
export interface MatchPlayerRow {
  readonly matchId: string;
  readonly playerId: string;
  readonly team: number;
  readonly outcome: string | null;
  readonly payout: string | null;
  /** JSON text. */
  readonly stats: string | null;
  readonly ratingBefore: number | null;
  readonly ratingAfter: number | null;
}

/** One movement of money that settled a match; at most one of each kind. */
export interface SettlementRow {
  readonly matchId: string;
  readonly kind: string;
  readonly amount: string;
  readonly txHash: string | null;
  readonly at: number;
}

/** The rules that a version names. */
export interface RulesRow {
  readonly version: number;
  /** JSON text. */
  readonly rules: string;
  readonly at: number;
  /** Position of the entry that brought them in. */
  readonly position: number;
}

/** An event of the kernel, as it happened. */
export interface EventRow {
  readonly position: number;
  /** Place among the events of one position, from 0. */
  readonly index: number;
  readonly type: string;
  readonly matchId: string | null;
  readonly playerId: string | null;
  readonly at: number;
  /** JSON text. */
  readonly payload: string;
}

/** One line of the audit: what an operator did, or was refused. */
export interface AuditLine {
  /** Position of the entry; it names the line. */
  readonly position: number;
  readonly at: number;
  readonly actor: string;
  readonly action: string;
  readonly object: string;
  readonly detail: string | null;
  readonly reason: string;
  /** `done`, or the code of the refusal. */
  readonly outcome: string;
}

/** A line with its hash: 64 hex digits over the hash of the line before and its own content. */
export interface AuditRow extends AuditLine {
  readonly hash: string;
}

/** The rows a projection upserts, by table. */
export interface ProjectedRows {
  readonly player: PlayerRow;
  readonly preferences: PreferencesRow;
  readonly rating: RatingRow;
  readonly ratingChange: RatingChangeRow;
  readonly match: MatchRow;
  readonly matchPlayer: MatchPlayerRow;
  readonly settlement: SettlementRow;
  readonly rules: RulesRow;
}

/** One whole row for its table; it replaces the row of the same key. */
export type ArchiveRow = {
  [Table in keyof ProjectedRows]: { readonly table: Table; readonly row: ProjectedRows[Table] };
}[keyof ProjectedRows];

/** What tells one row of a table from another. */
export const projectedKeys = {
  player: ["playerId"],
  preferences: ["playerId"],
  rating: ["playerId", "mode"],
  ratingChange: ["playerId", "mode", "matchId"],
  match: ["matchId"],
  matchPlayer: ["matchId", "playerId"],
  settlement: ["matchId", "kind"],
  rules: ["version"],
} as const satisfies { [Table in keyof ProjectedRows]: readonly (keyof ProjectedRows[Table])[] };
