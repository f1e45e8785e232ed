import type { FillTable } from "./fill-table.ts";
import { combineWays, noRolesGiven } from "./role-ways.ts";
import type { SplitTicket } from "./split-ticket.ts";
import type { TeamPrices } from "./team-prices.ts";
import type { TeamSplit } from "./team-split.ts";
import { TeamTotals } from "./team-totals.ts";

const passesMax = 4;
/** Less is rounding. */
const gainLeast = 1e-9;

interface ExchangeRequest {
  readonly tickets: readonly SplitTicket[];
  /** A split whose sizes and roles fit. */
  readonly teamOf: Uint8Array;
  readonly table: FillTable;
  readonly prices: TeamPrices;
}

/**
 * Betters a split by exchanging tickets of one size between teams, as long as that makes it cheaper: for splits too
 * many to try. Sizes stay as they are.
 */
export function exchangeTickets(request: ExchangeRequest): TeamSplit {
  const { tickets, prices, table } = request;
  const teamOf = request.teamOf.slice();
  const totals = new TeamTotals(table.teams);
  const secsNow = () => {
    totals.reset(tickets, teamOf);
    return totals.secs(prices);
  };
  let best = withRoles({ ...request, teamOf }, secsNow());
  for (let pass = 0, before = Number.POSITIVE_INFINITY; pass < passesMax && best.secs < before; pass += 1) {
    before = best.secs;
    for (let left = 0; left < tickets.length; left += 1) {
      for (let right = left + 1; right < tickets.length; right += 1) {
        if (teamOf[left] === teamOf[right] || tickets[left].size !== tickets[right].size) continue;
        exchange(teamOf, left, right);
        const secs = secsNow();
        // Roles only add to the cost, so what is no cheaper without them is no cheaper at all.
        const exchanged: TeamSplit =
          secs < best.secs - gainLeast ? withRoles({ ...request, teamOf }, secs) : best;
        if (exchanged.secs < best.secs - gainLeast) best = exchanged;
        else exchange(teamOf, left, right);
      }
    }
  }
  return best;
}

/** A split with what its roles cost: Infinity when a team cannot have them. */
function withRoles({ tickets, teamOf, table, prices }: ExchangeRequest, secs: number): TeamSplit {
  const ways = table.format.teams.map(() => noRolesGiven);
  let players = 0;
  for (const [place, ticket] of tickets.entries()) {
    const team = teamOf[place];
    ways[team] = combineWays(ways[team], ticket.ways, table.team);
    players += ticket.size;
  }
  const steps = ways.reduce((sum, [, own = Number.POSITIVE_INFINITY]) => sum + own, 0);
  return { teamOf: teamOf.slice(), steps, secs: secs + (prices.roleStepSecs * steps) / players };
}

function exchange(teamOf: Uint8Array, left: number, right: number): void {
  [teamOf[left], teamOf[right]] = [teamOf[right], teamOf[left]];
}
