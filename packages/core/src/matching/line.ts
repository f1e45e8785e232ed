import { accepts } from "./accepts.ts";
import type { HoldLimit } from "./hold.ts";
import { type PoolIndex, presentSlot } from "./pool-index.ts";
import { ratingOrder } from "./rating-order.ts";
import type { SearchRules } from "./search-rules.ts";
import type { Standing } from "./standing.ts";
import { searchesAnywhere, windowOf } from "./window.ts";

/** What a wave over a whole pool is given. */
export interface LineOptions {
  readonly index: PoolIndex;
  readonly search: SearchRules;
  /** Shard time in ms. */
  readonly at: number;
  /** Tickets to leave alone. */
  readonly skip?: (standing: Standing) => boolean;
  /** How picky tickets are beyond what the rules ask. */
  readonly limit?: HoldLimit | null;
}

/**
 * Those who can be matched, the longest waiting first, as columns: reading objects in a search would cost more
 * than the search. A ticket is known by its place here.
 */
export interface Line {
  readonly standings: readonly Standing[];
  readonly ratings: Float64Array;
  readonly windows: Float64Array;
  /** 1: accepts anyone in its window. 0: has wishes or recent opponents and must be asked. */
  readonly isOpen: Uint8Array;
  /** The places by rating; of equal ones the longest waiting first. */
  readonly byRating: Uint32Array;
}

/** Lines up the tickets of a pool that are present and eligible. */
export function lineUp({ index, search, at, skip, limit = null }: LineOptions): Line {
  const standings: Standing[] = [];
  for (const chunk of index.byAge.chunks) {
    for (const standing of chunk) {
      const isOut = standing.slot !== presentSlot || standing.eligibleAt > at || skip?.(standing);
      if (!isOut) standings.push(standing);
    }
  }
  const size = standings.length;
  const ratings = new Float64Array(size);
  const windows = new Float64Array(size);
  const isOpen = new Uint8Array(size);
  for (let place = 0; place < size; place += 1) {
    const standing = standings[place];
    const window = windowOf(standing, search, at);
    ratings[place] = standing.rating;
    windows[place] = limit === null ? window : Math.min(window, limit(standing));
    isOpen[place] = isParticular(standing, search, at) ? 0 : 1;
  }
  return { standings, ratings, windows, isOpen, byRating: ratingOrder(ratings) };
}

/** Whether two tickets may meet: the same as {@link accepts}, and both take the gap now. */
export function mayMeet(
  { standings, ratings, windows, isOpen }: Line,
  { left, right }: { readonly left: number; readonly right: number },
  { search, at }: { readonly search: SearchRules; readonly at: number },
): boolean {
  const gap = Math.abs(ratings[left] - ratings[right]);
  if (gap > windows[left] || gap > windows[right]) return false;
  if (isOpen[left] === 1 && isOpen[right] === 1) return true;
  return accepts(standings[left], standings[right], search, at) === null;
}

function isParticular(standing: Standing, search: SearchRules, at: number): boolean {
  const wishes = standing.opponentMin !== null || standing.opponentMax !== null;
  const met = search.avoidRematch !== null && standing.recentOpponents.length > 0;
  return (wishes || met) && !searchesAnywhere(standing, search, at);
}
