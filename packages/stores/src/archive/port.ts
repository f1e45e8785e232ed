import type {
  ArchiveRow,
  AuditLine,
  AuditRow,
  EventRow,
  MatchPlayerRow,
  MatchRow,
  PlayerRow,
  PreferencesRow,
  RatingChangeRow,
  RatingRow,
  RulesRow,
  SettlementRow,
} from "./rows.ts";

/** What a stretch of the log, ending with position `cursor`, adds to the archive. */
export interface ArchiveBatch {
  readonly cursor: number;
  /** Events up to the cursor; those the archive has already are passed over. */
  readonly events: readonly EventRow[];
  /** Whole rows; of two with one key the later holds, except that a player keeps the earliest `firstSeenAt`. */
  readonly rows: readonly ArchiveRow[];
  /** Lines of the audit up to the cursor, in the order of the log; none if left out, and those that are there already are passed over. */
  readonly audit?: readonly AuditLine[];
}

/** A match with all that belongs to it. */
export interface ArchivedMatch {
  readonly match: MatchRow;
  /** Ordered by team, then player id. */
  readonly players: readonly MatchPlayerRow[];
  /** Ordered by time, then kind. */
  readonly settlements: readonly SettlementRow[];
  /** The rules of its version; null where the archive was never told them. */
  readonly rules: RulesRow | null;
}

/** A player with their ratings, ordered by mode, and their preferences, if they have said any. */
export interface ArchivedPlayer {
  readonly player: PlayerRow;
  readonly ratings: readonly RatingRow[];
  readonly preferences: PreferencesRow | null;
}

/** A place on a leaderboard: the estimate of its order, and the player who has it. */
export interface LeaderboardPlace {
  /** Rating less two deviations. */
  readonly estimate: number;
  readonly playerId: string;
}

/** The place of an event. */
export interface EventPlace {
  readonly position: number;
  readonly index: number;
}

/**
 * What the log led to, for queries: one projection, one cursor. It can be rebuilt from the log, and it alone holds
 * what was trimmed from it.
 *
 * Every method rejects with a `StoreError`: `STORE_UNAVAILABLE` (nothing was stored, or in doubt; commit again),
 * `STORE_CLOSED` after `close`, `CORRUPT`. Queries answer at most `limit` rows and never more than `storeLimits`
 * allows; they show committed batches whole or not at all.
 *
 * @example
 * await archive.commit({ cursor: 12, events: [], rows: [{ table: "player", row: player }] });
 * const best = await archive.leaderboard({ mode: "code_duel", limit: 100 });
 */
export interface Archive {
  /** The last position projected, 0 in the beginning. */
  cursor(): Promise<number>;
  /**
   * Stores events, rows and the cursor in one transaction, durable when it resolves. A batch whose cursor is not
   * beyond the stored one was committed already: it changes nothing and resolves.
   */
  commit(batch: ArchiveBatch): Promise<void>;
  /** A match, or undefined. */
  match(matchId: string): Promise<ArchivedMatch | undefined>;
  /** A player, or undefined. */
  player(playerId: string): Promise<ArchivedPlayer | undefined>;
  /** A player's rating in a mode, or undefined. */
  ratingOf(options: { readonly playerId: string; readonly mode: string }): Promise<RatingRow | undefined>;
  /** A player's rating changes in a mode, newest first; those made before position `before`, if given. */
  ratingHistory(options: {
    readonly playerId: string;
    readonly mode: string;
    readonly limit: number;
    readonly before?: number;
  }): Promise<RatingChangeRow[]>;
  /** A player's matches, newest first; those made before position `before`, if given. */
  matchesOf(options: {
    readonly playerId: string;
    readonly limit: number;
    readonly before?: number;
  }): Promise<MatchRow[]>;
  /**
   * The ratings of a mode by what each player can be trusted to be at least, rating − 2 × deviation: highest
   * first, then by player id; those behind the place `after`, if given, whether or not somebody has it now.
   */
  leaderboard(options: {
    readonly mode: string;
    readonly limit: number;
    readonly after?: LeaderboardPlace;
  }): Promise<RatingRow[]>;
  /** Events in order, after the place `from`; those of one type, if given: found by looking at all of them. */
  events(options: {
    readonly from: EventPlace;
    readonly limit: number;
    readonly type?: string;
  }): Promise<EventRow[]>;
  /** Lines of the audit, newest first; those before position `before`, if given. No line ever changes. */
  audit(options: { readonly limit: number; readonly before?: number }): Promise<AuditRow[]>;
  /** Ends this handle; the archive and other handles go on. */
  close(): Promise<void>;
}
