import {
  accepts,
  memberRoles,
  type PoolStanding,
  regionsOf,
  type SearchRules,
  type TeamFormat,
} from "../../../src/index.ts";

/** Whether some of the tickets could be matched, by trying everything. */
export function anyMatch(
  standings: readonly PoolStanding[],
  { format, rules, at }: { readonly format: TeamFormat; readonly rules: SearchRules; readonly at: number },
): boolean {
  const able = standings.filter(({ eligibleAt }) => eligibleAt <= at);
  const teams: PoolStanding[][] = format.teams.map(() => []);
  const place = (next: number, regions: number): boolean => {
    if (isMatch(teams, format)) return true;
    if (next === able.length) return false;
    const one = able[next];
    const shared = regions & regionsOf(one, rules, at);
    if (shared !== 0 && teams.flat().every((other) => accepts(one, other, rules, at) === null)) {
      for (const [team, size] of format.teams.entries()) {
        if (sizeOf(teams[team]) + one.playerIds.length > size.max) continue;
        teams[team].push(one);
        if (place(next + 1, shared)) return true;
        teams[team].pop();
      }
    }
    return place(next + 1, regions);
  };
  return place(0, -1);
}

/** Whether teams are what a format asks for. */
export function isMatch(teams: readonly (readonly PoolStanding[])[], format: TeamFormat): boolean {
  const sizes = teams.map(sizeOf);
  if (sizes.some((size, team) => size < format.teams[team].min || size > format.teams[team].max))
    return false;
  if (Math.max(...sizes) - Math.min(...sizes) > format.sizeDifferenceMax) return false;
  return teams.every((team) => fewestSteps(team, format) < Number.POSITIVE_INFINITY);
}

/** How far down their lists the players of a team must go, by trying every way to give them its roles. */
export function fewestSteps(team: readonly PoolStanding[], { roles }: TeamFormat): number {
  if (roles.length === 0) return 0;
  const players = team.flatMap((one) => one.playerIds.map((_, place) => memberRoles(one, place)));
  const left = roles.map(({ count }) => count);
  const give = (player: number): number => {
    if (player === players.length) return left.every((count) => count === 0) ? 0 : Number.POSITIVE_INFINITY;
    let fewest = Number.POSITIVE_INFINITY;
    for (const [role, count] of left.entries()) {
      const accepted = players[player];
      const steps = accepted.length === 0 ? 0 : accepted.indexOf(roles[role].role);
      if (count === 0 || steps < 0) continue;
      left[role] -= 1;
      fewest = Math.min(fewest, steps + give(player + 1));
      left[role] += 1;
    }
    return fewest;
  };
  return give(0);
}

/** Every way to put all of some tickets on teams that makes a match. */
export function* allSplits(
  standings: readonly PoolStanding[],
  format: TeamFormat,
): Generator<readonly (readonly PoolStanding[])[]> {
  const teams: PoolStanding[][] = format.teams.map(() => []);
  function* place(next: number): Generator<readonly (readonly PoolStanding[])[]> {
    if (next === standings.length) {
      if (isMatch(teams, format)) yield teams.map((team) => [...team]);
      return;
    }
    for (const [team, size] of format.teams.entries()) {
      if (sizeOf(teams[team]) + standings[next].playerIds.length > size.max) continue;
      teams[team].push(standings[next]);
      yield* place(next + 1);
      teams[team].pop();
    }
  }
  yield* place(0);
}

function sizeOf(team: readonly PoolStanding[]): number {
  return team.reduce((sum, { playerIds }) => sum + playerIds.length, 0);
}
