import type {
  Explanation,
  KernelEvent,
  Match,
  MatchId,
  MatchingPlugins,
  ModeRules,
  PartyRating,
  PlayerId,
  RatingRecord,
  RatingSystem,
  TicketId,
  WaitEstimate,
} from "@matchforge/core";
import type { JoinRequest } from "./join.ts";
import type { Lobbies } from "./lobbies.ts";
import type { Parties } from "./parties.ts";
import type { Result } from "./results.ts";

/**
 * The engine inside your own process. Nothing runs by itself: time moves by `tick`, and when a call
 * returns, everything it led to has happened and its listeners have been told.
 */
export interface MatchForge {
  /** Adds a mode, or replaces the one of the same id; live matches keep the rules they were made under. */
  registerMode(mode: ModeRules): Result;
  /**
   * Brings a player in, with what you know of their ratings; of a mode known already the record with more games
   * counts. Joining does it too, for a newcomer.
   */
  connect(player: PlayerId, records?: readonly RatingRecord[]): Result;
  /** A player is away: a waiting ticket lives 15 s more, play goes on for the mode's grace. */
  disconnect(player: PlayerId): Result;
  readonly parties: Parties;
  readonly lobbies: Lobbies;
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
  /** How much longer a player will wait in a mode's pool, by the last waits there; undefined when there is nothing to go by. */
  estimate(of: {
    readonly player: PlayerId;
    readonly mode: string;
    readonly tier?: string;
  }): WaitEstimate | undefined;
  /** The best players of a mode that this engine remembers, by rating less two deviations, the best first. */
  leaderboard(of: { readonly mode: string; readonly limit: number }): readonly Ranked[];
  /** The time it is, in ms: what the last `tick` said. */
  nowMs(): number;
  /** How many tickets wait in a mode's pool. */
  waiting(pool: { readonly mode: string; readonly tier?: string }): number;
  /** The whole state as text, for `createMatchForge({ snapshot })`. */
  snapshot(): string[];
}

/** A player's place on a leaderboard. */
export interface Ranked {
  readonly player: PlayerId;
  readonly record: RatingRecord;
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
  /** What your game brings along, by the names its modes use. */
  readonly plugins?: EnginePlugins;
  /** What the time that a plug-in takes is measured with, in ms. Default: `performance.now`. */
  readonly measureMs?: () => number;
  /** What `snapshot` returned, to go on from there. */
  readonly snapshot?: readonly string[];
}

/** What a game can bring along: rating systems, party ratings, matchers, ways to make teams. */
export interface EnginePlugins extends MatchingPlugins {
  readonly ratings?: Readonly<Record<string, RatingSystem>>;
  readonly partyRatings?: Readonly<Record<string, PartyRating>>;
}
