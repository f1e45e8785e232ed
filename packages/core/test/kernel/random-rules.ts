import { changedRules, testRules } from "./modes.ts";

/** Small enough to fill, and short enough to end within a history. */
const quickSiege = {
  siege: { gatherMs: 20_000, membersMin: 2, membersMax: 3, sideDifferenceMax: 0 },
  readyCheckMs: null,
  countdownMs: 0,
};
export const randomRules = {
  ...changedRules({ arena: { maxTickets: 2 }, proxy: quickSiege }),
  ledger: { faucet: "330", faucetEveryMs: 600_000 },
};
export const ruleSets = [
  randomRules,
  changedRules({ arena: null, proxy: quickSiege }),
  changedRules({ duel: { stakes: [{ tier: "bronze", stake: "60" }] }, proxy: quickSiege }),
  changedRules({ quick: { enabled: false }, arena: { readyCheckMs: null }, proxy: quickSiege }),
  changedRules({ brawl: { stakes: [{ tier: "bronze", stake: "5" }] }, proxy: quickSiege }),
  changedRules({
    pairs: { round: { playersMin: 2, playersMax: 4, registrationMs: 5_000, extensionMs: 0 } },
    proxy: quickSiege,
  }),
  { ...testRules, modes: [{ ...testRules.modes[0], burnBps: -1 }] },
];
