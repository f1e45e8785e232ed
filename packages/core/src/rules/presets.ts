import type { ModeRules } from "./rules.ts";

type Search = Pick<ModeRules, "search" | "maxWaitMs" | "warnAfterMs">;
type Format = Pick<ModeRules, "teams">;

const second = 1_000;

/** Anybody near enough, soon: 500 points at once and 10 more with every second, for a minute. */
export const permissive: Search = {
  search: { widening: { kind: "linear", gap: 500, perSecond: 10, max: 1_100 }, avoidRematch: null },
  warnAfterMs: 45 * second,
  maxWaitMs: 60 * second,
};

/**
 * Only close matches in a region that everybody reaches: 100 points at once and 5 more with every second, for five
 * minutes; round trips of 80 ms, after a minute of 120 ms. Who tells no latencies plays anywhere.
 *
 * @example
 * const ranked = defineMode({ id: "ranked", ...oneVsOne, ...strict({ regions: ["eu", "us"] }) });
 */
export function strict({ regions }: { readonly regions: readonly string[] }): Search {
  return {
    search: {
      widening: { kind: "linear", gap: 100, perSecond: 5, max: 1_600 },
      avoidRematch: null,
      regions: {
        names: regions,
        latencyMax: [
          { afterMs: 0, latencyMs: 80 },
          { afterMs: 60 * second, latencyMs: 120 },
        ],
      },
    },
    warnAfterMs: 120 * second,
    maxWaitMs: 300 * second,
  };
}

/** One against one. */
export const oneVsOne: Format = { teams: [1, 1] };
/** Two against two. */
export const twoVsTwo: Format = { teams: [2, 2] };
/** Five against five. */
export const fiveVsFive: Format = { teams: [5, 5] };

/**
 * Everybody for themselves.
 *
 * @throws RangeError for fewer than two players or more than 64.
 * @example
 * const brawl = defineMode({ id: "brawl", ...freeForAll(8) });
 */
export function freeForAll(players: number): Format {
  if (!Number.isInteger(players) || players < 2 || players > 64) throw new RangeError("2 to 64 players");
  return { teams: Array.from({ length: players }, () => 1) };
}
