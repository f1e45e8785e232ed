import type { CostTerm } from "./formed-match.ts";
import { bestRegion } from "./regions.ts";
import type { SearchRules } from "./search-rules.ts";
import type { Standing } from "./standing.ts";
import { latencyMsSecs } from "./teams/team-prices.ts";
import { pairCostSecs } from "./window.ts";

/** What a pair leaves to be desired, in seconds that both would have waited for better. */
export function pairCosts(
  pair: readonly [Standing, Standing],
  gap: number,
  { search, at }: { readonly search: SearchRules; readonly at: number },
): readonly CostTerm[] {
  const costs: CostTerm[] = [{ term: "rating_gap", secs: pairCostSecs(gap, search) }];
  if (search.regions !== undefined) costs.push({ term: "latency", secs: latencySecs(pair, search, at) });
  return costs;
}

/** What the way to the region where they would play is worth, by whoever has the longer one. */
export function latencySecs(pair: readonly [Standing, Standing], search: SearchRules, at: number): number {
  return latencyMsSecs * (bestRegion(pair, search, at)?.latencyMs ?? 0);
}
