/** The newest arrivals of a pool, at most {@link arrivalsKept}: plain data, part of the state. */
export interface Traffic {
  /** Ratings and times (ms of shard time) of arrivals, a ring. */
  readonly ratings: number[];
  readonly times: number[];
  /** Where the next one goes once the ring is full. */
  next: number;
}

/** Enough to tell how dense arrivals are to about a fifth, few enough to follow a daily curve. */
export const arrivalsKept = 256;
/** Of so many arrivals one counts as a neighbour. */
const keptPerNeighbour = 8;
const neighboursLeast = 2;
const spanLeastMs = 1;

/**
 * A pool that nobody has come to.
 *
 * @example
 * createTraffic().times.length; // 0
 */
export function createTraffic(): Traffic {
  return { ratings: [], times: [], next: 0 };
}

/**
 * Counts an arrival, `at` in ms of shard time; of more than {@link arrivalsKept} the oldest is forgotten.
 *
 * @example
 * countArrival(pool.traffic, { rating: 1_500, at: state.time });
 */
export function countArrival(traffic: Traffic, { rating, at }: { rating: number; at: number }): void {
  traffic.ratings[traffic.next] = rating;
  traffic.times[traffic.next] = at;
  traffic.next = (traffic.next + 1) % arrivalsKept;
}

/**
 * How dense arrivals are around ratings, as it looks at one moment: the distance to the nearest eighth of the
 * newest arrivals gives the density, however ratings are spread (Loftsgaarden and Quesenberry, A nonparametric
 * estimate of a multivariate density function, 1965).
 *
 * @example
 * const perSecond = new ArrivalDensity(pool.traffic, state.time);
 * const expected = perSecond.at(1_500) * 200 * 10; // arrivals within 100 points in the next ten seconds
 */
export class ArrivalDensity {
  readonly #sorted: Float64Array;
  readonly #neighbours: number;
  readonly #spanSecs: number;

  /** `at` in ms of shard time. */
  constructor(traffic: Traffic, at: number) {
    this.#sorted = Float64Array.from(traffic.ratings).sort();
    const oldest = traffic.times[traffic.next] ?? traffic.times[0] ?? at;
    this.#spanSecs = Math.max(spanLeastMs, at - oldest) / 1_000;
    this.#neighbours = Math.max(neighboursLeast, Math.ceil(this.#sorted.length / keptPerNeighbour));
  }

  /** Arrivals a second and rating point; 0 while too few have come to tell. */
  at(rating: number): number {
    if (this.#sorted.length <= this.#neighbours) return 0;
    const reach = this.#reach(rating);
    return reach === 0 ? Number.POSITIVE_INFINITY : this.#neighbours / (2 * reach * this.#spanSecs);
  }

  /** How far the neighbours reach: their number is told beside the ticket itself, which is among the arrivals. */
  #reach(rating: number): number {
    const sorted = this.#sorted;
    let above = lowerBound(sorted, rating);
    let below = above - 1;
    let reach = 0;
    for (let found = 0; found <= this.#neighbours; found += 1) {
      const gapBelow = below < 0 ? Number.POSITIVE_INFINITY : rating - sorted[below];
      const gapAbove = above >= sorted.length ? Number.POSITIVE_INFINITY : sorted[above] - rating;
      reach = Math.min(gapBelow, gapAbove);
      if (gapBelow <= gapAbove) below -= 1;
      else above += 1;
    }
    return reach;
  }
}

function lowerBound(sorted: Float64Array, rating: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] < rating) low = middle + 1;
    else high = middle;
  }
  return low;
}
