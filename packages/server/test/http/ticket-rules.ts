import { defineMode, defineRules } from "@matchforge/core";

const anyone = {
  widening: { kind: "steps", steps: [{ afterMs: 0, gap: Number.POSITIVE_INFINITY }] },
  avoidRematch: null,
} as const;
const common = { search: anyone, countdownMs: 0, durationMs: 60_000, readyCheckMs: 60_000 } as const;

/** Modes for clients without sockets: with and without a server, stakes, regions and parties. */
export const ticketRules = defineRules({
  modes: [
    defineMode({ id: "arena", ...common }),
    defineMode({ id: "hosted", ...common, requires: ["loading", "server"] }),
    defineMode({
      id: "cup",
      ...common,
      stakes: [
        { tier: "silver", stake: "100" },
        { tier: "gold", stake: "300" },
      ],
      requires: ["escrow"],
    }),
    defineMode({
      id: "far",
      ...common,
      search: { ...anyone, regions: { names: ["eu", "us"], latencyMax: [] } },
    }),
    defineMode({ id: "mates", ...common, teams: [2, 2], partySizeMax: 2 }),
  ],
  ledger: { faucet: "1000", faucetEveryMs: 600_000 },
});
