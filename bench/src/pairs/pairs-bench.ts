import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type Pair, proposePairs } from "@matchforge/core";
import { atLeast, atMost, quantile, type Report, rounded } from "../report.ts";
import { greedyPeer } from "./greedy-peer.ts";
import { poolsMax, poolsOf, population, search, wavesAt } from "./population.ts";
import { radixFloor } from "./radix-floor.ts";

const sizes = [10_000, 100_000, 1_000_000];

/** 1v1 proposals for whole pools, against the floor of sorting and against the seed's matcher; and how flat it stays. */
export function pairsBench(): Report {
  const figures: Record<string, number | string> = {};
  let floorRatio = 0;
  for (const size of sizes) {
    const standings = population(size);
    const ratings = Float64Array.from(standings, ({ rating }) => rating);
    const runs = size >= 1_000_000 ? 5 : 15;
    const floorMs = medianMs(runs, () => radixFloor(ratings));
    const one = poolsOf(standings, 1);
    const oneMs = medianMs(runs, () =>
      one.map((index) => proposePairs({ index, search, at: wavesAt }).pairs.length),
    );
    if (size === 100_000) {
      floorRatio = oneMs / floorMs;
      Object.assign(
        figures,
        qualityOf("ours", proposePairs({ index: one[0], search, at: wavesAt }).pairs, size),
      );
    }
    const many = poolsOf(standings, poolsMax);
    const manyMs = medianMs(runs, () =>
      many.map((index) => proposePairs({ index, search, at: wavesAt }).pairs.length),
    );
    figures[`floor_${size}_ms`] = rounded(floorMs);
    figures[`one_pool_${size}_ms`] = rounded(oneMs);
    figures[`one_pool_${size}_floors`] = rounded(oneMs / floorMs);
    figures[`${poolsMax}_pools_${size}_ms`] = rounded(manyMs);
  }
  const peerRatio = againstPeer(figures);
  const flatness = flatnessRatio(figures);
  return {
    bench: "pairs",
    figures,
    goals: [
      atMost("100,000 tickets in floors", floorRatio, 10),
      atLeast("times faster than the seed's greedy scan at 10,000", peerRatio, 500),
      atLeast("throughput with 100,000 waiting and 20,000 live, of that with none", flatness, 0.9),
    ],
  };
}

function againstPeer(figures: Record<string, number | string>): number {
  const standings = population(10_000);
  const startedAt = performance.now();
  const peerPairs = greedyPeer(standings, wavesAt);
  const peerMs = performance.now() - startedAt;
  const [index] = poolsOf(standings, 1);
  const oursMs = medianMs(15, () => proposePairs({ index, search, at: wavesAt }).pairs.length);
  figures.greedy_peer_10000_ms = rounded(peerMs);
  figures.times_faster_than_greedy_peer = rounded(peerMs / oursMs);
  const gaps = peerPairs.map(([left, right]) => Math.abs(left.rating - right.rating)).sort((a, b) => a - b);
  figures.greedy_peer_matched_share = rounded((2 * peerPairs.length) / standings.length);
  figures.greedy_peer_gap_p50 = rounded(quantile(gaps, 0.5));
  figures.greedy_peer_gap_p99 = rounded(quantile(gaps, 0.99));
  return peerMs / oursMs;
}

function qualityOf(name: string, pairs: readonly Pair[], size: number): Record<string, number> {
  const gaps = pairs.map(({ gap }) => gap).sort((a, b) => a - b);
  return {
    [`${name}_matched_share`]: rounded((2 * pairs.length) / size),
    [`${name}_gap_p50`]: rounded(quantile(gaps, 0.5)),
    [`${name}_gap_p99`]: rounded(quantile(gaps, 0.99)),
  };
}

function flatnessRatio(figures: Record<string, number | string>): number {
  const script = fileURLToPath(new URL("./flatness-process.ts", import.meta.url));
  const output = execFileSync(process.execPath, ["--expose-gc", script], { encoding: "utf8" });
  const { empty, crowded } = JSON.parse(output) as { empty: number[]; crowded: number[] };
  const [none, full] = [empty, crowded].map(median);
  figures.matched_tickets_per_s_empty = rounded(none);
  figures.matched_tickets_per_s_crowded = rounded(full);
  return full / none;
}

function median(values: number[]): number {
  return quantile(
    values.sort((a, b) => a - b),
    0.5,
  );
}

function medianMs(runs: number, work: () => unknown): number {
  const times: number[] = [];
  for (let run = 0; run < runs + 2; run += 1) {
    const startedAt = performance.now();
    work();
    if (run >= 2) times.push(performance.now() - startedAt);
  }
  return median(times);
}
