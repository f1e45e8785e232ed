import { powerOfTen } from "@matchforge/core";

/**
 * How likely the strongest team is to win, by the mean skill of each on the scale of Elo: 400 points are ten to
 * one.
 *
 * @example
 * favouriteChance([1_400, 1_200]); // about 0.76
 */
export function favouriteChance(skills: readonly number[]): number {
  const strongest = Math.max(...skills);
  let sum = 0;
  for (const skill of skills) sum += powerOfTen((skill - strongest) / 400);
  return 1 / sum;
}
