import {
  accepts,
  type FormedMatch,
  type OpenRound,
  PoolIndex,
  type PoolStanding,
  RoundWaves,
} from "@matchforge/core";
import { population } from "../pairs/population.ts";
import { atLeast, atMost, quantile, type Report, rounded } from "../report.ts";
import { firstThatTakes } from "./first-that-takes.ts";

const playersMax = 64;
const at = 120_000;
const newcomers = 1_000;
/** Everybody accepts anybody within 400 points: as a hunt would have it. */
const search = {
  widening: { kind: "steps", steps: [{ afterMs: 0, gap: 400 }] },
  avoidRematch: null,
} as const;

/** Rounds of 64: a whole pool at once, one newcomer among open rounds, beside a first-that-takes scan and the closest rounds there can be. */
export function roundsBench(): Report {
  const figures: Record<string, number | string> = {};
  const standings = population(10_000);
  const { times, formed } = wholePool(standings);
  const scan = timed(() => firstThatTakes(standings, { search, at, playersMax }));
  const waveMs = quantile(times, 0.5);
  figures.wave_10000_ms_p50 = rounded(waveMs);
  figures.wave_10000_ms_p99 = rounded(quantile(times, 0.99));
  figures.wave_10000_rounds_per_s = rounded((1_000 * formed.length) / waveMs);
  figures.first_that_takes_10000_ms = rounded(scan.ms);
  const [ours, theirs, best] = [formed.map(rangeOf), scan.result.map(rangeOfRatings), closest(standings)].map(
    meanOf,
  );
  figures.range_ours = rounded(ours);
  figures.range_first_that_takes = rounded(theirs);
  figures.range_closest = rounded(best);
  const bites = inBites(population(100_000));
  figures.pool_100000_waves = bites.length;
  figures.pool_100000_ms = rounded(bites.reduce((sum, ms) => sum + ms, 0));
  figures.pool_100000_wave_ms_max = rounded(bites[bites.length - 1]);
  const one = afterNewcomers();
  figures.newcomer_ms_p50 = rounded(quantile(one, 0.5));
  figures.newcomer_ms_p99 = rounded(quantile(one, 0.99));
  return {
    bench: "rounds",
    figures,
    goals: [
      atMost("mean range of a round, in ranges of the closest rounds there can be", ours / best, 1.5),
      atLeast("times that range in a first-that-takes scan", theirs / ours, 5),
      atMost("ms of the longest wave at 100,000 waiting", bites[bites.length - 1], 20),
      atMost("ms to place one newcomer among open rounds, p99", quantile(one, 0.99), 1),
    ],
  };
}

function wavesOver(standings: readonly PoolStanding[], rounds: () => readonly OpenRound[] = () => []) {
  const index = new PoolIndex();
  for (const standing of standings) {
    standing.slot = -1;
    index.add(standing);
  }
  return { index, waves: new RoundWaves({ index, search, waveMs: 0, playersMax, rounds }) };
}

function run(waves: RoundWaves, skip: (standing: PoolStanding) => boolean = () => false): FormedMatch[] {
  return waves.run({ now: 0, at, matchesMax: 10_000, budget: Number.POSITIVE_INFINITY, skip });
}

function wholePool(standings: readonly PoolStanding[]): { times: number[]; formed: FormedMatch[] } {
  const times: number[] = [];
  let formed: FormedMatch[] = [];
  for (let count = 0; count < 22; count += 1) {
    const { index, waves } = wavesOver(standings);
    waves.startOver();
    formed = [];
    const { ms } = timed(() => drain(index, waves, formed));
    if (count >= 2) times.push(ms);
  }
  return { times: times.sort((left, right) => left - right), formed };
}

/** Runs waves until nobody is due; whoever is placed leaves the pool. */
function drain(index: PoolIndex, waves: RoundWaves, formed: FormedMatch[]): void {
  while (waves.dueInMs(0, at) === 0) {
    for (const match of run(waves)) {
      formed.push(match);
      for (const standing of match.teams.flat()) index.remove(standing);
    }
  }
}

function inBites(standings: readonly PoolStanding[]): number[] {
  let times: number[] = [];
  for (let count = 0; count < 3; count += 1) {
    const { index, waves } = wavesOver(standings);
    waves.startOver();
    times = [];
    while (waves.dueInMs(0, at) === 0) {
      const { ms, result } = timed(() => run(waves));
      times.push(ms);
      for (const standing of result.flatMap(({ teams }) => teams.flat())) index.remove(standing);
    }
  }
  return times.sort((left, right) => left - right);
}

/** Sixteen half-full rounds are open, and somebody comes. */
function afterNewcomers(): number[] {
  const all = population(16 * 32 + newcomers).sort((left, right) => left.rating - right.rating);
  const open = Array.from(
    { length: 16 },
    (_, id): OpenRound => ({
      match: `match_${id}`,
      members: all.splice((id * all.length) / 17, 32),
    }),
  );
  const { index, waves } = wavesOver([], () => open);
  return all
    .slice(0, newcomers)
    .map((standing) => {
      standing.slot = -1;
      index.add(standing);
      waves.touch(standing);
      const { ms } = timed(() => run(waves));
      index.remove(standing);
      return ms;
    })
    .slice(newcomers / 4)
    .sort((left, right) => left - right);
}

/** Neighbours by rating, 64 at a time: no rounds of everybody are closer together. */
function closest(standings: readonly PoolStanding[]): number[] {
  const ratings = standings.map(({ rating }) => rating).sort((left, right) => left - right);
  const ranges: number[] = [];
  for (let from = 0; from < ratings.length; from += playersMax)
    ranges.push(ratings[Math.min(from + playersMax, ratings.length) - 1] - ratings[from]);
  return ranges;
}

function rangeOf({ teams }: FormedMatch): number {
  return rangeOfRatings(teams.flat());
}

function rangeOfRatings(members: readonly PoolStanding[]): number {
  const ratings = members.map(({ rating }) => rating);
  for (const one of members) {
    if (!members.every((other) => other === one || accepts(one, other, search, at) === null))
      throw new Error("a round holds two who refuse each other");
  }
  return Math.max(...ratings) - Math.min(...ratings);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function timed<T>(work: () => T): { readonly ms: number; readonly result: T } {
  const startedAt = performance.now();
  const result = work();
  return { ms: performance.now() - startedAt, result };
}
