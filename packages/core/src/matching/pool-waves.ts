import { DeadlineHeap, type Waiting } from "../scheduling/deadline-heap.ts";
import { findPartner, type SearchProgress } from "./find-partner.ts";
import { type HoldLimit, holdLimit, nextHoldLookAt } from "./hold.ts";
import type { Pair } from "./pair.ts";
import { compareByAge, type PoolIndex } from "./pool-index.ts";
import { proposePairs } from "./propose-pairs.ts";
import type { SearchRules } from "./search-rules.ts";
import type { Standing } from "./standing.ts";
import { createTraffic, type Traffic } from "./traffic.ts";
import { nextChangeAt } from "./window.ts";

/** What one wave is given. Times in ms: `now` of the caller's clock, `at` of shard time. */
export interface WaveRequest {
  readonly now: number;
  readonly at: number;
  readonly pairsMax: number;
  /** Candidates to look at in all; what is left stays due. */
  readonly budget: number;
  /** Tickets to leave alone, such as those proposed already. */
  readonly skip: (standing: Standing) => boolean;
}

interface Change extends Waiting {
  readonly standing: Standing;
}

/** From this many due tickets on, and a quarter of the pool, a look at the whole pool is cheaper. */
const wholePoolFrom = 64;

/**
 * The waves of one pool: which tickets must be looked at, and when. A ticket is looked at when something
 * about it changed (it came, it returned, its window grew); two tickets that could not meet before can
 * only meet after one of them changed, so tickets that merely wait cost nothing.
 */
export class PoolWaves {
  readonly #index: PoolIndex;
  readonly #search: SearchRules;
  readonly #waveMs: number;
  readonly #traffic: Traffic;
  readonly #due = new Map<Standing, SearchProgress | null>();
  readonly #changes = new DeadlineHeap<Change>();
  readonly #changeOf = new Map<Standing, Change>();
  #all = false;
  #lastWaveAt = Number.NEGATIVE_INFINITY;

  constructor(options: {
    readonly index: PoolIndex;
    readonly search: SearchRules;
    readonly waveMs: number;
    /** What rules that hold back go by. */
    readonly traffic?: Traffic;
  }) {
    this.#index = options.index;
    this.#search = options.search;
    this.#waveMs = options.waveMs;
    this.#traffic = options.traffic ?? createTraffic();
  }

  /** Every waiting ticket is to be looked at. */
  startOver(): void {
    this.#all = true;
  }

  /** Something about a ticket changed. */
  touch(standing: Standing): void {
    this.#due.set(standing, null);
  }

  /** In how many ms the next wave is due; Infinity when nothing is to be looked at. */
  dueInMs(now: number, at: number): number {
    const spacingMs = Math.max(0, this.#lastWaveAt + this.#waveMs - now);
    if (this.#all || this.#due.size > 0) return spacingMs;
    const change = this.#changes.first();
    return change === undefined ? Number.POSITIVE_INFINITY : Math.max(spacingMs, change.deadline - at);
  }

  /** Forms pairs among the tickets that are due, and everyone they may meet. */
  run(request: WaveRequest): Pair[] {
    this.#lastWaveAt = request.now;
    this.#collectChanges(request.at);
    const many = this.#due.size >= wholePoolFrom && this.#due.size * 4 >= this.#index.size;
    const limit = holdLimit({ search: this.#search, traffic: this.#traffic, at: request.at });
    return this.#all || many ? this.#runWhole(request, limit) : this.#runDue(request, limit);
  }

  #collectChanges(at: number): void {
    for (let change = this.#changes.first(); change !== undefined; change = this.#changes.first()) {
      if (change.deadline > at) return;
      this.#changes.remove(change);
      this.#changeOf.delete(change.standing);
      if (change.standing.slot >= 0) this.#due.set(change.standing, null);
    }
  }

  #runWhole({ at, pairsMax, skip }: WaveRequest, limit: HoldLimit | null): Pair[] {
    const { pairs, deferred, complete } = proposePairs({
      index: this.#index,
      search: this.#search,
      at,
      pairsMax,
      skip,
      limit,
    });
    this.#all = !complete;
    this.#due.clear();
    if (!complete) return pairs;
    for (const standing of deferred) this.touch(standing);
    const taken = new Set<Standing>();
    for (const { first, second } of pairs) taken.add(first).add(second);
    for (const chunk of this.#index.byAge.chunks) {
      for (const standing of chunk) if (!taken.has(standing)) this.#expectChange(standing, at);
    }
    return pairs;
  }

  #runDue({ at, pairsMax, budget, skip }: WaveRequest, limit: HoldLimit | null): Pair[] {
    const seeds = [...this.#due.keys()].sort(compareByAge);
    const taken = new Set<Standing>();
    const isTaken = (standing: Standing) => taken.has(standing) || skip(standing);
    const pairs: Pair[] = [];
    for (const seed of seeds) {
      if (pairs.length >= pairsMax || budget <= 0) break;
      const progress = this.#due.get(seed) ?? null;
      this.#due.delete(seed);
      if (isTaken(seed) || seed.slot < 0 || !this.#index.isPresent(seed)) continue;
      this.#expectChange(seed, at);
      if (seed.eligibleAt > at) continue;
      const outcome = findPartner({
        index: this.#index,
        search: this.#search,
        at,
        seed,
        progress,
        isTaken,
        limit,
      });
      if (outcome.kind === "found") {
        pairs.push(outcome.pair);
        taken.add(seed).add(outcome.pair.second);
        budget -= outcome.pair.considered;
        continue;
      }
      budget -= outcome.considered;
      if (outcome.kind === "unfinished") this.#due.set(seed, outcome.progress);
    }
    return pairs;
  }

  #expectChange(standing: Standing, at: number): void {
    if (this.#changeOf.has(standing)) return;
    const changeAt = nextChangeAt(standing, this.#search, at);
    const isHolding = this.#search.hold !== undefined && standing.eligibleAt <= at;
    const deadline = isHolding ? Math.min(changeAt, nextHoldLookAt(standing, at)) : changeAt;
    if (deadline === Number.POSITIVE_INFINITY) return;
    const change = { id: standing.ticketId, deadline, heapIndex: -1, standing };
    this.#changeOf.set(standing, change);
    this.#changes.set(change, deadline);
  }
}
