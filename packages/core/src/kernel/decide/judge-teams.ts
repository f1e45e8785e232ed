import { accepts } from "../../matching/accepts.ts";
import { memberRoles } from "../../matching/standing.ts";
import { teamSizeOf } from "../../rules/format-of.ts";
import type { ModeRules } from "../../rules/rules.ts";
import type { Standing } from "../model.ts";
import type { State } from "../state.ts";

/** By team, the standings of its tickets. */
type Teams = readonly (readonly Standing[])[];

/** Whether teams have the sizes their mode asks for. */
export function sizesFit(teams: Teams, mode: ModeRules): boolean {
  if (teams.length !== mode.teams.length) return false;
  const isWhole = mode.search.sideDifferenceMax !== undefined;
  const sizes = teams.map((team) => team.reduce((sum, { playerIds }) => sum + playerIds.length, 0));
  for (const [place, size] of sizes.entries()) {
    const { min, max } = teamSizeOf(mode.teams[place]);
    if (size < min || size > max || (isWhole && teams[place].length !== 1)) return false;
  }
  return isWhole || Math.max(...sizes) - Math.min(...sizes) <= mode.sizeDifferenceMax;
}

/** Whether each team has exactly the mode's roles, each played by somebody who accepts it. */
export function rolesFit(
  teams: Teams,
  roles: readonly (readonly string[])[] | undefined,
  mode: ModeRules,
): boolean {
  if (mode.roles.length === 0) return roles === undefined;
  if (roles?.length !== teams.length) return false;
  return teams.every((team, place) => teamHasRoles(team, roles[place], mode));
}

function teamHasRoles(team: readonly Standing[], roles: readonly string[], mode: ModeRules): boolean {
  const missing = new Map(mode.roles.map(({ role, count }) => [role, count]));
  let given = 0;
  for (const standing of team) {
    for (let place = 0; place < standing.playerIds.length; place += 1) {
      const role = roles[given];
      given += 1;
      const accepted = memberRoles(standing, place);
      if (role === undefined || (accepted.length > 0 && !accepted.includes(role))) return false;
      missing.set(role, (missing.get(role) ?? 0) - 1);
    }
  }
  return given === roles.length && [...missing.values()].every((count) => count === 0);
}

/** Invariant 7: each ticket accepts each other one, as mate and as opponent alike. */
export function admitEachOther(state: State, teams: Teams, mode: ModeRules): boolean {
  const tickets = teams.flat();
  for (let first = 0; first < tickets.length; first += 1) {
    for (let second = first + 1; second < tickets.length; second += 1) {
      if (accepts(tickets[first], tickets[second], mode.search, state.time) !== null) return false;
    }
  }
  return true;
}
