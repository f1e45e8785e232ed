import { defineMode, duelSearch, type ModeRules } from "@matchforge/core";

const rating = { system: "elo", k: 32, initial: 1200, rounding: "truncate" } as const;
const low = { tier: "low", stake: "100000000000000000000" };

const hosted = defineMode({
  id: "hosted",
  rating,
  requires: ["server"],
  countdownMs: 3_000,
  durationMs: 90_000,
});

const arena = defineMode({
  id: "arena",
  rating,
  stakes: [low],
  requires: ["escrow", "loading", "server"],
  loadingMs: 8_000,
  serverLost: "standing",
  search: {
    ...duelSearch,
    regions: {
      names: ["eu", "us"],
      latencyMax: [
        { afterMs: 0, latencyMs: 150 },
        { afterMs: 20_000, latencyMs: 400 },
      ],
    },
  },
  readyCheckMs: null,
  countdownMs: 2_000,
  durationMs: 60_000,
});

const royale = defineMode({
  id: "royale",
  round: { playersMin: 3, playersMax: 6, registrationMs: 20_000, extensionMs: 10_000 },
  rating,
  requires: ["loading", "server"],
  loadingMs: 10_000,
  serverLabels: { size: "large" },
  countdownMs: 1_000,
  durationMs: 60_000,
});

const parlour = defineMode({
  id: "parlour",
  rating,
  stakes: [low],
  requires: ["escrow", "loading"],
  loadingMs: 10_000,
  countdownMs: 0,
  durationMs: 40_000,
});

/** Modes whose clients load, or that are played on game servers; in the last one the players tell the result. */
export const servedModes: readonly ModeRules[] = [hosted, arena, royale, parlour];
