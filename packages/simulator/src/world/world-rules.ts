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

/** The modes of a simulated world: a wagered duel, a free one, and a game played elsewhere that waits for good matches. */
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
    ],
    ledger: { faucet: "1000000000000000000000", faucetEveryMs: 60_000 },
  });
}
