import { accepts } from "./accepts.ts";
import type { PassReason } from "./formed-match.ts";
import type { HoldLimit } from "./hold.ts";
import { matchingLimits, type Pair } from "./pair.ts";
import { latencySecs } from "./pair-costs.ts";
import type { PoolIndex } from "./pool-index.ts";
import { RatingCursor } from "./rating-cursor.ts";
import { RejectedCounts } from "./rejected-counts.ts";
import type { SearchRules } from "./search-rules.ts";
import type { Standing } from "./standing.ts";
import { pairCostSecs, windowOf } from "./window.ts";

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

/** What one ticket's search is given. */
export interface PartnerRequest {
  readonly index: PoolIndex;
  readonly search: SearchRules;
  readonly at: number;
  readonly seed: Standing;
  readonly progress: SearchProgress | null;
  readonly isTaken: (standing: Standing) => boolean;
  readonly limit?: HoldLimit | null;
}

/**
 * Searches a partner for one ticket, outwards from its place among the ratings: the one that both accept and that
 * costs the least, which without regions is the nearest. Costs what it looks at, whatever the size of the pool.
 *
 * @example
 * const request = { index: pool.index, search: mode.search, at: state.time, seed, progress: null };
 * const outcome = findPartner({ ...request, isTaken: () => false });
 * if (outcome.kind === "found") propose(seed, outcome.pair.second);
 */
export function findPartner(options: PartnerRequest): SearchOutcome {
  const { index, search, at, seed, progress, limit = null } = options;
  const list = index.byRating;
  const window = Math.min(windowOf(seed, search, at), limit?.(seed) ?? Number.POSITIVE_INFINITY);
  const below = new RatingCursor(list, list.placeOf(progress?.below ?? seed), -1);
  const above = new RatingCursor(list, list.placeOf(progress?.above ?? seed), 1);
  if (above.item === (progress?.above ?? seed)) above.step();
  below.step();
  const best = new BestPair(options);
  let lastBelow = progress?.below ?? seed;
  let lastAbove = progress?.above ?? seed;
  for (let considered = 0; considered < matchingLimits.candidatesPerTicket; considered += 1) {
    const gapBelow = below.item === undefined ? Number.POSITIVE_INFINITY : seed.rating - below.item.rating;
    const gapAbove = above.item === undefined ? Number.POSITIVE_INFINITY : above.item.rating - seed.rating;
    const isBelow = gapBelow <= gapAbove;
    const other = isBelow ? below.item : above.item;
    const gap = isBelow ? gapBelow : gapAbove;
    if (other === undefined || gap > window || best.beats(gap)) return best.outcome(considered);
    best.offer(other, gap);
    if (isBelow) {
      lastBelow = other;
      below.step();
    } else {
      lastAbove = other;
      above.step();
    }
  }
  if (best.isFound) return best.outcome(matchingLimits.candidatesPerTicket);
  const reached = { below: lastBelow, above: lastAbove };
  return { kind: "unfinished", considered: matchingLimits.candidatesPerTicket, progress: reached };
}

/** The cheapest of the candidates that came so far. */
class BestPair {
  readonly #request: PartnerRequest;
  #rejected: RejectedCounts | null = null;
  #other: Standing | null = null;
  #gap = 0;
  #secs = Number.POSITIVE_INFINITY;

  constructor(request: PartnerRequest) {
    this.#request = request;
  }

  get isFound(): boolean {
    return this.#other !== null;
  }

  /** Whether nobody at such a gap or farther can cost less. */
  beats(gap: number): boolean {
    if (this.#other === null) return false;
    const { search } = this.#request;
    return search.regions === undefined || pairCostSecs(gap, search) >= this.#secs;
  }

  offer(other: Standing, gap: number): void {
    const { seed, search, at, isTaken, limit = null } = this.#request;
    const isHeld = limit !== null && gap > limit(other);
    const reason = isTaken(other) ? "taken" : (accepts(seed, other, search, at) ?? (isHeld ? "held" : null));
    if (reason !== null) return this.#reject(reason);
    const secs =
      search.regions === undefined ? 0 : pairCostSecs(gap, search) + latencySecs([seed, other], search, at);
    if (secs >= this.#secs) return this.#reject("spare");
    if (this.#other !== null) this.#reject("spare");
    this.#other = other;
    this.#gap = gap;
    this.#secs = secs;
  }

  outcome(considered: number): SearchOutcome {
    if (this.#other === null) return { kind: "nobody", considered };
    const found = { first: this.#request.seed, second: this.#other, gap: this.#gap, considered };
    return { kind: "found", pair: { ...found, rejected: this.#rejected?.list() ?? [] } };
  }

  #reject(reason: PassReason): void {
    this.#rejected ??= new RejectedCounts();
    this.#rejected.add(reason);
  }
}
