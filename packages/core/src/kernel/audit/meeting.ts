import { accepts } from "../../matching/accepts.ts";
import type { ModeRules } from "../../rules/rules.ts";
import { standingIn } from "../lookups.ts";
import type { Match, Standing } from "../model.ts";

/**
 * Invariant 7: at the position of the proposal each ticket accepted each ticket of the other teams, and the
 * teams have the sizes of the mode. Can be checked for as long as the match keeps its tickets.
 */
export function checkMeeting(match: Match, { mode, broken }: { mode: ModeRules; broken: string[] }): void {
  const sizes = mode.teams.map((_, team) => match.players.filter((player) => player.team === team).length);
  if (sizes.some((size, team) => size !== mode.teams[team]))
    broken.push(`7: the teams of ${match.id} do not fit its mode`);
  const standings = standingsByTeam(match);
  for (const [index, { team, standing }] of standings.entries()) {
    if (standing === undefined)
      broken.push(`7: ${match.id} has a ticket that did not stand in ${match.pool}`);
    else if (standing.stake !== match.stake)
      broken.push(`7: ${standing.ticketId} did not wait for the stake of ${match.id}`);
    for (const other of standings.slice(index + 1)) {
      if (other.team === team || standing === undefined || other.standing === undefined) continue;
      const reason = accepts(standing, other.standing, mode.search, match.createdAt);
      if (reason !== null) broken.push(`7: ${match.id} joins tickets that refuse each other: ${reason}`);
    }
  }
}

function standingsByTeam(match: Match): { team: number; standing: Standing | undefined }[] {
  return match.tickets.map((ticket) => ({
    team: match.players.find((player) => player.ticketId === ticket.id)?.team ?? -1,
    standing: standingIn(ticket, match.pool),
  }));
}
