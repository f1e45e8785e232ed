import fc from "fast-check";
import type { Rating } from "../../src/ratings/rating.ts";
import type { TeamResult } from "../../src/ratings/rating-system.ts";

/** A rating with what the test does not care about filled in. */
export function ratingOf(rating: number, rest: Partial<Rating> = {}): Rating {
  return { rating, deviation: 200, volatility: 0.06, games: 7, ...rest };
}

/** One against one; the first wins unless ranks are given. */
export function duel(left: Rating, right: Rating, [own, other]: readonly number[] = [1, 2]): TeamResult[] {
  return [
    { ratings: [left], rank: own },
    { ratings: [right], rank: other },
  ];
}

/** Ratings of a living game, from newcomers to veterans. */
export const usualRating: fc.Arbitrary<Rating> = ratings({
  rating: between(600, 2800),
  deviation: between(30, 350),
  volatility: between(0.03, 0.12),
  games: fc.nat(5_000),
});

/** Anything within the limits, with a weakness for their ends. */
export const extremeRating: fc.Arbitrary<Rating> = ratings({
  rating: fc.oneof(fc.constantFrom(-100_000, 0, 100_000), between(-100_000, 100_000)),
  deviation: fc.oneof(fc.constantFrom(0, 5e-324, 100_000), between(0, 100_000), between(0, 400)),
  volatility: fc.oneof(fc.constantFrom(0, 5e-324, 1e-9, 10), between(0, 10)),
  games: fc.nat(),
});

/** Plain objects, so that they equal what is computed from them. */
function ratings(numbers: { [key in keyof Rating]: fc.Arbitrary<number> }): fc.Arbitrary<Rating> {
  return fc.record(numbers, { noNullPrototype: true });
}

/** Matches of 2 to 6 teams of 1 to 4 players each, with ties. */
export function matchesOf(rating: fc.Arbitrary<Rating>): fc.Arbitrary<TeamResult[]> {
  const team = fc.record({
    ratings: fc.array(rating, { minLength: 1, maxLength: 4 }),
    rank: fc.integer({ min: 1, max: 4 }),
  });
  return fc.array(team, { minLength: 2, maxLength: 6 });
}

/** Any double in a range, both ends included. */
export function between(min: number, max: number): fc.Arbitrary<number> {
  return fc.double({ min, max, noNaN: true });
}

/** Some order of the indexes below `length`. */
export function orderOf(length: number): fc.Arbitrary<number[]> {
  const indexes = Array.from({ length }, (_, index) => index);
  return fc.shuffledSubarray(indexes, { minLength: length, maxLength: length });
}

/** Whether two numbers agree relative to the greater one, or to 1 where both are smaller. */
export function agree(actual: number, expected: number, relative: number): boolean {
  return Math.abs(actual - expected) <= relative * Math.max(1, Math.abs(actual), Math.abs(expected));
}
