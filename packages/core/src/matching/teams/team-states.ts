import type { TeamFormat } from "./team-format.ts";

/**
 * The ways in which one team can be filled in part: how many players of each role it has, or, without roles, how
 * many players. State 0 is empty; what a ticket adds to a team is a state too.
 */
export interface TeamStates {
  readonly states: number;
  /** Players, by state. */
  readonly players: Uint8Array;
  /** At `state × states + addition`: their sum; -1: more than a team can have. */
  readonly sums: Int16Array;
  /** What one player in a role adds, in the order of the format's roles; without roles one entry: what any player adds. */
  readonly units: readonly number[];
}

/** The states of a team of a format without problems. */
export function teamStatesOf({ teams, roles }: TeamFormat): TeamStates {
  const counts =
    roles.length > 0 ? roles.map(({ count }) => count) : [Math.max(...teams.map(({ max }) => max))];
  const units: number[] = [];
  let states = 1;
  for (const count of counts) {
    units.push(states);
    states *= count + 1;
  }
  const filled = Array.from({ length: states }, (_, state) =>
    counts.map((count, role) => Math.floor(state / units[role]) % (count + 1)),
  );
  const sums = new Int16Array(states * states);
  for (let left = 0; left < states; left += 1) {
    for (let right = 0; right < states; right += 1) {
      const fits = counts.every((count, role) => filled[left][role] + filled[right][role] <= count);
      sums[left * states + right] = fits ? left + right : -1;
    }
  }
  const players = Uint8Array.from(filled, (fill) => fill.reduce((sum, count) => sum + count, 0));
  return { states, players, sums, units };
}
