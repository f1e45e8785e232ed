import { defineMode, defineRules, duelSearch, type Rules } from "@matchforge/core";

const rating = { system: "elo", k: 32, initial: 1200, rounding: "truncate" } as const;
const glicko2 = {
  system: "glicko2",
  initial: 1_500,
  deviation: 350,
  volatility: 0.06,
  tau: 0.5,
  periodsPerMatch: 1,
} as const;

/** The modes of a simulated world: a wagered duel, a free one, and games played elsewhere: for two, in teams with roles, in rounds. */
export function worldRules(): Rules {
  return defineRules({
    modes: [
      defineMode({
        id: "duel",
        game: "typing_duel",
        rating,
        stakes: [
          { tier: "low", stake: "100000000000000000000" },
          { tier: "high", stake: "500000000000000000001" },
        ],
        requires: ["escrow"],
        antiSnipeMs: [500, 2_000],
      }),
      defineMode({ id: "practice", game: "typing_duel", readyCheckMs: null, countdownMs: 1_000 }),
      defineMode({
        id: "external",
        rating: glicko2,
        search: { ...duelSearch, hold: { kind: "arrivals", pointsPerSecond: 20 } },
        countdownMs: 0,
        durationMs: 90_000,
      }),
      defineMode({
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
      }),
      defineMode({
        id: "brawl",
        round: { playersMin: 3, playersMax: 6, registrationMs: 20_000, extensionMs: 10_000 },
        stakes: [{ tier: "low", stake: "10000000000000000000" }],
        requires: ["escrow"],
        rating,
        countdownMs: 2_000,
      }),
    ],
    ledger: { faucet: "1000000000000000000000", faucetEveryMs: 60_000 },
  });
}
