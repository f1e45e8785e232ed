import { defineMode, defineRules, duelSearch, type ModeRules, type Rules } from "@matchforge/core";
import type { TrafficModel } from "../../src/what-if/traffic/traffic-model.ts";

const rating = { system: "elo", k: 32, initial: 1_200, rounding: "truncate" } as const;

/** A rated duel with everything a search can have, as far as a test does not say otherwise. */
export function duel(mode: Partial<ModeRules> = {}): ModeRules {
  return defineMode({
    id: "duel",
    rating,
    readyCheckMs: null,
    countdownMs: 0,
    antiSnipeMs: [0, 1_500],
    ...mode,
  });
}

export function duelRules(mode: Partial<ModeRules> = {}): Rules {
  return defineRules({ modes: [duel(mode)] });
}

/** The duel and a casual mode that takes anybody. */
export const twoModes: Rules = defineRules({
  modes: [
    duel(),
    defineMode({
      id: "casual",
      search: {
        ...duelSearch,
        widening: { kind: "steps", steps: [{ afterMs: 0, gap: Number.POSITIVE_INFINITY }] },
      },
    }),
  ],
});

/** A busy hour with a little of everything. */
export const sampleTraffic: TrafficModel = {
  arrivals: { perSecond: 2, daily: [1, 2, 4, 2], startHour: 18 },
  queues: [],
  tiers: {},
  skills: [
    { share: 3, middle: 0, spread: 200, skew: 0 },
    { share: 1, middle: 200, spread: 250, skew: 0.5 },
  ],
  newcomers: { share: 0.1, middle: -150, spread: 200 },
  ratingError: 60,
  parties: { sizes: [0.8, 0.2], spread: 80 },
  regions: [
    { name: "eu", share: 2, latencyMs: { eu: 25, us: 110 }, jitter: 0.3 },
    { name: "us", share: 1, latencyMs: { eu: 110, us: 30 }, jitter: 0.3 },
  ],
  roles: { tank: 0.3, healer: 0.4 },
  churn: { perMinute: 0.3, growthPerMinute: 0.1 },
  returning: { share: 0.5, afterMs: [60_000, 600_000] },
};
