import assert from "node:assert/strict";
import { test } from "node:test";
import blossom from "edmonds-blossom";
import fc from "fast-check";
import { accepts, type FormedMatch, type PoolStanding, PoolWaves, pairCostSecs } from "../../src/index.ts";
import { copies, now, poolOf, search, standingsArbitrary } from "./pool.ts";

/** What a match is worth, in seconds of waiting: what it saves a ticket that would have waited to the end, less its cost. */
const patienceSecs = 300;

function qualityOf(matches: readonly FormedMatch[]): number {
  return matches.reduce((sum, { ratingGap: gap }) => sum + patienceSecs - pairCostSecs(gap, search), 0);
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

/** A wave as a matcher runs it: every ticket has come since the last one. */
function waveOver(standings: readonly PoolStanding[]): readonly FormedMatch[] {
  const own = copies(standings);
  const waves = new PoolWaves({ index: poolOf(own), search, waveMs: 50 });
  for (const standing of own) waves.touch(standing);
  return waves.run({ now: 0, at: now, matchesMax: 1_000, budget: 100_000, skip: () => false });
}

for (const most of [20, 40, 60, 200]) {
  test(`[W26] [W27] waves of pools of up to ${most} tickets reach 98 % of the best total quality there is`, () => {
    let [reached, best] = [0, 0];
    let [matched, matchable] = [0, 0];
    fc.assert(
      fc.property(standingsArbitrary(most), (standings) => {
        const { quality, pairs: possible } = optimum(standings);
        const formed = waveOver(standings);
        const own = qualityOf(formed);
        assert.ok(own >= 0.75 * quality, `${own} of ${quality} in one pool`);
        reached += own;
        best += quality;
        matched += formed.length;
        matchable += possible;
      }),
      { numRuns: most === 200 ? 1_000 : 500 },
    );
    // Serving the longest waiting first costs a little of what nobody is promised.
    assert.ok(reached / best >= 0.98, `${reached / best}`);
    assert.ok(matched / matchable >= 0.998, `${matched} of ${matchable}`);
  });
}
