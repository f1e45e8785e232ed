import type { PoolIndex } from "../pool-index.ts";
import { RatingCursor } from "../rating-cursor.ts";
import type { Standing } from "../standing.ts";

/**
 * A walk over a pool's index, outwards from a ticket that stands in it: the nearest by rating first; of equally near
 * ones the lower. Costs what it looks at, whatever the size of the pool.
 */
export class PoolWalk {
  readonly #rating: number;
  readonly #window: number;
  readonly #below: RatingCursor;
  readonly #above: RatingCursor;

  /** @param window how far it goes, in points. */
  constructor(index: PoolIndex, seed: Standing, window: number) {
    const list = index.byRating;
    const start = list.placeOf(seed);
    this.#rating = seed.rating;
    this.#window = window;
    this.#below = new RatingCursor(list, start, -1);
    this.#above = new RatingCursor(list, start, 1);
    this.#below.step();
    this.#above.step();
  }

  /** The next ticket; undefined when nobody is left within the window. */
  next(): Standing | undefined {
    const below = this.#below.item;
    const above = this.#above.item;
    const gapBelow = below === undefined ? Number.POSITIVE_INFINITY : this.#rating - below.rating;
    const gapAbove = above === undefined ? Number.POSITIVE_INFINITY : above.rating - this.#rating;
    const isBelow = gapBelow <= gapAbove;
    const next = isBelow ? below : above;
    if (next === undefined || (isBelow ? gapBelow : gapAbove) > this.#window) return undefined;
    (isBelow ? this.#below : this.#above).step();
    return next;
  }
}
