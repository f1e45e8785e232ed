import { defineMode, defineRules } from "@matchforge/core";

const hourMs = 3_600_000;
const common = {
  search: {
    widening: { kind: "steps", steps: [{ afterMs: 0, gap: Number.POSITIVE_INFINITY }] },
    avoidRematch: null,
  },
  readyCheckMs: hourMs,
  countdownMs: 0,
  durationMs: hourMs,
} as const;
const hosted = { ...common, requires: ["loading", "server"], loadingMs: hourMs } as const;

/** Matches that stay in each of their states for as long as somebody looks at them. */
export const authorisationRules = defineRules({
  modes: [
    defineMode({ id: "hosted", ...hosted }),
    defineMode({ id: "counting", ...hosted, countdownMs: hourMs }),
    defineMode({ id: "typing", ...common, game: "typing_duel", rating: null, readyCheckMs: null }),
    defineMode({ id: "mates", ...common, teams: [2, 2], partySizeMax: 2 }),
  ],
});
