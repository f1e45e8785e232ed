import type { FormedMatch } from "../formed-match.ts";
import { compareByAge } from "../pool-index.ts";
import { bestRegion } from "../regions.ts";
import type { SearchRules } from "../search-rules.ts";
import type { Standing } from "../standing.ts";
import { assignRoles } from "./assign-roles.ts";
import type { ChosenTeams } from "./better-choices.ts";
import type { Candidates } from "./candidates.ts";
import type { FillTable } from "./fill-table.ts";
import { rolesOf } from "./split-ticket.ts";
import { boundsOf, spreadOf } from "./spread.ts";
import { teamCostsOf } from "./team-costs.ts";
import { alikeTeamsOf, type RoleCount } from "./team-format.ts";
import type { TeamPrices } from "./team-prices.ts";
import { TeamTotals } from "./team-totals.ts";

/** What a chosen match is written out from. */
export interface FormRequest extends ChosenTeams {
  readonly candidates: Candidates;
  readonly table: FillTable;
  readonly prices: TeamPrices;
  readonly search: SearchRules;
  /** Shard time in ms. */
  readonly at: number;
}

/**
 * Writes out what was chosen: on a team the ticket that was served, then the longest waiting first; teams alike by
 * their first tickets.
 */
export function formMatch(request: FormRequest): FormedMatch {
  const { candidates, chosen, split, table, prices, search, at } = request;
  const { format } = table;
  const standings = chosen.map((place) => candidates.standings[place]);
  const totals = new TeamTotals(format.teams.length);
  totals.reset(
    chosen.map((place) => candidates.ticketOf(place)),
    split.teamOf,
  );
  const hasRoles = format.roles.length > 0;
  const teams = sortAlike(teamsOf(request, standings), request);
  return {
    teams: teams.map((seats) => seats.map(({ standing }) => standing)),
    ...(hasRoles && { roles: teams.map((seats) => seats.flatMap(({ roles }) => roles)) }),
    wave: "ticket",
    ratingGap: totals.ratingGap(),
    costs: teamCostsOf(prices, {
      totals,
      spread: spreadOf(boundsOf(chosen, candidates.ratings)),
      roleSteps: hasRoles ? split.steps : null,
      latencyMs: bestRegion(standings, search, at)?.latencyMs ?? null,
    }),
    considered: candidates.considered,
    rejected: candidates.rejectedBut(chosen.length - 1),
  };
}

/** A ticket on its team, and the roles of its players. */
interface Seat {
  readonly standing: Standing;
  readonly roles: readonly string[];
}

function teamsOf({ candidates, split, table }: FormRequest, standings: readonly Standing[]): Seat[][] {
  const [served] = candidates.standings;
  return table.format.teams.map((_, team) => {
    const own = standings.filter((_, place) => split.teamOf[place] === team);
    const seats = seatsOf(own, table.format.roles);
    return seats.sort((left, right) => compareServed(left, right, served));
  });
}

function seatsOf(standings: readonly Standing[], roles: readonly RoleCount[]): Seat[] {
  if (roles.length === 0) return standings.map((standing) => ({ standing, roles: [] }));
  const assigned = assignRoles(standings.flatMap(rolesOf), roles);
  if (assigned === null) throw new Error("a team that was split off cannot have its roles");
  let given = 0;
  return standings.map((standing) => {
    const own = assigned.roles.slice(given, given + standing.playerIds.length);
    given += own.length;
    return { standing, roles: own.map((role) => roles[role].role) };
  });
}

function sortAlike(teams: readonly Seat[][], { candidates, table }: FormRequest): Seat[][] {
  const [served] = candidates.standings;
  return alikeTeamsOf(table.format).flatMap(({ from, to }) =>
    teams.slice(from, to).sort(([left], [right]) => compareServed(left, right, served)),
  );
}

/** The ticket that was served first, then by age. */
function compareServed(left: Seat, right: Seat, served: Standing): number {
  if (left.standing === served || right.standing === served) return left.standing === served ? -1 : 1;
  return compareByAge(left.standing, right.standing);
}
