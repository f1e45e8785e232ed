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

/** Two against two with a role each, where all can reach a server; by word of mouth, so without ready check. */
export const squad: ModeRules = defineMode({
  id: "squad",
  teams: [2, 2],
  roles: [
    { role: "tank", count: 1 },
    { role: "healer", count: 1 },
  ],
  maps: ["mill", "harbour"],
  rating: { system: "weng_lin", initial: 1500, deviation: 350, beta: 25 / 6, tau: 25 / 300 },
  search: {
    ...anyone,
    regions: {
      names: ["eu", "us"],
      latencyMax: [
        { afterMs: 0, latencyMs: 80 },
        { afterMs: 10_000, latencyMs: 200 },
      ],
    },
  },
});

/** Sides of three to five that queue whole and may differ by one. */
export const siege: ModeRules = defineMode({
  id: "siege",
  teams: [
    { min: 3, max: 5 },
    { min: 3, max: 5 },
  ],
  search: { ...anyone, sideDifferenceMax: 1 },
});

/** Crews of three to eight for a stake of each side, whose sizes may differ by two. */
export const raid: ModeRules = defineMode({
  id: "raid",
  teams: [
    { min: 3, max: 8 },
    { min: 3, max: 8 },
  ],
  search: { ...anyone, sideDifferenceMax: 2 },
  stakes: [
    { tier: "bronze", stake: "100" },
    { tier: "gold", stake: "602" },
  ],
  stakePer: "side",
  readyCheckMs: null,
  countdownMs: 0,
  requires: ["escrow"],
});

/** Crews fight for two territories, with a stake of each side; what is owned is besieged. */
export const proxy: ModeRules = defineMode({
  id: "proxy",
  teams: [
    { min: 3, max: 8 },
    { min: 3, max: 8 },
  ],
  search: { ...anyone, sideDifferenceMax: 2 },
  territories: ["alpha", "beta-3"],
  siege: { gatherMs: 300_000, membersMin: 3, membersMax: 5, sideDifferenceMax: 1 },
  rating: { system: "elo", k: 32, initial: 1200, rounding: "truncate" },
  stakes: [
    { tier: "bronze", stake: "602" },
    { tier: "gold", stake: "1200" },
  ],
  stakePer: "side",
  requires: ["escrow"],
});

/** Tickets stay hidden for up to 1.5 s. */
export const hidden: ModeRules = defineMode({ id: "hidden", search: anyone, antiSnipeMs: [0, 1_500] });

/** Played elsewhere, and only once somebody has sent it to a server. */
export const staged: ModeRules = defineMode({
  id: "staged",
  search: anyone,
  readyCheckMs: null,
  countdownMs: 1_000,
  autoDispatch: false,
});

/** Everybody for themselves, two to four; a minute to register, and half of one more. */
export const brawl: ModeRules = defineMode({
  id: "brawl",
  search: anyone,
  round: { playersMin: 2, playersMax: 4, registrationMs: 60_000, extensionMs: 30_000 },
  stakes: [{ tier: "bronze", stake: "10" }],
  requires: ["escrow"],
});

/** Announced, but not to be played yet. */
export const announced: ModeRules = defineMode({ id: "announced", available: false });

/** The rules of the tests' shard. */
export const testRules: Rules = defineRules({
  modes: [duel, arena, quick, pairs, squad, siege, raid, proxy, staged, brawl, hidden, announced],
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
