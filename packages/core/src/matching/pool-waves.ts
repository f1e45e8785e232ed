import { DueTickets } from "./due-tickets.ts";
import { findPartner, type SearchProgress } from "./find-partner.ts";
import type { FormedMatch } from "./formed-match.ts";
import { type HoldLimit, holdLimit } from "./hold.ts";
import { matchingLimits, type Pair } from "./pair.ts";
import { pairCosts } from "./pair-costs.ts";
import { compareByAge, type PoolIndex } from "./pool-index.ts";
import { proposePairs } from "./propose-pairs.ts";
import type { SearchRules } from "./search-rules.ts";
import type { Standing } from "./standing.ts";
import { createTraffic, type Traffic } from "./traffic.ts";
import type { WaveRequest, Waves, WavesOptions } from "./waves.ts";

/** From this many due tickets on, and a quarter of the pool, a look at the whole pool is cheaper; in small pools it is better. */
const wholePoolFrom = 64;

/**
 * The waves of a pool whose tickets meet in pairs. When much of the pool is due, one wave over all of it is formed;
 * else the tickets that are due search, one after the other.
 *
 * @example
 * const waves = new PoolWaves({ index: pool.index, search: mode.search, waveMs: mode.waveMs });
 * waves.touch(standing);
 * const matches = waves.run({ now, at: state.time, matchesMax: 1_000, budget: 100_000, skip: () => false });
 */
export class PoolWaves implements Waves {
  readonly #index: PoolIndex;
  readonly #search: SearchRules;
  readonly #traffic: Traffic;
  readonly #due: DueTickets<SearchProgress>;

  constructor({ index, search, waveMs, traffic }: WavesOptions) {
    this.#index = index;
    this.#search = search;
    this.#traffic = traffic ?? createTraffic();
    this.#due = new DueTickets({ search, waveMs });
  }

  startOver(): void {
    this.#due.startOver();
  }

  touch(standing: Standing): void {
    this.#due.touch(standing);
  }

  dueInMs(now: number, at: number): number {
    return this.#due.dueInMs(now, at);
  }

  run(request: WaveRequest): FormedMatch[] {
    const due = this.#due;
    due.begin(request);
    const size = this.#index.size;
    const few = due.size > 1 && size <= matchingLimits.improvedTickets;
    const many = few || (due.size >= wholePoolFrom && due.size * 4 >= size);
    const limit = holdLimit({ search: this.#search, traffic: this.#traffic, at: request.at });
    if (due.isAllDue && this.#search.regions !== undefined) this.#touchAll();
    const isWhole = due.isAllDue || (many && this.#search.regions === undefined);
    const pairs = isWhole ? this.#runWhole(request, limit) : this.#runDue(request, limit);
    const wave = isWhole ? "pool" : "ticket";
    const terms = { search: this.#search, at: request.at };
    return pairs.map((pair) => matchOf(pair, wave, terms));
  }

  /** Where the way to a region counts, each ticket searches for itself: a wave over the whole pool looks at ratings only. */
  #touchAll(): void {
    for (const chunk of this.#index.byAge.chunks) for (const standing of chunk) this.#due.touch(standing);
    this.#due.finishAll();
  }

  #runWhole({ at, matchesMax, skip }: WaveRequest, limit: HoldLimit | null): Pair[] {
    const { pairs, deferred, complete } = proposePairs({
      index: this.#index,
      search: this.#search,
      at,
      pairsMax: matchesMax,
      skip,
      limit,
    });
    this.#due.startOver();
    if (!complete) return pairs;
    this.#due.finishAll();
    for (const standing of deferred) this.#due.touch(standing);
    const taken = new Set<Standing>();
    for (const { first, second } of pairs) taken.add(first).add(second);
    for (const chunk of this.#index.byAge.chunks) {
      for (const standing of chunk) if (!taken.has(standing)) this.#due.expectChange(standing, at);
    }
    return pairs;
  }

  #runDue({ at, matchesMax, budget, skip }: WaveRequest, limit: HoldLimit | null): Pair[] {
    const taken = new Set<Standing>();
    const isTaken = (standing: Standing) => taken.has(standing) || skip(standing);
    const pairs: Pair[] = [];
    for (const seed of this.#due.list().sort(compareByAge)) {
      if (pairs.length >= matchesMax || budget <= 0) break;
      const progress = this.#due.progressOf(seed);
      this.#due.remove(seed);
      if (isTaken(seed) || seed.slot < 0 || !this.#index.isPresent(seed)) continue;
      this.#due.expectChange(seed, at);
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
      if (outcome.kind === "unfinished") this.#due.defer(seed, outcome.progress);
    }
    return pairs;
  }
}

function matchOf(
  { first, second, gap, considered, rejected }: Pair,
  wave: FormedMatch["wave"],
  terms: { readonly search: SearchRules; readonly at: number },
): FormedMatch {
  return {
    teams: [[first], [second]],
    wave,
    ratingGap: gap,
    costs: pairCosts([first, second], gap, terms),
    considered,
    rejected,
  };
}
