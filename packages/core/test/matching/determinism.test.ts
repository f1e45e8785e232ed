import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  type FormedMatch,
  type PoolIndex,
  type PoolStanding,
  PoolWaves,
  RoundWaves,
  TeamWaves,
  type Waves,
} from "../../src/index.ts";
import { copies, now, poolOf, search, standingsArbitrary } from "./pool.ts";

const regions = { names: ["eu", "us"], latencyMax: [] };
const twoVsTwo = {
  teams: [
    { min: 2, max: 2 },
    { min: 2, max: 2 },
  ],
  sizeDifferenceMax: 0,
  roles: [],
};
const formers: Record<string, (index: PoolIndex) => Waves> = {
  pairs: (index) => new PoolWaves({ index, search, waveMs: 50 }),
  "pairs with regions": (index) => new PoolWaves({ index, search: { ...search, regions }, waveMs: 50 }),
  teams: (index) => new TeamWaves({ index, search, waveMs: 50, format: twoVsTwo }),
  rounds: (index) => new RoundWaves({ index, search, waveMs: 50, playersMax: 8, rounds: () => [] }),
};

/** All that two waves make of a pool, the first of some tickets, the second of all: word for word. */
function formed(make: (index: PoolIndex) => Waves, standings: readonly PoolStanding[]): string {
  const own = copies(standings);
  const index = poolOf(own);
  const waves = make(index);
  const request = { at: now, matchesMax: 100, budget: 100_000, skip: () => false };
  const matches: FormedMatch[] = [];
  for (const [wave, part] of [own.filter(({ draw }) => draw > 0), own].entries()) {
    for (const one of part) if (one.slot >= 0) waves.touch(one);
    for (const match of waves.run({ now: wave * 50, ...request })) {
      matches.push(match);
      for (const one of match.teams.flat()) index.remove(one);
    }
  }
  return JSON.stringify(matches);
}

for (const [former, make] of Object.entries(formers)) {
  test(`[W11] waves of ${former} are the same word for word, in whichever order the tickets came`, () => {
    const shuffled = standingsArbitrary(60).chain((standings) =>
      fc.tuple(fc.constant(standings), fc.shuffledSubarray(standings, { minLength: standings.length })),
    );
    fc.assert(
      fc.property(shuffled, ([standings, other]) => {
        assert.equal(formed(make, other), formed(make, standings));
      }),
      { numRuns: 300 },
    );
  });
}
