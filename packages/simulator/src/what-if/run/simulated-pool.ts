import {
  countArrival,
  createTraffic,
  type FormedMatch,
  type ModeRules,
  PoolIndex,
  type PoolStanding,
  type Waves,
  wavesOf,
} from "@matchforge/core";
import { engineLimits } from "matchforge";
import type { ModeOutcomes } from "../outcomes/mode-outcomes.ts";

/** A pool in virtual time: its tickets, its waves, and when the next one is due. */
export class SimulatedPool {
  readonly mode: ModeRules;
  readonly outcomes: ModeOutcomes;
  readonly #index = new PoolIndex();
  readonly #traffic = createTraffic();
  readonly #waves: Waves;
  #dueAt = Number.POSITIVE_INFINITY;

  constructor(mode: ModeRules, outcomes: ModeOutcomes) {
    this.mode = mode;
    this.outcomes = outcomes;
    this.#waves = wavesOf(mode, { index: this.#index, traffic: this.#traffic });
  }

  /** When the next wave is due, in whole ms; Infinity: not before something changes. */
  get dueAt(): number {
    return this.#dueAt;
  }

  get isFull(): boolean {
    return this.#index.size >= this.mode.maxTickets;
  }

  add(standing: PoolStanding, at: number): void {
    countArrival(this.#traffic, { rating: standing.rating, at });
    this.#index.add(standing);
    this.#waves.touch(standing);
    this.#dueAt = at + Math.ceil(this.#waves.dueInMs(at, at));
  }

  remove(standing: PoolStanding): void {
    this.#index.remove(standing);
  }

  /** Runs a wave; what it leaves due comes a millisecond later at the earliest, as in the matcher. */
  wave(at: number): readonly FormedMatch[] {
    const { matchesPerWaveMax: matchesMax } = this.mode;
    return this.#waves.run({ now: at, at, matchesMax, budget: engineLimits.waveBudget, skip: isProposed });
  }

  /** To be called once the matches of a wave have left. */
  planNextWave(at: number): void {
    this.#dueAt = at + Math.max(1, Math.ceil(this.#waves.dueInMs(at, at)));
  }
}

/** Matches are formed at once here: no ticket is in a proposal that waits for its answer. */
function isProposed(): boolean {
  return false;
}
