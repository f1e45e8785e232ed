/** The lowest and the highest of some ratings. */
export interface RatingBounds {
  readonly low: number;
  readonly high: number;
}

/** The bounds of the ratings of chosen tickets, one of them left out if wanted. */
export function boundsOf(chosen: readonly number[], ratings: readonly number[], except = -1): RatingBounds {
  let [high, low] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let place = 0; place < chosen.length; place += 1) {
    if (place === except) continue;
    const rating = ratings[chosen[place]];
    if (rating > high) high = rating;
    if (rating < low) low = rating;
  }
  return { high, low };
}

/** How far apart they are, in points. */
export function spreadOf({ low, high }: RatingBounds): number {
  return high - low;
}
