import { DueTickets } from "../due-tickets.ts";
import type { FormedMatch } from "../formed-match.ts";
import { type HoldLimit, holdLimit } from "../hold.ts";
import { compareByAge, type PoolIndex } from "../pool-index.ts";
import type { SearchRules } from "../search-rules.ts";
import type { Standing } from "../standing.ts";
import { createTraffic, type Traffic } from "../traffic.ts";
import type { WaveRequest, Waves, WavesOptions } from "../waves.ts";
import type { TeamFormat } from "./team-format.ts";
import { TeamSearch } from "./team-search.ts";

/** From this many due tickets on, and a quarter of the pool, everybody is looked at by age, without sorting. */
const wholePoolFrom = 64;
/** So many are not sorted in one wave, whatever the size of the pool. */
const sortedMax = 4_096;

/**
 * The waves of a pool whose tickets are put on teams. Tickets that are due are served one after the other, the longest
 * waiting first: each gets the nearest mates and opponents that fill the teams. Whoever cannot be served goes on waiting
 * and holds up nobody. A wave ends when its budget is spent; the next one goes on from there.
 *
 * @example
 * const waves = new TeamWaves({ index: pool.index, search: mode.search, waveMs: mode.waveMs, format: formatOf(mode) });
 * waves.touch(standing);
 * const matches = waves.run({ now, at: state.time, matchesMax: 1_000, budget: 100_000, skip: () => false });
 */
export class TeamWaves implements Waves {
  readonly #index: PoolIndex;
  readonly #search: SearchRules;
  readonly #traffic: Traffic;
  /** Those who are due, and how many waves have searched for them. */
  readonly #due: DueTickets<number>;
  readonly #searcher: TeamSearch;
  /** The ticket that a look at the whole pool has come to. */
  #sweptTo: Standing | null = null;

  /** Throws a RangeError for a format that has problems. */
  constructor({ index, search, waveMs, traffic, format }: WavesOptions & { readonly format: TeamFormat }) {
    this.#index = index;
    this.#search = search;
    this.#traffic = traffic ?? createTraffic();
    this.#due = new DueTickets({ search, waveMs });
    this.#searcher = new TeamSearch({ index, search, format });
  }

  startOver(): void {
    this.#due.startOver();
    this.#sweptTo = null;
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
    const { size } = due;
    const isMany = size >= wholePoolFrom && (size * 4 >= this.#index.size || size > sortedMax);
    if (isMany && !due.isAllDue) this.startOver();
    const limit = holdLimit({ search: this.#search, traffic: this.#traffic, at: request.at });
    const wave = new Wave(request, limit);
    this.#serveDue(wave);
    if (due.isAllDue) this.#sweep(wave);
    return wave.matches;
  }

  /** Serves the tickets that are due: those searched for least often first, of these the longest waiting. */
  #serveDue(wave: Wave): void {
    const due = this.#due;
    const turnOf = (standing: Standing) => due.progressOf(standing) ?? 0;
    const seeds = due.list().sort((a, b) => turnOf(a) - turnOf(b) || compareByAge(a, b));
    for (const seed of seeds) {
      if (wave.isOver) return;
      const turn = turnOf(seed);
      due.remove(seed);
      this.#serve(seed, turn, wave);
    }
  }

  /** Serves everybody in the pool, the longest waiting first, from where the last wave stopped. */
  #sweep(wave: Wave): void {
    const { byAge } = this.#index;
    const from = this.#sweptTo === null ? { chunk: 0, index: 0 } : byAge.placeOf(this.#sweptTo);
    for (let chunk = from.chunk; chunk < byAge.chunks.length; chunk += 1) {
      const standings = byAge.chunks[chunk];
      for (let index = chunk === from.chunk ? from.index : 0; index < standings.length; index += 1) {
        this.#sweptTo = standings[index];
        if (wave.isOver) return;
        this.#serve(standings[index], 0, wave);
      }
    }
    this.#due.finishAll();
  }

  #serve(seed: Standing, turn: number, wave: Wave): void {
    const { at } = wave;
    wave.spend(1);
    if (!this.#index.isPresent(seed) || wave.isTaken(seed)) return;
    this.#due.expectChange(seed, at);
    if (seed.eligibleAt > at) return;
    const outcome = this.#searcher.find({ seed, turn, at, isTaken: wave.isTaken, limit: wave.limit });
    wave.spend(outcome.work);
    if (outcome.kind === "found") wave.take(outcome.match);
    else if (outcome.kind === "unfinished") this.#due.defer(seed, turn + 1);
  }
}

/** What one wave has formed so far, and what it may still spend. */
class Wave {
  readonly matches: FormedMatch[] = [];
  readonly at: number;
  readonly limit: HoldLimit | null;
  readonly isTaken: (standing: Standing) => boolean;
  readonly #matchesMax: number;
  readonly #taken = new Set<Standing>();
  #budget: number;

  constructor({ at, budget, matchesMax, skip }: WaveRequest, limit: HoldLimit | null) {
    this.at = at;
    this.limit = limit;
    this.#matchesMax = matchesMax;
    this.#budget = budget;
    this.isTaken = (standing) => this.#taken.has(standing) || skip(standing);
  }

  get isOver(): boolean {
    return this.#budget <= 0 || this.matches.length >= this.#matchesMax;
  }

  spend(work: number): void {
    this.#budget -= work;
  }

  take(match: FormedMatch): void {
    this.matches.push(match);
    for (const team of match.teams) for (const standing of team) this.#taken.add(standing);
  }
}
