import { randomFrom } from "../pairs/population.ts";

/** Somebody who comes to play. */
export interface Arrival {
  /** Seconds since the beginning. */
  readonly at: number;
  readonly rating: number;
}

/** A Poisson stream of players with ratings N(1500, 300); `rateAt` arrivals a second, by thinning (Lewis and Shedler, 1979). */
export function arrivals(options: {
  readonly count: number;
  readonly seed: number;
  readonly rateMax: number;
  readonly rateAt?: (at: number) => number;
}): Arrival[] {
  const { count, seed, rateMax, rateAt } = options;
  const random = randomFrom(seed);
  const stream: Arrival[] = [];
  let at = 0;
  while (stream.length < count) {
    at -= Math.log(1 - random()) / rateMax;
    const comes = rateAt === undefined || random() * rateMax < rateAt(at);
    const rating = 1500 + 300 * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    if (comes) stream.push({ at, rating });
  }
  return stream;
}
