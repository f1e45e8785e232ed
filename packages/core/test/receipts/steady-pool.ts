import {
  countArrival,
  createTraffic,
  createWaitHistory,
  estimateWait,
  PoolIndex,
  type PoolStanding,
  PoolWaves,
  rememberWait,
  type SearchRules,
  type WaitHistory,
} from "../../src/index.ts";
import { standing } from "../matching/pool.ts";

/** What a pool in steady use is like. */
export interface SteadyPool {
  readonly search: SearchRules;
  readonly arrivalsPerSecond: number;
  readonly tickets: number;
  readonly seed: number;
  /** After which wait an estimate is asked for, in ms; 0: on arrival. */
  readonly askedAfterMs: number;
}

/** What was told of a wait, and how long it lasted from then on. */
export interface Told {
  readonly medianMs: number;
  readonly longMs: number;
  readonly leftMs: number;
}

const waveMs = 50;

/**
 * Lives through a pool where tickets come at random, of ratings around 1500, and asks for estimates on the way. What was
 * told in the first tenth, before the pool is what it will be, is left out, and what was told to those who wait at the end.
 */
export function liveThrough({ search, arrivalsPerSecond, tickets, seed, askedAfterMs }: SteadyPool): Told[] {
  const random = randomFrom(seed);
  const pauseMs = () => -Math.log(1 - random()) * (1_000 / arrivalsPerSecond);
  const index = new PoolIndex();
  const traffic = createTraffic();
  const waves = new PoolWaves({ index, search, waveMs, traffic });
  const waits = createWaitHistory();
  const estimates = new Estimates(waits, askedAfterMs);
  const told: Told[] = [];
  let arrived = 0;
  let nextAt = 0;
  for (let at = 0; arrived < tickets; at += waveMs) {
    for (; nextAt <= at; nextAt += pauseMs()) {
      arrived += 1;
      const rating = Math.round(1_500 + 250 * gaussian(random));
      const one = standing({ id: arrived, rating, enqueuedAt: at, draw: Math.floor(random() * 1e9) });
      index.add(one);
      countArrival(traffic, { at, rating });
      waves.touch(one);
      estimates.expect(one);
    }
    estimates.ask(at);
    if (waves.dueInMs(at, at) > 0) continue;
    for (const { teams } of waves.run({
      now: at,
      at,
      matchesMax: 1_000,
      budget: 100_000,
      skip: () => false,
    })) {
      for (const one of teams.flat()) {
        const estimate = estimates.matched(one, at);
        if (estimate !== undefined && arrived > tickets / 10) told.push(estimate);
        index.remove(one);
        rememberWait(waits, { rating: one.rating, waitMs: at - one.enqueuedAt });
      }
    }
  }
  return told;
}

/** Asks for each ticket once, when it has waited so long. */
class Estimates {
  readonly #waits: WaitHistory;
  readonly #askedAfterMs: number;
  /** In the order they came, which is the order in which they are asked for. */
  readonly #expected = new Set<PoolStanding>();
  readonly #told = new Map<PoolStanding, { at: number; medianMs: number; longMs: number }>();

  constructor(waits: WaitHistory, askedAfterMs: number) {
    this.#waits = waits;
    this.#askedAfterMs = askedAfterMs;
  }

  expect(one: PoolStanding): void {
    this.#expected.add(one);
  }

  ask(at: number): void {
    for (const one of this.#expected) {
      const waitedMs = at - one.enqueuedAt;
      if (waitedMs < this.#askedAfterMs) return;
      this.#expected.delete(one);
      const estimate = estimateWait(this.#waits, { rating: one.rating, waitedMs });
      if (estimate !== null) this.#told.set(one, { at, ...estimate });
    }
  }

  matched(one: PoolStanding, at: number): Told | undefined {
    this.#expected.delete(one);
    const told = this.#told.get(one);
    this.#told.delete(one);
    return told && { medianMs: told.medianMs, longMs: told.longMs, leftMs: at - told.at };
  }
}

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let word = Math.imul(state ^ (state >>> 15), 1 | state);
    word = (word + Math.imul(word ^ (word >>> 7), 61 | word)) ^ word;
    return ((word ^ (word >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

/** The sum of twelve has the variance of one of the normal distribution. */
function gaussian(random: () => number): number {
  let sum = -6;
  for (let count = 0; count < 12; count += 1) sum += random();
  return sum;
}
