import { accepts } from "./accepts.ts";
import type { HoldLimit } from "./hold.ts";
import { type PoolIndex, presentSlot } from "./pool-index.ts";
import { ratingOrder } from "./rating-order.ts";
import { regionsOf } from "./regions.ts";
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
  /** 1: accepts anyone in its window and regions. 0: has wishes or recent opponents and must be asked. */
  readonly isOpen: Uint8Array;
  /** Where each may play, one bit for a region. */
  readonly regions: Int32Array;
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
  const regions = new Int32Array(size);
  for (let place = 0; place < size; place += 1) {
    const standing = standings[place];
    const window = windowOf(standing, search, at);
    ratings[place] = standing.rating;
    windows[place] = limit === null ? window : Math.min(window, limit(standing));
    regions[place] = regionsOf(standing, search, at);
    isOpen[place] = search.sideDifferenceMax !== undefined || isParticular(standing, search, at) ? 0 : 1;
  }
  return { standings, ratings, windows, isOpen, regions, byRating: ratingOrder(ratings) };
}

/** Whether two tickets may meet: the same as {@link accepts}, and both take the gap now. */
export function mayMeet(
  { standings, ratings, windows, isOpen, regions }: Line,
  { left, right }: { readonly left: number; readonly right: number },
  { search, at }: { readonly search: SearchRules; readonly at: number },
): boolean {
  const gap = Math.abs(ratings[left] - ratings[right]);
  if (gap > windows[left] || gap > windows[right]) return false;
  if ((regions[left] & regions[right]) === 0) return false;
  if (isOpen[left] === 1 && isOpen[right] === 1) return true;
  return accepts(standings[left], standings[right], search, at) === null;
}

/** Whether a ticket does not accept just anyone in its window and regions. */
export function isParticular(standing: Standing, search: SearchRules, at: number): boolean {
  const { opponentMin, opponentMax, blocked } = standing.wishes;
  if (blocked.length > 0) return true;
  const wishes = opponentMin !== null || opponentMax !== null;
  const met = search.avoidRematch !== null && standing.recentOpponents.length > 0;
  return (wishes || met) && !searchesAnywhere(standing, search, at);
}
