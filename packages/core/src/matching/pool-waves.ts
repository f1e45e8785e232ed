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

/** What a wave over a whole pool may look at for each ticket, on average: searches step over those already taken. */
const candidatesPerPlace = 4;

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
    const few = due.freshSize > 0 && due.size > 1 && size <= matchingLimits.improvedTickets;
    const many = few || (due.freshSize >= wholePoolFrom && due.freshSize * 4 >= size);
    const limit = holdLimit({ search: this.#search, traffic: this.#traffic, at: request.at });
    if (due.isAllDue && this.#search.regions !== undefined) this.#touchAll();
    const isWhole = due.isAllDue || (many && this.#search.regions === undefined);
    const terms = { search: this.#search, at: request.at };
    const taken = new Set<Standing>();
    const whole = isWhole ? this.#runWhole(request, { limit, taken }) : [];
    const searched = this.#runDue(
      { ...request, matchesMax: request.matchesMax - whole.length },
      { limit, taken },
    );
    return [
      ...whole.map((pair) => matchOf(pair, "pool", terms)),
      ...searched.map((pair) => matchOf(pair, "ticket", terms)),
    ];
  }

  /** Where the way to a region counts, each ticket searches for itself: a wave over the whole pool looks at ratings only. */
  #touchAll(): void {
    for (const chunk of this.#index.byAge.chunks) for (const standing of chunk) this.#due.touch(standing);
    this.#due.finishAll();
  }

  /** One wave over the pool: what it has no time for is left to searches of single tickets. */
  #runWhole({ at, matchesMax, budget, skip }: WaveRequest, { limit, taken }: Meeting): Pair[] {
    const due = this.#due;
    const { pairs, deferred, complete } = proposePairs({
      index: this.#index,
      search: this.#search,
      at,
      pairsMax: matchesMax,
      budget: budget + candidatesPerPlace * this.#index.size,
      skip,
      limit,
    });
    for (const { first, second } of pairs) taken.add(first).add(second);
    due.finishFresh({ isAllDue: !complete });
    if (!complete) return pairs;
    for (const { standing, progress } of deferred)
      if (due.progressOf(standing) === null) due.defer(standing, progress);
    for (const chunk of this.#index.byAge.chunks) {
      for (const standing of chunk) if (!taken.has(standing)) due.expectChange(standing, at);
    }
    return pairs;
  }

  /** Tickets that are due search for themselves; those whose search goes on have half the time, if they need it. */
  #runDue({ at, matchesMax, budget, skip }: WaveRequest, { limit, taken }: Meeting): Pair[] {
    const due = this.#due;
    const isTaken = (standing: Standing) => taken.has(standing) || skip(standing);
    const pairs: Pair[] = [];
    let left = budget;
    const runTo = (reserve: number, seeds: readonly Standing[]) => {
      for (const seed of seeds) {
        if (pairs.length >= matchesMax || left <= reserve) return;
        const progress = due.progressOf(seed);
        due.remove(seed);
        if (isTaken(seed) || seed.slot < 0 || !this.#index.isPresent(seed)) continue;
        due.expectChange(seed, at);
        if (seed.eligibleAt > at) continue;
        const request = { index: this.#index, search: this.#search, at, seed, progress, isTaken, limit };
        const outcome = findPartner(request);
        left -= outcome.kind === "found" ? outcome.pair.considered : outcome.considered;
        if (outcome.kind === "unfinished") due.defer(seed, outcome.progress);
        if (outcome.kind !== "found") continue;
        pairs.push(outcome.pair);
        taken.add(seed).add(outcome.pair.second);
      }
    };
    const deferred = due.deferred();
    runTo(deferred.length > 0 ? budget / 2 : 0, due.fresh().sort(compareByAge));
    runTo(0, deferred);
    return pairs;
  }
}

/** What the parts of one wave share. */
interface Meeting {
  readonly limit: HoldLimit | null;
  readonly taken: Set<Standing>;
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
