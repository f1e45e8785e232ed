import assert from "node:assert/strict";
import { test } from "node:test";
import blossom from "edmonds-blossom";
import fc from "fast-check";
import { accepts, type Pair, type PoolStanding, pairCostSecs, proposePairs } from "../../src/index.ts";
import { copies, now, poolOf, search, standingsArbitrary } from "./pool.ts";

/** What a match is worth, in seconds of waiting: what it saves a ticket that would have waited to the end, less its cost. */
const patienceSecs = 300;

function qualityOf(pairs: readonly Pair[]): number {
  return pairs.reduce((sum, { gap }) => sum + patienceSecs - pairCostSecs(gap, search), 0);
}

/** The best total quality that any pairing of these tickets can have (Edmonds' algorithm, exact). */
function optimum(standings: readonly PoolStanding[]): { quality: number; gaps: number; pairs: number } {
  const edges: [number, number, number][] = [];
  for (const [left, one] of standings.entries()) {
    for (let right = left + 1; right < standings.length; right += 1) {
      const gap = Math.abs(one.rating - standings[right].rating);
      if (accepts(one, standings[right], search, now) !== null) continue;
      edges.push([left, right, Math.round(1_000 * (patienceSecs - pairCostSecs(gap, search)))]);
    }
  }
  let [quality, gaps, pairs] = [0, 0, 0];
  for (const [left, right] of blossom(edges).entries()) {
    if (right <= left) continue;
    const gap = Math.abs(standings[left].rating - standings[right].rating);
    quality += patienceSecs - pairCostSecs(gap, search);
    gaps += gap;
    pairs += 1;
  }
  return { quality, gaps, pairs };
}

test("[W26] [W27] waves of pools of up to 200 tickets reach 98 % of the best total quality there is", () => {
  let [reached, best] = [0, 0];
  let [matched, matchable] = [0, 0];
  fc.assert(
    fc.property(standingsArbitrary(200), (standings) => {
      const { quality, pairs: possible } = optimum(standings);
      const { pairs } = proposePairs({ index: poolOf(copies(standings)), search, at: now });
      const own = qualityOf(pairs);
      reached += own;
      best += quality;
      matched += pairs.length;
      matchable += possible;
    }),
    { numRuns: 1_000 },
  );
  // Serving the longest waiting first costs a little of what nobody is promised.
  assert.ok(reached / best >= 0.98, `${reached / best}`);
  assert.ok(matched / matchable >= 0.999, `${matched} of ${matchable}`);
});
