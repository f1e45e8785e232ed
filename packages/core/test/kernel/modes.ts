import { defineMode, defineRules, type ModeRules, type Rules } from "../../src/index.ts";

const anyone = {
  widening: { kind: "steps", steps: [{ afterMs: 0, gap: Number.POSITIVE_INFINITY }] },
  avoidRematch: null,
} as const;

/** A wagered typing duel with a ready check: the mode in which everything happens. */
export const duel: ModeRules = defineMode({
  id: "duel",
  game: "typing_duel",
  stakes: [
    { tier: "bronze", stake: "50" },
    { tier: "gold", stake: "305" },
  ],
  rating: { system: "elo", k: 32, initial: 1200, rounding: "truncate" },
  requires: ["escrow"],
});

/** A game played elsewhere, with a ready check, for nothing. */
export const arena: ModeRules = defineMode({ id: "arena", search: anyone });

/** A game played elsewhere that starts at once. */
export const quick: ModeRules = defineMode({
  id: "quick",
  search: anyone,
  readyCheckMs: null,
  countdownMs: 0,
});

/** Two against two, played elsewhere, wagered. */
export const pairs: ModeRules = defineMode({
  id: "pairs",
  teams: [2, 2],
  search: anyone,
  stakes: [{ tier: "bronze", stake: "25" }],
  requires: ["escrow"],
});

/** Tickets stay hidden for up to 1.5 s. */
export const hidden: ModeRules = defineMode({ id: "hidden", search: anyone, antiSnipeMs: [0, 1_500] });

/** Announced, but not to be played yet. */
export const announced: ModeRules = defineMode({ id: "announced", available: false });

/** The rules of the tests' shard. */
export const testRules: Rules = defineRules({
  modes: [duel, arena, quick, pairs, hidden, announced],
  ledger: { faucet: "1000", faucetEveryMs: 600_000 },
});

/** The same rules with some modes replaced, added or, with null, removed. */
export function changedRules(changes: Readonly<Record<string, Partial<ModeRules> | null>>): Rules {
  const modes = testRules.modes.flatMap((mode) => {
    const change = changes[mode.id];
    return change === null ? [] : [{ ...mode, ...change }];
  });
  return { ...testRules, modes };
}
