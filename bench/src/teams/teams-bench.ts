import { type FormedMatch, PoolIndex, type PoolStanding, TeamWaves } from "@matchforge/core";
import { atLeast, atMost, quantile, type Report, rounded } from "../report.ts";
import { type ExactPrices, exactOf, exhaustive } from "./exhaustive-match.ts";
import { gapOf, greedyFifo } from "./greedy-fifo.ts";
import { format, search, teamPopulation, wavesAt } from "./team-population.ts";

type Figures = Record<string, number | string>;

const never = () => false;
/** What a matcher on the thread of an engine spends in one go: at most 20 ms. */
const budget = 40_000;
const newcomers = 2_000;
/** When even the last to come accepts anybody. */
const everybodyAt = wavesAt + 60_000;
const smallPools = 100;

/** 5v5 with parties and roles: whole pools, one newcomer among many, in small bites, and beside the optimum and a greedy scan. */
export function teamsBench(): Report {
  const figures: Figures = {};
  const wave = wholePool(10_000, 20, figures);
  const peerRatio = againstPeer(wave, figures);
  const newcomerMs = afterNewcomers(100_000, figures);
  scarceRole(100_000, figures);
  const longestMs = inBites(100_000, figures);
  const quality = besideOptimum(figures);
  return {
    bench: "teams",
    figures,
    goals: [
      atMost("ms for a wave over 10,000 players, p50", wave.p50, 100),
      atMost("ms for a proposal after one new ticket among 100,000 players, p99", newcomerMs, 1),
      atMost("ms of the longest wave within its budget at 100,000 players", longestMs, 20),
      atMost("team gap, in gaps of the cheapest split of the same tickets", quality.split, 1.5),
      atMost("team gap, in gaps of the cheapest match of the same pool", quality.match, 1.5),
      atLeast("times the gap, that a greedy FIFO scan leaves at 10,000 players", peerRatio, 10),
    ],
  };
}

interface Waved {
  readonly p50: number;
  readonly matches: readonly FormedMatch[];
}

function poolOf(standings: readonly PoolStanding[]): PoolIndex {
  const index = new PoolIndex();
  for (const standing of standings) {
    standing.slot = -1;
    index.add(standing);
  }
  return index;
}

function wavesOf(index: PoolIndex): TeamWaves {
  return new TeamWaves({ index, search, waveMs: 0, format });
}

function run(
  waves: TeamWaves,
  options: { readonly at?: number; readonly budget?: number } = {},
): FormedMatch[] {
  const bounds = { matchesMax: Number.POSITIVE_INFINITY, budget: Number.POSITIVE_INFINITY };
  return waves.run({ now: 0, at: wavesAt, ...bounds, ...options, skip: never });
}

function timed<T>(work: () => T): { readonly ms: number; readonly result: T } {
  const startedAt = performance.now();
  const result = work();
  return { ms: performance.now() - startedAt, result };
}

function playersOf(matches: readonly FormedMatch[]): number {
  return 10 * matches.length;
}

/** One wave over everybody. Nothing leaves the pool, so each run does the same. */
function wholePool(players: number, runs: number, figures: Figures): Waved {
  const index = poolOf(teamPopulation(players));
  const times: number[] = [];
  let matches: FormedMatch[] = [];
  for (let count = 0; count < runs + 2; count += 1) {
    const waves = wavesOf(index);
    waves.startOver();
    const { ms, result } = timed(() => run(waves));
    matches = result;
    if (count >= 2) times.push(ms);
  }
  times.sort((left, right) => left - right);
  const p50 = quantile(times, 0.5);
  const gaps = matches.map(({ ratingGap }) => ratingGap).sort((left, right) => left - right);
  figures[`wave_${players}_ms_p50`] = rounded(p50);
  figures[`wave_${players}_ms_p99`] = rounded(quantile(times, 0.99));
  figures[`wave_${players}_matches_per_s`] = rounded((1_000 * matches.length) / p50);
  figures[`wave_${players}_matched_share`] = rounded(playersOf(matches) / players);
  figures[`wave_${players}_gap_p50`] = rounded(quantile(gaps, 0.5));
  figures[`wave_${players}_gap_p99`] = rounded(quantile(gaps, 0.99));
  return { p50, matches };
}

function againstPeer({ p50, matches }: Waved, figures: Figures): number {
  const standings = teamPopulation(10_000);
  const { ms, result } = timed(() => greedyFifo(standings, format));
  const gaps = result.map(gapOf);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  figures.greedy_fifo_10000_ms = rounded(ms);
  figures.greedy_fifo_10000_matched_share = rounded((10 * result.length) / 10_000);
  figures.greedy_fifo_gap_mean = rounded(mean(gaps));
  const own = mean(matches.map(({ ratingGap }) => ratingGap));
  figures.ours_gap_mean = rounded(own);
  figures.ours_ms_in_greedy_fifo = rounded(p50 / ms);
  return mean(gaps) / own;
}

/** Somebody comes into a pool of many who wait, and is matched; another one takes the place of each who left. */
function afterNewcomers(players: number, figures: Figures): number {
  const standings = teamPopulation(players + 12 * newcomers);
  const waiting = standings.splice(0, standings.length - 11 * newcomers);
  const index = poolOf(waiting);
  const waves = wavesOf(index);
  const times: number[] = [];
  let formed = 0;
  for (let count = 0; count < newcomers; count += 1) {
    const newcomer = standings.pop() as PoolStanding;
    index.add(newcomer);
    waves.touch(newcomer);
    const { ms, result } = timed(() => run(waves));
    times.push(ms);
    formed += result.length;
    for (const standing of result.flatMap(({ teams }) => teams.flat())) {
      index.remove(standing);
      if (standings.length > newcomers - count) index.add(standings.shift() as PoolStanding);
    }
  }
  times.splice(0, newcomers / 4);
  times.sort((left, right) => left - right);
  figures[`newcomer_${players}_ms_p50`] = rounded(quantile(times, 0.5));
  figures[`newcomer_${players}_ms_p99`] = rounded(quantile(times, 0.99));
  figures[`newcomer_${players}_ms_max`] = rounded(times[times.length - 1]);
  figures[`newcomer_${players}_matched_share`] = rounded(formed / newcomers);
  return quantile(times, 0.99);
}

/** The hardest pool: nobody plays one of the roles, so no search finds anybody however far it goes. */
function scarceRole(players: number, figures: Figures): void {
  const standings = teamPopulation(2 * players).filter(({ wishes }) => !wishes.roles.flat().includes("tank"));
  const index = poolOf(standings);
  const waves = wavesOf(index);
  const times: number[] = [];
  for (let count = 0; count < 200; count += 1) {
    waves.touch(standings[(count * 7_919) % standings.length]);
    while (waves.dueInMs(0, wavesAt) === 0) times.push(timed(() => run(waves, { budget })).ms);
  }
  times.sort((left, right) => left - right);
  figures.without_a_role_tickets = standings.length;
  figures.without_a_role_waves_each = rounded(times.length / 200);
  figures.without_a_role_wave_ms_p99 = rounded(quantile(times, 0.99));
}

/** Everybody is due, and a wave may only spend so much. */
function inBites(players: number, figures: Figures): number {
  const times: number[] = [];
  let formed = 0;
  const standings = teamPopulation(players);
  for (let round = 0; round < 3; round += 1) {
    const index = poolOf(standings);
    const waves = wavesOf(index);
    waves.startOver();
    times.length = 0;
    formed = 0;
    while (waves.dueInMs(0, wavesAt) === 0) {
      const { ms, result } = timed(() => run(waves, { budget }));
      times.push(ms);
      formed += result.length;
      for (const standing of result.flatMap(({ teams }) => teams.flat())) index.remove(standing);
    }
  }
  const totalMs = times.reduce((sum, ms) => sum + ms, 0);
  times.sort((left, right) => left - right);
  figures[`pool_${players}_waves`] = times.length;
  figures[`pool_${players}_total_ms`] = rounded(totalMs);
  figures[`pool_${players}_matches_per_s`] = rounded((1_000 * formed) / totalMs);
  figures[`pool_${players}_matched_share`] = rounded((10 * formed) / players);
  figures[`pool_${players}_wave_ms_p50`] = rounded(quantile(times, 0.5));
  figures[`pool_${players}_wave_ms_p99`] = rounded(quantile(times, 0.99));
  figures[`pool_${players}_wave_ms_max`] = rounded(times[times.length - 1]);
  return times[times.length - 1];
}

/** Pools of a dozen tickets beside what trying everything finds. */
function besideOptimum(figures: Figures): { readonly split: number; readonly match: number } {
  const prices: ExactPrices = { pointSecs: 0.1, spreadPointSecs: 0.02, premadeSecs: 5, roleStepSecs: 20 };
  const sums = { gap: 0, splitGap: 0, splitLeast: 0, matchGap: 0, secs: 0, splitSecs: 0, matchSecs: 0 };
  let pools = 0;
  for (let seed = 1; pools < smallPools; seed += 1) {
    const standings = teamPopulation(18, seed);
    if (standings.length > 12) continue;
    const waves = wavesOf(poolOf(standings));
    waves.touch(standings[0]);
    const [formed] = run(waves, { at: everybodyAt });
    if (formed === undefined) continue;
    pools += 1;
    const own = exactOf(formed);
    const split = exhaustive(formed.teams.flat(), { format, prices, seed: standings[0] });
    const match = exhaustive(standings, { format, prices, seed: standings[0] });
    sums.gap += own.gap;
    sums.secs += own.secs;
    sums.splitGap += split.cheapest.gap;
    sums.splitSecs += split.cheapest.secs;
    sums.splitLeast += split.leastGap;
    sums.matchGap += match.cheapest.gap;
    sums.matchSecs += match.cheapest.secs;
  }
  figures.small_pools_gap_mean = rounded(sums.gap / pools);
  figures.small_pools_gap_in_cheapest_splits = rounded(sums.gap / sums.splitGap);
  figures.small_pools_gap_in_least_gaps_of_the_tickets = rounded(sums.gap / sums.splitLeast);
  figures.small_pools_gap_in_cheapest_matches = rounded(sums.gap / sums.matchGap);
  figures.small_pools_secs_in_cheapest_splits = rounded(sums.secs / sums.splitSecs);
  figures.small_pools_secs_in_cheapest_matches = rounded(sums.secs / sums.matchSecs);
  return { split: sums.gap / sums.splitGap, match: sums.gap / sums.matchGap };
}
