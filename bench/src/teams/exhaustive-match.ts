import {
  costSecsOf,
  type FormedMatch,
  memberRoles,
  type PoolStanding,
  type TeamFormat,
} from "@matchforge/core";
import { gapOf } from "./greedy-fifo.ts";

/** The rates at which a match's terms are priced: those it was told with, so that both are priced alike. */
export interface ExactPrices {
  readonly pointSecs: number;
  readonly spreadPointSecs: number;
  readonly premadeSecs: number;
  readonly roleStepSecs: number;
}

/** A match found by trying everything. */
export interface ExactMatch {
  readonly secs: number;
  readonly gap: number;
}

/**
 * The cheapest match of two teams that can be made of some tickets with one of them in it, and the smallest gap
 * that any such match has: by trying every way to put each ticket on a team or on none.
 */
export function exhaustive(
  standings: readonly PoolStanding[],
  {
    format,
    prices,
    seed,
  }: { readonly format: TeamFormat; readonly prices: ExactPrices; readonly seed: PoolStanding },
): { readonly cheapest: ExactMatch; readonly leastGap: number } {
  const teams: PoolStanding[][] = format.teams.map(() => []);
  const room = format.teams.map(({ max }) => max);
  const steps = new Map<string, number>();
  let cheapest: ExactMatch = { secs: Number.POSITIVE_INFINITY, gap: Number.POSITIVE_INFINITY };
  let leastGap = Number.POSITIVE_INFINITY;
  const rest = standings.filter((one) => one !== seed);
  const note = () => {
    const role = teams.reduce((sum, team) => sum + knownSteps(team, format, steps), 0);
    if (role === Number.POSITIVE_INFINITY) return;
    const gap = gapOf(teams);
    leastGap = Math.min(leastGap, gap);
    const secs = secsOf(teams, { gap, role, prices });
    if (secs < cheapest.secs) cheapest = { secs, gap };
  };
  const place = (next: number): void => {
    if (room.every((left) => left === 0)) return note();
    if (next > rest.length) return;
    const one = next === 0 ? seed : rest[next - 1];
    for (const [team, left] of room.entries()) {
      if (one.playerIds.length > left || (next === 0 && team > 0)) continue;
      room[team] -= one.playerIds.length;
      teams[team].push(one);
      place(next + 1);
      teams[team].pop();
      room[team] += one.playerIds.length;
    }
    if (next > 0) place(next + 1);
  };
  place(0);
  return { cheapest, leastGap };
}

/** What a match of ours costs. */
export function exactOf({ costs, ratingGap }: FormedMatch): ExactMatch {
  return { secs: costSecsOf(costs), gap: ratingGap };
}

function secsOf(
  teams: readonly (readonly PoolStanding[])[],
  { gap, role, prices }: { readonly gap: number; readonly role: number; readonly prices: ExactPrices },
): number {
  const ratings = teams.flat().map(({ rating }) => rating);
  const premades = teams.map((team) => Math.max(...team.map(({ playerIds }) => playerIds.length)));
  const players = teams.flat().reduce((sum, { playerIds }) => sum + playerIds.length, 0);
  return (
    prices.pointSecs * gap +
    prices.spreadPointSecs * (Math.max(...ratings) - Math.min(...ratings)) +
    prices.premadeSecs * (Math.max(...premades) - Math.min(...premades)) +
    (prices.roleStepSecs * role) / players
  );
}

function knownSteps(team: readonly PoolStanding[], format: TeamFormat, known: Map<string, number>): number {
  const key = team.map(({ ticketId }) => ticketId).join();
  const steps = known.get(key) ?? fewestSteps(team, format);
  known.set(key, steps);
  return steps;
}

function fewestSteps(team: readonly PoolStanding[], { roles }: TeamFormat): number {
  const players = team.flatMap((one) => one.playerIds.map((_, place) => memberRoles(one, place)));
  const free = roles.map(({ count }) => count);
  const give = (player: number): number => {
    if (player === players.length) return 0;
    let fewest = Number.POSITIVE_INFINITY;
    for (const [place, { role }] of roles.entries()) {
      const steps = players[player].indexOf(role);
      if (free[place] === 0 || steps < 0) continue;
      free[place] -= 1;
      fewest = Math.min(fewest, steps + give(player + 1));
      free[place] += 1;
    }
    return fewest;
  };
  return give(0);
}
