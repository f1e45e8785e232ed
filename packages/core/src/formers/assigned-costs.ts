import type { CostTerm } from "../matching/formed-match.ts";
import { bestRegion } from "../matching/regions.ts";
import type { SearchRules } from "../matching/search-rules.ts";
import { type Standing, strengthOf } from "../matching/standing.ts";
import { teamCostsOf } from "../matching/teams/team-costs.ts";
import { teamPricesOf } from "../matching/teams/team-prices.ts";
import { TeamTotals } from "../matching/teams/team-totals.ts";

/** What a match costs, term by term, whose teams somebody else has made. */
export function assignedCosts(
  teams: readonly (readonly Standing[])[],
  terms: { readonly search: SearchRules; readonly at: number; readonly roleSteps: number | null },
): CostTerm[] {
  const { search, at, roleSteps } = terms;
  const totals = new TeamTotals(teams.length);
  for (const [team, standings] of teams.entries())
    for (const standing of standings)
      totals.add({ size: standing.playerIds.length, strength: strengthOf(standing) }, team);
  const tickets = teams.flat();
  const ratings = tickets.map(({ rating }) => rating);
  return teamCostsOf(teamPricesOf(search), {
    totals,
    spread: Math.max(...ratings) - Math.min(...ratings),
    roleSteps,
    latencyMs: bestRegion(tickets, search, at)?.latencyMs ?? null,
  });
}
