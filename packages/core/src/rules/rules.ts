import type { SearchRules } from "../matching/search-rules.ts";
import type { RoleCount, TeamSize } from "../matching/teams/team-format.ts";

/** What must be in place before a match of a mode may start. */
export type Requirement = "loading" | "escrow" | "server";

/** How a mode rates its players; a mode without rating is unrated and first come, first served. */
export type RatingRules =
  | {
      readonly system: "elo";
      readonly initial: number;
      readonly k: number;
      readonly rounding: "truncate" | "none";
    }
  | {
      readonly system: "glicko2";
      readonly initial: number;
      /** A newcomer's deviation and volatility. */
      readonly deviation: number;
      readonly volatility: number;
      /** How much volatility may change. */
      readonly tau: number;
      /** How many rating periods a match takes. */
      readonly periodsPerMatch: number;
    }
  | {
      readonly system: "weng_lin";
      readonly initial: number;
      readonly deviation: number;
      /** How much a performance varies, and skill may have changed since the last game; in μ, of which a newcomer has 25. */
      readonly beta: number;
      readonly tau: number;
    }
  /** A system the game brings along, by its name. */
  | { readonly system: "custom"; readonly name: string };

/** The rating under which a party looks for a match: its members' mean, the strongest's, or the mean and a part of the gap between them. */
export type PartyRatingRules =
  | { readonly strategy: "average" }
  | { readonly strategy: "max" }
  | { readonly strategy: "weighted"; readonly gapPenalty: number }
  /** A strategy the game brings along, by its name. */
  | { readonly strategy: "custom"; readonly name: string };

/** A stake tier: its name and the stake of each player or side, in the token's smallest unit as decimal text. */
export interface StakeTier {
  readonly tier: string;
  readonly stake: string;
}

/** A match that registers players until it is full or its time is over: everybody for themselves. Times in ms. */
export interface RoundRules {
  readonly playersMin: number;
  readonly playersMax: number;
  readonly registrationMs: number;
  /** How much longer it waits, once, when too few have come. */
  readonly extensionMs: number;
}

/** How a crew gathers to take a territory from its owner. Times in ms. */
export interface SiegeRules {
  /** How long both sides have to come. */
  readonly gatherMs: number;
  /** Of each side: an owner who shows fewer loses the territory. */
  readonly membersMin: number;
  readonly membersMax: number;
  /** By how many members the sides may differ. */
  readonly sideDifferenceMax: number;
}

/** All rules of one kind of match. Times are milliseconds of shard time. */
export interface ModeRules {
  readonly id: string;
  readonly enabled: boolean;
  /** False for modes that are announced but cannot be played yet: `MODE_NOT_AVAILABLE`. */
  readonly available: boolean;
  /** Left to rounds where it is not null: then `teams` does not matter. */
  readonly round: RoundRules | null;
  /** The size of each team: a number, or from the fewest to the most players. */
  readonly teams: readonly (number | TeamSize)[];
  /** By how many players the largest team may exceed the smallest. */
  readonly sizeDifferenceMax: number;
  /** The roles of every team; empty: no roles. */
  readonly roles: readonly RoleCount[];
  /** The largest party that may queue. */
  readonly partySizeMax: number;
  readonly partyRating: PartyRatingRules;
  /** The game's own matcher, by its name; null: the one built in. */
  readonly matcher: string | null;
  /** The game's own way to put the tickets of a match on teams, by its name; null: the one built in. */
  readonly teamAssigner: string | null;
  /** Where it is played: one is drawn for each match. Empty: the game knows. */
  readonly maps: readonly string[];
  /** What crews fight for, one at a time: unowned ground in pairs, owned ground by siege. Empty: none. */
  readonly territories: readonly string[];
  /** Null where there are no territories. */
  readonly siege: SiegeRules | null;
  readonly game: "typing_duel" | "external";
  /** Empty: no wager. */
  readonly stakes: readonly StakeTier[];
  /** Whose stake a tier names: each player's, or each side's, whose players share it equally. */
  readonly stakePer: "player" | "side";
  readonly burnBps: number;
  readonly rating: RatingRules | null;
  readonly requires: readonly Requirement[];
  /** How long clients may take to load; left out: as the kernel's limits have it. */
  readonly loadingMs?: number;
  /** What a game server must say of itself to be chosen; left out: nothing. */
  readonly serverLabels?: Readonly<Record<string, string>>;
  /**
   * What becomes of a game in play whose server is lost, or tells no result in time: it is void, or decided by the newest
   * standing, where there is one. Left out: void.
   */
  readonly serverLost?: "void" | "standing";
  readonly search: SearchRules;
  readonly warnAfterMs: number;
  readonly maxWaitMs: number;
  readonly antiSnipeMs: readonly [number, number];
  /** Null: players are not asked, MATCHED is skipped. */
  readonly readyCheckMs: number | null;
  readonly revealOpponent: "found" | "accepted";
  readonly countdownMs: number;
  /** False: a match that is ready waits until it is sent to its server, at most so long. */
  readonly autoDispatch: boolean;
  readonly dispatchWithinMs: number;
  readonly durationMs: number;
  readonly countingMs: number;
  readonly graceMs: number;
  readonly maxTickets: number;
  readonly maxLiveMatches: number;
  readonly waveMs: number;
  readonly matchesPerWaveMax: number;
  /** Lower first. */
  readonly priority: number;
}

/** The embedded ledger's play money. Amounts as decimal text of the smallest unit. */
export interface LedgerRules {
  /** Granted when a player lacks the stake, at most once every `faucetEveryMs`. "0": no faucet. */
  readonly faucet: string;
  readonly faucetEveryMs: number;
}

/** The versioned configuration of a shard: what `rules.configure` appends. */
export interface Rules {
  readonly modes: readonly ModeRules[];
  readonly ledger: LedgerRules;
  /** The longest step shard time takes at one entry; null for a manual clock. */
  readonly maxStepMs: number | null;
}
