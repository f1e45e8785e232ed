import { atLeast, atMost, type Report, rounded } from "../report.ts";
import { arrivals } from "./arrivals.ts";
import { compareOnOneDay } from "./day.ts";
import { hindsightCost } from "./hindsight.ts";
import { firstComeFirstServed, ours, type Played, type Policy, seedGreedy, sortAndPair } from "./policies.ts";

const prices = [1, 5, 20, 100];
const rates = [5, 50];
const count = 2_400;
const seeds = [11, 12];

/** What waiting and unequal matches cost together, in times of what they would have cost with full knowledge. */
export function waitBench(): Report {
  const figures: Record<string, number> = {};
  let worst = 0;
  for (const rate of rates) {
    for (const price of prices) {
      const streams = seeds.map((seed) => arrivals({ count, seed, rateMax: rate }));
      const optimum = mean(streams.map((stream) => hindsightCost({ stream, price })));
      const policies: Record<string, Policy> = {
        ours: ours({ hold: { kind: "arrivals", pointsPerSecond: price } }),
        seed_greedy: seedGreedy,
        first_come_first_served: firstComeFirstServed,
        sort_and_pair: sortAndPair,
      };
      figures[`optimum_${rate}_per_s_price_${price}`] = rounded(optimum);
      for (const [name, policy] of Object.entries(policies)) {
        const ratio = mean(streams.map((stream) => costOf(policy(stream), price))) / optimum;
        figures[`${name}_${rate}_per_s_price_${price}`] = rounded(ratio);
        if (name === "ours") worst = Math.max(worst, ratio);
      }
    }
  }
  const day = compareOnOneDay();
  for (const [name, { peer, price, ours: own }] of Object.entries(day)) {
    figures[`day_${name}_p95_wait_s`] = rounded(peer.p95WaitSecs);
    figures[`day_${name}_mean_gap`] = rounded(peer.meanGap);
    figures[`day_ours_beside_${name}_price`] = price;
    figures[`day_ours_beside_${name}_p95_wait_s`] = rounded(own.p95WaitSecs);
    figures[`day_ours_beside_${name}_mean_gap`] = rounded(own.meanGap);
  }
  const beaten = Object.values(day).filter(({ isBetterOnBoth }) => isBetterOnBoth).length;
  return {
    bench: "wait",
    figures,
    goals: [
      atMost("times the optimum in hindsight, at the worst price and rate", worst, 1.4),
      atMost("the same, stretched", worst, 1.3),
      atLeast("policies beaten on both axes on one day, of 3", beaten, 3),
    ],
  };
}

/** Gap + price × both waits, per match. */
function costOf(played: readonly Played[], price: number): number {
  return mean(played.map(({ gap, waits: [first, second] }) => gap + price * (first + second)));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
