import type { SearchRules } from "../matching/search-rules.ts";
import type { ModeRules, Rules } from "./rules.ts";

const second = 1000;

/** The duel's search of seed 000: ±100, ±200, ±300, then anyone. */
export const duelSearch: SearchRules = {
  widening: {
    kind: "steps",
    steps: [
      { afterMs: 0, gap: 100 },
      { afterMs: 15 * second, gap: 200 },
      { afterMs: 30 * second, gap: 300 },
      { afterMs: 60 * second, gap: Number.POSITIVE_INFINITY },
    ],
  },
  avoidRematch: { last: 3, forMs: 120 * second },
};

const defaults: Omit<ModeRules, "id"> = {
  enabled: true,
  available: true,
  round: null,
  teams: [1, 1],
  sizeDifferenceMax: 0,
  roles: [],
  partySizeMax: 64,
  partyRating: { strategy: "average" },
  matcher: null,
  teamAssigner: null,
  maps: [],
  territories: [],
  siege: null,
  game: "external",
  stakes: [],
  stakePer: "player",
  burnBps: 1000,
  rating: null,
  requires: [],
  search: duelSearch,
  warnAfterMs: 120 * second,
  maxWaitMs: 300 * second,
  antiSnipeMs: [0, 0],
  readyCheckMs: 15 * second,
  revealOpponent: "found",
  countdownMs: 5 * second,
  autoDispatch: true,
  dispatchWithinMs: 60 * second,
  durationMs: 60 * second,
  countingMs: second,
  graceMs: 30 * second,
  maxTickets: 1_000_000,
  maxLiveMatches: 100_000,
  waveMs: 50,
  matchesPerWaveMax: 1000,
  priority: 0,
};

/**
 * Completes a mode's rules with the defaults of the specification.
 *
 * @example
 * const mode = defineMode({ id: "quick", readyCheckMs: null, countdownMs: 0 });
 */
export function defineMode(mode: Partial<ModeRules> & { readonly id: string }): ModeRules {
  return { ...defaults, ...mode };
}

/**
 * Completes a shard's rules around its modes.
 *
 * @example
 * const rules = defineRules({ modes: [defineMode({ id: "quick" })] });
 */
export function defineRules(rules: Partial<Rules> & Pick<Rules, "modes">): Rules {
  return { ledger: { faucet: "0", faucetEveryMs: 600 * second }, maxStepMs: 2 * second, ...rules };
}
