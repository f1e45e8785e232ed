import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { accepts, duelSearch, type PoolStanding, PoolWaves, type SearchRules } from "../../src/index.ts";
import { poolOf, standing } from "./pool.ts";

const poolsCount = 100_000;
const firstSeed = (fc.readConfigureGlobal().seed ?? 1) * 1_000_003;
const at = 90_000;

const searches: readonly SearchRules[] = [
  duelSearch,
  { widening: { kind: "linear", gap: 50, perSecond: 4, max: 300 }, avoidRematch: { last: 1, forMs: 30_000 } },
  {
    ...duelSearch,
    regions: {
      names: ["eu", "us", "ap"],
      latencyMax: [
        { afterMs: 0, latencyMs: 60 },
        { afterMs: 40_000, latencyMs: 150 },
      ],
    },
  },
  { ...duelSearch, sideDifferenceMax: 1 },
];

/** Numbers from 0 up to 1, the same for the same seed (splitmix32). */
function randomFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let word = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    word = Math.imul(word ^ (word >>> 15), 0x735a2d97);
    return ((word ^ (word >>> 15)) >>> 0) / 0x1_0000_0000;
  };
}

function poolFrom(random: () => number): PoolStanding[] {
  const below = (most: number) => Math.floor(random() * most);
  const spread = 1 + below(800);
  return Array.from({ length: 2 + below(14) }, (_, id) => {
    const wishful = random() < 0.3;
    const size = random() < 0.2 ? 3 : 1;
    return standing({
      id,
      playerIds: Array.from({ length: size }, (__, place) => `player_${id * 10 + place}` as const),
      rating: 1_500 + below(spread),
      enqueuedAt: below(at),
      eligibleAt: random() < 0.1 ? at + 1 : 0,
      draw: below(8),
      recentOpponents:
        random() < 0.2 ? [{ playerId: `player_${below(14) * 10}`, at: at - below(60_000) }] : [],
      wishes: wishful
        ? {
            opponentMin: random() < 0.5 ? 1_400 + below(600) : null,
            expandSearch: random() < 0.6,
            blocked: random() < 0.3 ? [`player_${below(14) * 10}`] : [],
            regions: random() < 0.3 ? [["eu"], ["us", "ap"]][below(2)] : null,
            latencies:
              random() < 0.7 ? ["eu", "us", "ap"].map((region) => ({ region, latencyMs: below(200) })) : null,
          }
        : {},
    });
  });
}

function checkPool(seed: number): number {
  const random = randomFrom(seed);
  const search = searches[seed % searches.length];
  const standings = poolFrom(random);
  const index = poolOf(standings);
  const waves = new PoolWaves({ index, search, waveMs: 50 });
  if (random() < 0.5) waves.startOver();
  else for (const one of standings) waves.touch(one);
  const request = { now: 0, at, matchesMax: 100, budget: 100_000, skip: () => false };
  const matches = waves.run(request);
  const taken = new Set<PoolStanding>();
  for (const { teams } of matches) {
    const [[left], [right]] = teams;
    assert.equal(
      accepts(left, right, search, at),
      null,
      "invariant 7: two who refuse each other were matched",
    );
    assert.ok(!taken.has(left) && !taken.has(right), "a ticket was matched twice");
    taken.add(left).add(right);
  }
  const left = standings.filter((one) => !taken.has(one));
  for (const [place, one] of left.entries()) {
    for (const other of left.slice(place + 1))
      assert.notEqual(accepts(one, other, search, at), null, "invariant 8: two who could meet still wait");
  }
  return matches.length;
}

test("[W8] [W9] in a hundred thousand pools nobody meets who refuses, and nobody waits who could meet", () => {
  let matches = 0;
  for (let pool = 0; pool < poolsCount; pool += 1) {
    try {
      matches += checkPool(firstSeed + pool);
    } catch (error) {
      throw new Error(`the pool of seed ${firstSeed + pool}`, { cause: error });
    }
  }
  assert.ok(matches > poolsCount, `${matches} matches`);
});
