import type {
  Explanation,
  KernelEvent,
  Match,
  MatchId,
  ModeRules,
  PlayerId,
  RatingRecord,
  RefusalCode,
  TicketId,
} from "@matchforge/core";

/** A request that was carried out, or the code of the reason why not; then nothing has changed. */
export type Result<Value = unknown> =
  | ({ readonly ok: true } & Value)
  | { readonly ok: false; readonly code: RefusalCode; readonly untilMs?: number };

/** A wish to play. */
export interface JoinRequest {
  readonly player: PlayerId;
  readonly mode: string;
  /** The stake tier of a wagered mode. */
  readonly tier?: string;
  /** The opponent's rating must lie in this range… */
  readonly opponentRating?: { readonly min?: number; readonly max?: number };
  /** …until the last step of the search, unless this is false. Default true. */
  readonly expandSearch?: boolean;
}

/**
 * The engine inside your own process. Nothing runs by itself: time moves by `tick`, and when a call
 * returns, everything it led to has happened and its listeners have been told.
 */
export interface MatchForge {
  /** Adds a mode, or replaces the one of the same id; live matches keep the rules they were made under. */
  registerMode(mode: ModeRules): Result;
  /** Queues a player. Matches are formed by the next `tick`. */
  join(request: JoinRequest): Result<{ readonly ticket: TicketId }>;
  /** Takes a waiting ticket back. In a ready check that is too late: `decline`. */
  leave(player: PlayerId): Result;
  accept(answer: { readonly match: MatchId; readonly player: PlayerId }): Result;
  decline(answer: { readonly match: MatchId; readonly player: PlayerId }): Result;
  /** Gives up: before play a decline, in play a forfeit. */
  abandon(answer: { readonly match: MatchId; readonly player: PlayerId }): Result;
  /** The result of a game you ran: the rank of each team, 1 the best; equal ranks tie. */
  finish(report: { readonly match: MatchId; readonly ranks: readonly number[] }): Result;
  /** Moves time to `atMs` (any origin, never back), fires deadlines and forms matches. Returns all events. */
  tick(atMs: number): readonly KernelEvent[];
  /** Calls `handler` for each event of a type; returns the function that ends it. */
  on<Type extends KernelEvent["type"]>(type: Type, handler: Handler<Type>): () => void;
  /** A live match. */
  match(id: MatchId): Readonly<Match> | undefined;
  /** The match a player is in. */
  matchOf(player: PlayerId): Readonly<Match> | undefined;
  /** A player's rating and record in a mode; what a newcomer has when there is none yet. */
  recordOf(of: { readonly player: PlayerId; readonly mode: string }): RatingRecord | undefined;
  /** Why a player waits in a mode's pool: who could be met, and what keeps the others away. */
  explain(of: {
    readonly player: PlayerId;
    readonly mode: string;
    readonly tier?: string;
  }): Explanation | undefined;
  /** How many tickets wait in a mode's pool. */
  waiting(pool: { readonly mode: string; readonly tier?: string }): number;
  /** The whole state as text, for `createMatchForge({ snapshot })`. */
  snapshot(): string[];
}

/** Hears events of one type with the time of their entry, in ms of the caller's clock. */
export type Handler<Type extends KernelEvent["type"]> = (
  event: Extract<KernelEvent, { type: Type }>,
  atMs: number,
) => void;

/** What a MatchForge is made with. */
export interface MatchForgeOptions {
  readonly modes?: readonly ModeRules[];
  /** Play money: granted to a player who lacks a stake, at most once in `everyMs`. Default: none. */
  readonly faucet?: { readonly amount: string; readonly everyMs: number };
  /** Random values are derived from it: hex, 32 bytes or more. Without one each MatchForge draws alike. */
  readonly secret?: string;
  /** What `snapshot` returned, to go on from there. */
  readonly snapshot?: readonly string[];
}
