import { accepts } from "./accepts.ts";
import type { HoldLimit } from "./hold.ts";
import { matchingLimits, type Pair } from "./pair.ts";
import type { PoolIndex } from "./pool-index.ts";
import type { SearchRules } from "./search-rules.ts";
import type { ChunkPlace, SortedChunks } from "./sorted-chunks.ts";
import type { Standing } from "./standing.ts";
import { windowOf } from "./window.ts";

/** How far a search has come on either side, to go on from there. */
export interface SearchProgress {
  readonly below: Standing;
  readonly above: Standing;
}

/** The end of one ticket's search. */
export type SearchOutcome =
  | { readonly kind: "found"; readonly pair: Pair }
  | { readonly kind: "nobody"; readonly considered: number }
  | { readonly kind: "unfinished"; readonly considered: number; readonly progress: SearchProgress };

/**
 * Searches a partner for one ticket, outwards from its place among the ratings: the nearest that both
 * accept. Costs what it looks at, whatever the size of the pool.
 */
export function findPartner(options: {
  readonly index: PoolIndex;
  readonly search: SearchRules;
  readonly at: number;
  readonly seed: Standing;
  readonly progress: SearchProgress | null;
  readonly isTaken: (standing: Standing) => boolean;
  readonly limit?: HoldLimit | null;
}): SearchOutcome {
  const { index, search, at, seed, progress, isTaken, limit = null } = options;
  const list = index.byRating;
  const window = Math.min(windowOf(seed, search, at), limit?.(seed) ?? Number.POSITIVE_INFINITY);
  const below = new Cursor(list, list.placeOf(progress?.below ?? seed), -1);
  const above = new Cursor(list, list.placeOf(progress?.above ?? seed), 1);
  if (above.item === (progress?.above ?? seed)) above.step();
  below.step();
  let lastBelow = progress?.below ?? seed;
  let lastAbove = progress?.above ?? seed;
  for (let considered = 0; considered < matchingLimits.candidatesPerTicket; considered += 1) {
    const gapBelow = below.item === undefined ? Number.POSITIVE_INFINITY : seed.rating - below.item.rating;
    const gapAbove = above.item === undefined ? Number.POSITIVE_INFINITY : above.item.rating - seed.rating;
    const isBelow = gapBelow <= gapAbove;
    const other = isBelow ? below.item : above.item;
    const gap = isBelow ? gapBelow : gapAbove;
    if (other === undefined || gap > window) return { kind: "nobody", considered };
    const isHeld = limit !== null && gap > limit(other);
    if (!isHeld && !isTaken(other) && accepts(seed, other, search, at) === null) {
      return { kind: "found", pair: { first: seed, second: other, gap, considered: considered + 1 } };
    }
    if (isBelow) {
      lastBelow = other;
      below.step();
    } else {
      lastAbove = other;
      above.step();
    }
  }
  const reached = { below: lastBelow, above: lastAbove };
  return { kind: "unfinished", considered: matchingLimits.candidatesPerTicket, progress: reached };
}

/** Walks a sorted list in one direction. */
class Cursor {
  readonly #list: SortedChunks<Standing>;
  readonly #direction: 1 | -1;
  #chunk: number;
  #index: number;

  constructor(list: SortedChunks<Standing>, place: ChunkPlace, direction: 1 | -1) {
    this.#list = list;
    this.#chunk = place.chunk;
    this.#index = place.index;
    this.#direction = direction;
  }

  get item(): Standing | undefined {
    return this.#list.chunks[this.#chunk]?.[this.#index];
  }

  step(): void {
    const { chunks } = this.#list;
    this.#index += this.#direction;
    if (this.#index >= 0 && this.#index < (chunks[this.#chunk]?.length ?? 0)) return;
    this.#chunk += this.#direction;
    this.#index = this.#direction > 0 ? 0 : (chunks[this.#chunk]?.length ?? 0) - 1;
  }
}
