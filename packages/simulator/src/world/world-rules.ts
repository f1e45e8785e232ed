import { defineMode, defineRules, duelSearch, type ModeRules, type Rules } from "@matchforge/core";
import { servedModes } from "./served-modes.ts";

const rating = { system: "elo", k: 32, initial: 1200, rounding: "truncate" } as const;
const glicko2 = {
  system: "glicko2",
  initial: 1_500,
  deviation: 350,
  volatility: 0.06,
  tau: 0.5,
  periodsPerMatch: 1,
} as const;
const low = { tier: "low", stake: "100000000000000000000" };
const high = { tier: "high", stake: "500000000000000000001" };

const duel = defineMode({
  id: "duel",
  game: "typing_duel",
  rating,
  stakes: [low, high],
  requires: ["escrow"],
  antiSnipeMs: [500, 2_000],
});

const practice = defineMode({
  id: "practice",
  game: "typing_duel",
  readyCheckMs: null,
  countdownMs: 1_000,
  durationMs: 25_000,
  maxLiveMatches: 4,
});

const external = defineMode({
  id: "external",
  rating: glicko2,
  search: { ...duelSearch, hold: { kind: "arrivals", pointsPerSecond: 20 } },
  countdownMs: 0,
  durationMs: 90_000,
});

const squad = defineMode({
  id: "squad",
  teams: [2, 2],
  roles: [
    { role: "tank", count: 1 },
    { role: "healer", count: 1 },
  ],
  maps: ["mill", "harbour"],
  partyRating: { strategy: "weighted", gapPenalty: 0.1 },
  rating: { system: "weng_lin", initial: 1_500, deviation: 350, beta: 25 / 6, tau: 25 / 300 },
  search: {
    ...duelSearch,
    regions: {
      names: ["eu", "us"],
      latencyMax: [
        { afterMs: 0, latencyMs: 100 },
        { afterMs: 20_000, latencyMs: 400 },
      ],
    },
  },
  countdownMs: 1_000,
  autoDispatch: false,
});

const brawl = defineMode({
  id: "brawl",
  round: { playersMin: 3, playersMax: 6, registrationMs: 20_000, extensionMs: 10_000 },
  stakes: [{ tier: "low", stake: "10000000000000000000" }],
  requires: ["escrow"],
  rating,
  antiSnipeMs: [0, 1_000],
  countdownMs: 2_000,
});

const war = defineMode({
  id: "war",
  teams: [
    { min: 3, max: 5 },
    { min: 3, max: 5 },
  ],
  search: { ...duelSearch, sideDifferenceMax: 1 },
  territories: ["north", "south"],
  siege: { gatherMs: 25_000, membersMin: 3, membersMax: 5, sideDifferenceMax: 1 },
  rating,
  stakes: [{ tier: "low", stake: "100000000000000000001" }],
  stakePer: "side",
  requires: ["escrow"],
  countdownMs: 2_000,
});

/** What an operator changes: a tier goes, a search widens otherwise, rounds get smaller. */
const changed: readonly ModeRules[] = [
  { ...duel, stakes: [low] },
  practice,
  {
    ...external,
    search: { widening: { kind: "linear", gap: 150, perSecond: 10, max: 900 }, avoidRematch: null },
  },
  squad,
  { ...brawl, round: { playersMin: 3, playersMax: 4, registrationMs: 15_000, extensionMs: 0 } },
  war,
];

/** What an operator brings along. */
export interface RulesBrought {
  readonly version: "first" | "second";
  /** Whether games are played that need loading clients or servers, which older builds know nothing of. */
  readonly isServed: boolean;
}

/**
 * The modes of a simulated world: a wagered duel, a free one, and games played elsewhere: for two, in teams with roles,
 * in rounds, and of crews for territories; and those that need loading clients and game servers.
 */
export function worldRules(
  { version, isServed }: RulesBrought = { version: "first", isServed: true },
): Rules {
  const plain = version === "first" ? [duel, practice, external, squad, brawl, war] : changed;
  return defineRules({
    modes: isServed ? [...plain, ...servedModes] : plain,
    ledger: { faucet: "1000000000000000000000", faucetEveryMs: 60_000 },
  });
}
