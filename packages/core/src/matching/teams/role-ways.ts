import { stepsTo } from "./assign-roles.ts";
import type { RoleCount } from "./team-format.ts";
import type { TeamStates } from "./team-states.ts";

/**
 * The ways in which the roles of some players can be given, told apart only by what they come to: a state of the team,
 * then the fewest steps down the players' lists for it, and so on in turn. Empty: there is none.
 */
export type RoleWays = readonly number[];

/** Nobody has a role yet. */
export const noRolesGiven: RoleWays = [0, 0];

/** The ways of players who accept roles, the best first; empty: any. */
export function roleWaysOf(
  players: readonly (readonly string[])[],
  { roles }: { readonly roles: readonly RoleCount[] },
  team: TeamStates,
): RoleWays {
  if (roles.length === 0) return [players.length, 0];
  let ways = noRolesGiven;
  for (const accepted of players) {
    const own: number[] = [];
    for (const [place, { role }] of roles.entries()) {
      if (accepted.length === 0 || accepted.includes(role))
        own.push(team.units[place], stepsTo(role, accepted));
    }
    ways = combineWays(ways, own, team);
  }
  return ways;
}

/** The ways of both together on one team. */
export function combineWays(left: RoleWays, right: RoleWays, { states, sums }: TeamStates): RoleWays {
  const both: number[] = [];
  for (let own = 0; own < left.length; own += 2) {
    for (let other = 0; other < right.length; other += 2) {
      const state = sums[left[own] * states + right[other]];
      if (state < 0) continue;
      const steps = left[own + 1] + right[other + 1];
      let place = 0;
      while (place < both.length && both[place] !== state) place += 2;
      if (place === both.length) both.push(state, steps);
      else if (steps < both[place + 1]) both[place + 1] = steps;
    }
  }
  return both;
}
