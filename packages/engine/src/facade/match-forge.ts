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
  /**
   * Adds a mode, or replaces the one of the same id; live matches keep the rules they were made under.
   *
   * @example
   * forge.registerMode(defineMode({ id: "quick", waveMs: 100 }));
   */
  registerMode(mode: ModeRules): Result;
  /**
   * Brings a player in, with what you know of their ratings; of a mode known already the record with more games
   * counts. Joining does it too, for a newcomer.
   *
   * @example
   * forge.connect("player_ada", [record]);
   */
  connect(player: PlayerId, records?: readonly RatingRecord[]): Result;
  /**
   * A player is away: a waiting ticket lives 15 s more, play goes on for the mode's grace.
   *
   * @example
   * forge.disconnect("player_ada");
   */
  disconnect(player: PlayerId): Result;
  readonly parties: Parties;
  readonly lobbies: Lobbies;
  /**
   * Queues a player. Matches are formed by the next `tick`.
   *
   * @example
   * forge.join({ player: "player_ada", mode: "quick", roles: ["tank"] });
   */
  join(request: JoinRequest): Result<{ readonly ticket: TicketId }>;
  /**
   * Takes a waiting ticket back. In a ready check that is too late: `decline`.
   *
   * @example
   * forge.leave("player_ada");
   */
  leave(player: PlayerId): Result;
  /**
   * A player is ready. The match goes on once everybody is.
   *
   * @example
   * forge.accept({ match: match.id, player: "player_ada" });
   */
  accept(answer: { readonly match: MatchId; readonly player: PlayerId }): Result;
  /**
   * A player turns a match down in its ready check: their ticket ends, everybody else waits on at the front.
   *
   * @example
   * forge.decline({ match: match.id, player: "player_ada" });
   */
  decline(answer: { readonly match: MatchId; readonly player: PlayerId }): Result;
  /**
   * Gives up: before play a decline, in play a forfeit.
   *
   * @example
   * forge.abandon({ match: match.id, player: "player_ada" });
   */
  abandon(answer: { readonly match: MatchId; readonly player: PlayerId }): Result;
  /**
   * The result of a game you ran: the rank of each team, 1 the best; equal ranks tie.
   *
   * @example
   * forge.finish({ match: match.id, ranks: [1, 2] });
   */
  finish(report: { readonly match: MatchId; readonly ranks: readonly number[] }): Result;
  /**
   * Moves time to `atMs` (any origin, never back), fires deadlines and forms matches. Returns all events.
   *
   * @example
   * for (const event of forge.tick(1_000)) console.log(event.type);
   */
  tick(atMs: number): readonly KernelEvent[];
  /**
   * Calls `handler` for each event of a type; returns the function that ends it.
   *
   * @example
   * const end = forge.on("match.created", ({ match }) => console.log(match));
   */
  on<Type extends KernelEvent["type"]>(type: Type, handler: Handler<Type>): () => void;
  /**
   * A live match.
   *
   * @example
   * const state = forge.match("match_5x1")?.phase.state;
   */
  match(id: MatchId): Readonly<Match> | undefined;
  /**
   * The match a player is in.
   *
   * @example
   * const rivals = forge.matchOf("player_ada")?.players;
   */
  matchOf(player: PlayerId): Readonly<Match> | undefined;
  /**
   * A player's rating and record in a mode; what a newcomer has when there is none yet.
   *
   * @example
   * const points = forge.recordOf({ player: "player_ada", mode: "quick" })?.rating;
   */
  recordOf(of: { readonly player: PlayerId; readonly mode: string }): RatingRecord | undefined;
  /**
   * Why a player waits in a mode's pool: who could be met, and what keeps the others away.
   *
   * @example
   * const matchable = forge.explain({ player: "player_ada", mode: "quick" })?.matchable;
   */
  explain(of: {
    readonly player: PlayerId;
    readonly mode: string;
    readonly tier?: string;
  }): Explanation | undefined;
  /**
   * How much longer a player will wait in a mode's pool, by the last waits there; undefined when there is nothing to go by.
   *
   * @example
   * const leftMs = forge.estimate({ player: "player_ada", mode: "quick" })?.medianMs;
   */
  estimate(of: {
    readonly player: PlayerId;
    readonly mode: string;
    readonly tier?: string;
  }): WaitEstimate | undefined;
  /**
   * The best players of a mode that this engine remembers, by rating less two deviations, the best first.
   *
   * @example
   * const [best] = forge.leaderboard({ mode: "quick", limit: 10 });
   */
  leaderboard(of: { readonly mode: string; readonly limit: number }): readonly Ranked[];
  /**
   * The time it is, in ms: what the last `tick` said.
   *
   * @example
   * forge.tick(forge.nowMs() + 500);
   */
  nowMs(): number;
  /**
   * How many tickets wait in a mode's pool.
   *
   * @example
   * if (forge.waiting({ mode: "quick" }) > 0) forge.tick(now);
   */
  waiting(pool: { readonly mode: string; readonly tier?: string }): number;
  /**
   * The whole state as text, for `createMatchForge({ snapshot })`.
   *
   * @example
   * const later = createMatchForge({ snapshot: forge.snapshot() });
   */
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
