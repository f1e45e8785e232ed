import type { Rating } from "./rating.ts";

/** One side of a match, before it is played. */
export interface TeamRatings {
  /** Its players' ratings; at least one. */
  readonly ratings: readonly Rating[];
}

/** One side of a match, after it. */
export interface TeamResult extends TeamRatings {
  /** Its place, 1 the best; equal ranks tie. */
  readonly rank: number;
}

/**
 * A way to rate players. Both functions are pure and use portable arithmetic only: the same input gives the
 * same bits on every node. They take input that `checkTeams` lets pass. Elo, Glicko-2 and Weng-Lin
 * are such systems; anything else of this shape plugs in.
 *
 * @example
 * // One point for a win, whoever loses.
 * const wins: RatingSystem = {
 *   initial: () => ({ ...defaultRating, rating: 0 }),
 *   rate: (teams) => teams.map(({ ratings, rank }) =>
 *     ratings.map((one) => ({ ...one, rating: one.rating + (rank === 1 ? 1 : 0), games: one.games + 1 }))),
 *   predict: (teams) => teams.map(() => 1 / teams.length),
 * };
 */
export interface RatingSystem {
  /** A newcomer's rating. */
  initial(): Rating;
  /** The ratings after a match, in the order given, all from the ratings before it. */
  rate(teams: readonly TeamResult[]): Rating[][];
  /** The probability of each team to win, in the order given; they add up to one. */
  predict(teams: readonly TeamRatings[]): number[];
}
