import type { ModeRules, Rules } from "../../src/index.ts";
import { changedRules, testRules } from "./modes.ts";
import { servedRules } from "./served.ts";

/** Small enough to fill, and short enough to end within a history. */
const quickSiege = {
  siege: { gatherMs: 20_000, membersMin: 2, membersMax: 3, sideDifferenceMax: 0 },
  readyCheckMs: null,
  countdownMs: 0,
};
/** With the modes that are played on servers. */
function withServed(changes: Readonly<Record<string, Partial<ModeRules> | null>>): Rules {
  const rules = changedRules(changes);
  return { ...rules, modes: [...rules.modes, ...servedRules.modes] };
}

export const randomRules = {
  ...withServed({ arena: { maxTickets: 2 }, proxy: quickSiege }),
  ledger: { faucet: "330", faucetEveryMs: 600_000 },
};
export const ruleSets = [
  randomRules,
  withServed({ arena: null, proxy: quickSiege }),
  withServed({ duel: { stakes: [{ tier: "bronze", stake: "60" }] }, proxy: quickSiege }),
  withServed({ quick: { enabled: false }, arena: { readyCheckMs: null }, proxy: quickSiege }),
  withServed({ brawl: { stakes: [{ tier: "bronze", stake: "5" }] }, proxy: quickSiege }),
  withServed({
    pairs: { round: { playersMin: 2, playersMax: 4, registrationMs: 5_000, extensionMs: 0 } },
    proxy: quickSiege,
  }),
  { ...testRules, modes: [{ ...testRules.modes[0], burnBps: -1 }] },
];
