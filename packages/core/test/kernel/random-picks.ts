import type { Match, PlayerId, State } from "../../src/index.ts";

export const salt = "salt";
export const text = "ls -la";
export const names = ["ada", "bob", "cyd", "dan", "eve", "fay", "gil", "hal"] as const;
/** Players who are in crews and seldom play on their own. */
export const mates = ["ian", "jay", "kim", "lea", "mia", "ned", "oli", "pam", "rex"] as const;

export function pick<T>(items: readonly T[], number: number): T {
  return items[number % items.length];
}

export const playerAt = (number: number): PlayerId => `player_${pick(names, number)}`;
export const mateAt = (number: number): PlayerId => `player_${pick(mates, number)}`;
export const isMate = (id: PlayerId) => mates.some((name) => id === `player_${name}`);

export const matchAt = (state: State, number: number): Match | undefined =>
  state.matches.size === 0 ? undefined : pick([...state.matches.values()], number);
