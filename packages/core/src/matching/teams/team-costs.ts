import type { CostTerm } from "../formed-match.ts";
import type { TeamPrices } from "./team-prices.ts";
import type { TeamTotals } from "./team-totals.ts";

/** What a match of teams costs, term by term. */
export function teamCostsOf(
  prices: TeamPrices,
  match: {
    readonly totals: TeamTotals;
    /** Between the highest and the lowest ticket, in points. */
    readonly spread: number;
    /** How far from their first choice of role the players are, in all; null in formats without roles. */
    readonly roleSteps: number | null;
    /** Of the player who is farthest away; null where regions do not matter. */
    readonly latencyMs: number | null;
  },
): CostTerm[] {
  const { totals, spread, roleSteps, latencyMs } = match;
  const costs: CostTerm[] = [
    { term: "rating_gap", secs: prices.ratingPointSecs * totals.ratingGap() },
    { term: "spread", secs: prices.spreadPointSecs * spread },
    { term: "premades", secs: prices.premadeSecs * totals.premadeDifference() },
    { term: "sizes", secs: prices.sizeSecs * totals.sizeDifference() },
  ];
  if (roleSteps !== null)
    costs.push({ term: "roles", secs: (prices.roleStepSecs * roleSteps) / totals.players() });
  if (latencyMs !== null) costs.push({ term: "latency", secs: prices.latencyMsSecs * latencyMs });
  return costs;
}
