import { memberRating, memberRoles, type PoolStanding, type TeamFormat, windowOf } from "@matchforge/core";
import { search, wavesAt } from "./team-population.ts";

/** Teams as the peer makes them. */
export type PeerTeams = readonly (readonly PoolStanding[])[];

/**
 * What most matchmakers do: for the oldest ticket it goes through the queue from the front and takes every ticket
 * that is in everybody's window and for which the first team with room has free roles; whoever is not served waits.
 */
export function greedyFifo(queue: readonly PoolStanding[], format: TeamFormat): PeerTeams[] {
  const matches: PeerTeams[] = [];
  const taken = new Set<PoolStanding>();
  for (const seed of queue) {
    if (taken.has(seed)) continue;
    const teams = teamsAround(seed, { queue, taken, format });
    if (teams === null) continue;
    matches.push(teams);
    for (const standing of teams.flat()) taken.add(standing);
  }
  return matches;
}

/** How far apart the mean ratings of teams are. */
export function gapOf(teams: PeerTeams): number {
  const means = teams.map((team) => {
    const ratings = team.flatMap((one) => one.playerIds.map((_, place) => memberRating(one, place)));
    return ratings.reduce((sum, rating) => sum + rating, 0) / ratings.length;
  });
  return Math.max(...means) - Math.min(...means);
}

interface Team {
  readonly standings: PoolStanding[];
  readonly free: Map<string, number>;
  room: number;
}

function teamsAround(
  seed: PoolStanding,
  { queue, taken, format }: { queue: readonly PoolStanding[]; taken: Set<PoolStanding>; format: TeamFormat },
): PeerTeams | null {
  const teams = format.teams.map(
    ({ max }): Team => ({
      standings: [],
      free: new Map(format.roles.map(({ role, count }) => [role, count])),
      room: max,
    }),
  );
  const chosen: PoolStanding[] = [];
  const offer = (standing: PoolStanding) => {
    if (chosen.some((other) => !isInReach(other, standing))) return;
    if (teams.some((team) => join(team, standing))) chosen.push(standing);
  };
  offer(seed);
  for (const standing of queue) {
    if (standing !== seed && !taken.has(standing)) offer(standing);
    if (teams.every(({ room }) => room === 0)) return teams.map(({ standings }) => standings);
  }
  return null;
}

function isInReach(left: PoolStanding, right: PoolStanding): boolean {
  const gap = Math.abs(left.rating - right.rating);
  return gap <= windowOf(left, search, wavesAt) && gap <= windowOf(right, search, wavesAt);
}

/** Each player takes the first of their roles that is free. */
function join(team: Team, standing: PoolStanding): boolean {
  if (standing.playerIds.length > team.room) return false;
  const free = new Map(team.free);
  for (let place = 0; place < standing.playerIds.length; place += 1) {
    const role = memberRoles(standing, place).find((one) => (free.get(one) ?? 0) > 0);
    if (role === undefined) return false;
    free.set(role, (free.get(role) ?? 0) - 1);
  }
  for (const [role, count] of free) team.free.set(role, count);
  team.room -= standing.playerIds.length;
  team.standings.push(standing);
  return true;
}
