import { accepts } from "../../matching/accepts.ts";
import { teamSizeOf } from "../../rules/format-of.ts";
import type { ModeRules } from "../../rules/rules.ts";
import { standingIn } from "../lookups.ts";
import type { Match } from "../model.ts";
import { sidesOf } from "../sieges.ts";
import { shareOf } from "../stakes.ts";

/**
 * Invariant 7: at the position of the proposal each ticket accepted each other one, and the teams
 * have the sizes of the mode. Can be checked for as long as the match keeps its tickets.
 */
export function checkMeeting(match: Match, { mode, broken }: { mode: ModeRules; broken: string[] }): void {
  if (!teamsFit(match, mode)) broken.push(`7: the teams of ${match.id} do not fit its mode`);
  const standings = match.tickets.map((ticket) => standingIn(ticket, match.pool));
  for (const [index, standing] of standings.entries()) {
    if (standing === undefined)
      broken.push(`7: ${match.id} has a ticket that did not stand in ${match.pool}`);
    else if (standing.stake !== shareOf(mode, { stake: match.stake, players: standing.playerIds.length }))
      broken.push(`7: ${standing.ticketId} did not wait for the stake of ${match.id}`);
    for (const other of standings.slice(index + 1)) {
      if (standing === undefined || other === undefined) continue;
      const reason = accepts(standing, other, mode.search, match.formedAt);
      if (reason !== null) broken.push(`7: ${match.id} joins tickets that refuse each other: ${reason}`);
    }
  }
}

function teamsFit({ players, phase, contest }: Match, mode: ModeRules): boolean {
  if (contest?.isSiege && mode.siege !== null) {
    const { membersMin, membersMax, sideDifferenceMax } = mode.siege;
    const [first, second] = sidesOf(players).map(({ length }) => length);
    if (Math.max(first, second) > membersMax || players.some(({ team }, at) => team !== (at < first ? 0 : 1)))
      return false;
    if (phase.state === "FORMING") return true;
    return Math.min(first, second) >= membersMin && Math.abs(first - second) <= sideDifferenceMax;
  }
  if (mode.round !== null) {
    const { playersMin, playersMax } = mode.round;
    const isEnough = phase.state === "FORMING" || players.length >= playersMin;
    return isEnough && players.length <= playersMax && players.every(({ team }, place) => team === place);
  }
  const sizes = mode.teams.map((_, team) => players.filter((player) => player.team === team).length);
  return sizes.every((size, team) => {
    const { min, max } = teamSizeOf(mode.teams[team]);
    return size >= min && size <= max;
  });
}
