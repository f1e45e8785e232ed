import { accepts } from "./accepts.ts";
import { augmentPairs } from "./augment-pairs.ts";
import type { SearchProgress } from "./find-partner.ts";
import type { RejectedCount } from "./formed-match.ts";
import { alone, improvePairs } from "./improve-pairs.ts";
import { type Line, type LineOptions, lineUp, mayMeet } from "./line.ts";
import { matchingLimits, type Pair } from "./pair.ts";
import { RejectedCounts } from "./rejected-counts.ts";
import type { Standing } from "./standing.ts";

/** A ticket whose search was cut short, and how far it came. */
export interface CutSearch {
  readonly standing: Standing;
  readonly progress: SearchProgress;
}

/** What a wave over a whole pool found. */
export interface PairWave {
  readonly pairs: Pair[];
  /** Searches that were cut short and must go on. */
  readonly deferred: CutSearch[];
  /** False when the wave stopped at `pairsMax`. */
  readonly complete: boolean;
}

/**
 * Pairs the tickets of a pool: the longest waiting is served first and gets the nearest rating that it and
 * the other accept; then, in pools of a size where that matters, partners are exchanged so that more find one and all are closer.
 * Whoever finds nobody is left waiting and holds up nobody. A pure function of the set of tickets: the order
 * in which they came in does not matter.
 *
 * @example
 * const { pairs } = proposePairs({ index: pool.index, search: mode.search, at: state.time });
 */
export function proposePairs(options: PairsOptions): PairWave {
  const { search, at, pairsMax = Number.POSITIVE_INFINITY } = options;
  const line = lineUp(options);
  const served = serve(line, options);
  if (line.standings.length <= matchingLimits.improvedTickets) {
    const { partners, count } = served;
    augmentPairs({ line, partners, search, at, room: pairsMax - count });
    improvePairs({ line, partners, search, at });
  }
  const { deferred, complete } = served;
  return { pairs: pairsOf(line, served), deferred, complete };
}

/** What a wave over a whole pool may do. */
export interface PairsOptions extends LineOptions {
  readonly pairsMax?: number;
  /** Candidates to look at in all, the searches beyond are cut short. */
  readonly budget?: number;
}

interface Served {
  /** By place. */
  readonly partners: Int32Array;
  readonly considered: Uint16Array;
  /** Whom each reason kept away from those whose search met any. */
  readonly rejected: ReadonlyMap<number, readonly RejectedCount[]>;
  /** How many pairs. */
  readonly count: number;
  readonly deferred: CutSearch[];
  readonly complete: boolean;
}

/** The unmatched stand in a list linked by rating, so that a search steps over those already taken. */
interface Links {
  /** The neighbours by rating among those still unmatched, -1 at the ends. */
  readonly previous: Int32Array;
  readonly next: Int32Array;
}

function serve(line: Line, terms: PairsOptions): Served {
  const { pairsMax = Number.POSITIVE_INFINITY, budget = Number.POSITIVE_INFINITY } = terms;
  const size = line.standings.length;
  const links = link(line);
  const partners = new Int32Array(size).fill(alone);
  const considered = new Uint16Array(size);
  const rejected = new Map<number, readonly RejectedCount[]>();
  const counts = new RejectedCounts();
  const deferred: CutSearch[] = [];
  let pairs = 0;
  let spent = 0;
  for (let own = 0; own < size; own += 1) {
    if (partners[own] !== alone) continue;
    if (pairs >= pairsMax) return { partners, considered, rejected, count: pairs, deferred, complete: false };
    const candidatesMax = Math.min(matchingLimits.candidatesPerTicket, budget - spent);
    const found = nearest(line, links, { own, terms, counts, candidatesMax });
    spent += found.considered;
    if (found.other < 0) {
      if (found.progress !== null) deferred.push({ standing: line.standings[own], progress: found.progress });
      counts.clear();
      continue;
    }
    pairs += 1;
    partners[own] = found.other;
    partners[found.other] = own;
    considered[own] = found.considered;
    if (counts.total > 0) {
      rejected.set(own, counts.list());
      counts.clear();
    }
    unlink(links, own);
    unlink(links, found.other);
  }
  return { partners, considered, rejected, count: pairs, deferred, complete: true };
}

function pairsOf({ standings, ratings }: Line, { partners, considered, rejected }: Served): Pair[] {
  const pairs: Pair[] = [];
  for (let own = 0; own < partners.length; own += 1) {
    const other = partners[own];
    if (other < own) continue;
    pairs.push({
      first: standings[own],
      second: standings[other],
      gap: Math.abs(ratings[own] - ratings[other]),
      considered: Math.max(1, considered[own]),
      rejected: rejected.get(own) ?? nobody,
    });
  }
  return pairs;
}

const nobody: readonly RejectedCount[] = [];

function link({ byRating }: Line): Links {
  const previous = new Int32Array(byRating.length);
  const next = new Int32Array(byRating.length);
  let last = -1;
  for (const place of byRating) {
    previous[place] = last;
    if (last >= 0) next[last] = place;
    last = place;
  }
  if (last >= 0) next[last] = -1;
  return { previous, next };
}

function unlink({ previous, next }: Links, place: number): void {
  const before = previous[place];
  const after = next[place];
  if (before >= 0) next[before] = after;
  if (after >= 0) previous[after] = before;
}

function countRefusal(
  counts: RejectedCounts,
  { left, right, terms }: { readonly left: Standing; readonly right: Standing; readonly terms: LineOptions },
): void {
  counts.add(accepts(left, right, terms.search, terms.at) ?? "held");
}

interface Found {
  /** Place in the line, -1 when nobody was found. */
  readonly other: number;
  readonly considered: number;
  /** How far the search came where it was cut short; null: everybody within the window was looked at. */
  readonly progress: SearchProgress | null;
}

interface Search {
  readonly own: number;
  readonly terms: LineOptions;
  readonly counts: RejectedCounts;
  readonly candidatesMax: number;
}

function nearest(line: Line, { previous, next }: Links, search: Search): Found {
  const { standings, ratings, windows, byRating } = line;
  const { own, terms, counts, candidatesMax } = search;
  const rating = ratings[own];
  const window = windows[own];
  let below = previous[own];
  let above = next[own];
  for (let considered = 1; considered <= candidatesMax; considered += 1) {
    const gapBelow = below < 0 ? Number.POSITIVE_INFINITY : rating - ratings[below];
    const gapAbove = above < 0 ? Number.POSITIVE_INFINITY : ratings[above] - rating;
    const isBelow = gapBelow <= gapAbove;
    const gap = isBelow ? gapBelow : gapAbove;
    const other = isBelow ? below : above;
    if (other < 0 || gap > window) return { other: -1, considered, progress: null };
    if (mayMeet(line, { left: own, right: other }, terms)) return { other, considered, progress: null };
    countRefusal(counts, { left: standings[own], right: standings[other], terms });
    if (isBelow) below = previous[below];
    else above = next[above];
  }
  // The last ones looked at stand before the next ones; where there are none, at the ends.
  const progress = {
    below: standings[below < 0 ? byRating[0] : next[below]],
    above: standings[above < 0 ? byRating[byRating.length - 1] : previous[above]],
  };
  return { other: -1, considered: Math.max(0, candidatesMax), progress };
}
