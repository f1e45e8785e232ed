import { accepts } from "./accepts.ts";
import type { HoldLimit } from "./hold.ts";
import { matchingLimits, type Pair } from "./pair.ts";
import { type PoolIndex, presentSlot } from "./pool-index.ts";
import { ratingOrder } from "./rating-order.ts";
import type { SearchRules } from "./search-rules.ts";
import type { Standing } from "./standing.ts";
import { searchesAnywhere, windowOf } from "./window.ts";

/** What a wave over a whole pool found. */
export interface PairWave {
  readonly pairs: Pair[];
  /** Tickets whose search was cut short and must go on. */
  readonly deferred: Standing[];
  /** False when the wave stopped at `pairsMax`. */
  readonly complete: boolean;
}

/**
 * Pairs the tickets of a pool: the longest waiting is served first and gets the nearest rating that it and
 * the other accept. Whoever finds nobody is left waiting and holds up nobody. A pure function of the set
 * of tickets: the order in which they came in does not matter.
 *
 * The unmatched stand in a list linked by rating (of equal ones the longest waiting first), so that a search steps over those already taken.
 *
 * @param options.at shard time in ms.
 * @param options.skip tickets to leave alone.
 * @param options.limit how picky tickets are beyond what the rules ask.
 * @example
 * const { pairs } = proposePairs({ index: pool.index, search: mode.search, at: state.time });
 */
export function proposePairs(options: {
  readonly index: PoolIndex;
  readonly search: SearchRules;
  readonly at: number;
  readonly pairsMax?: number;
  readonly skip?: (standing: Standing) => boolean;
  readonly limit?: HoldLimit | null;
}): PairWave {
  const pairsMax = options.pairsMax ?? Number.POSITIVE_INFINITY;
  const line = lineUp(options);
  const pairs: Pair[] = [];
  const deferred: Standing[] = [];
  for (let own = 0; own < line.standings.length; own += 1) {
    if (line.kind[own] === gone) continue;
    const standing = line.standings[own];
    if (pairs.length >= pairsMax) return { pairs, deferred, complete: false };
    const found = nearest(line, own, options);
    if (found.other < 0) {
      if (!found.exhausted) deferred.push(standing);
      continue;
    }
    pairs.push({
      first: standing,
      second: line.standings[found.other],
      gap: Math.abs(standing.rating - line.ratings[found.other]),
      considered: found.considered,
    });
    unlink(line, own);
    unlink(line, found.other);
  }
  return { pairs, deferred, complete: true };
}

/** Accepts anyone in its window. */
const open = 1;
/** Has wishes or recent opponents: must be asked. */
const particular = 2;
/** Taken. */
const gone = 0;

/** Those who can be matched, the longest waiting first, as columns: reading objects in a search would cost more than the search. */
interface Line {
  readonly standings: Standing[];
  readonly ratings: Float64Array;
  readonly windows: Float64Array;
  readonly kind: Uint8Array;
  /** The neighbours by rating among those still unmatched, -1 at the ends. */
  readonly previous: Int32Array;
  readonly next: Int32Array;
}

type WaveOptions = Parameters<typeof proposePairs>[0];

function lineUp({ index, search, at, skip, limit = null }: WaveOptions): Line {
  const standings: Standing[] = [];
  for (const chunk of index.byAge.chunks) {
    for (const standing of chunk) {
      const isOut = standing.slot !== presentSlot || standing.eligibleAt > at || skip?.(standing);
      if (!isOut) standings.push(standing);
    }
  }
  const size = standings.length;
  const line: Line = {
    standings,
    ratings: new Float64Array(size),
    windows: new Float64Array(size),
    kind: new Uint8Array(size),
    previous: new Int32Array(size),
    next: new Int32Array(size),
  };
  for (let place = 0; place < size; place += 1) {
    const standing = standings[place];
    line.ratings[place] = standing.rating;
    const window = windowOf(standing, search, at);
    line.windows[place] = limit === null ? window : Math.min(window, limit(standing));
    line.kind[place] = kindOf(standing, search, at);
  }
  link(line);
  return line;
}

function link({ ratings, previous, next }: Line): void {
  let last = -1;
  for (const place of ratingOrder(ratings)) {
    previous[place] = last;
    if (last >= 0) next[last] = place;
    last = place;
  }
  if (last >= 0) next[last] = -1;
}

function kindOf(standing: Standing, search: SearchRules, at: number): number {
  const wishes = standing.opponentMin !== null || standing.opponentMax !== null;
  const met = search.avoidRematch !== null && standing.recentOpponents.length > 0;
  return (wishes || met) && !searchesAnywhere(standing, search, at) ? particular : open;
}

interface Found {
  /** Place in the line, -1 when nobody was found. */
  readonly other: number;
  readonly considered: number;
  /** Whether everybody within the window was looked at. */
  readonly exhausted: boolean;
}

function nearest(line: Line, own: number, { search, at }: WaveOptions): Found {
  const { ratings, windows, kind, previous, next, standings } = line;
  const rating = ratings[own];
  const window = windows[own];
  let below = previous[own];
  let above = next[own];
  for (let considered = 1; considered <= matchingLimits.candidatesPerTicket; considered += 1) {
    const gapBelow = below < 0 ? Number.POSITIVE_INFINITY : rating - ratings[below];
    const gapAbove = above < 0 ? Number.POSITIVE_INFINITY : ratings[above] - rating;
    const isBelow = gapBelow <= gapAbove;
    const gap = isBelow ? gapBelow : gapAbove;
    const other = isBelow ? below : above;
    if (other < 0 || gap > window) return { other: -1, considered, exhausted: true };
    if (gap <= windows[other]) {
      const isOpen = kind[own] === open && kind[other] === open;
      if (isOpen || accepts(standings[own], standings[other], search, at) === null) {
        return { other, considered, exhausted: true };
      }
    }
    if (isBelow) below = previous[below];
    else above = next[above];
  }
  return { other: -1, considered: matchingLimits.candidatesPerTicket, exhausted: false };
}

function unlink({ kind, previous, next }: Line, place: number): void {
  kind[place] = gone;
  const before = previous[place];
  const after = next[place];
  if (before >= 0) next[before] = after;
  if (after >= 0) previous[after] = before;
}
