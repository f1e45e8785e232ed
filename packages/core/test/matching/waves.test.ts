import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  type FormedMatch,
  matchingLimits,
  type Pair,
  type PoolIndex,
  type PoolStanding,
  PoolWaves,
  proposePairs,
} from "../../src/index.ts";
import { assertMaximal, assertSound, namesOf } from "./pairs.ts";
import { copies, now, poolOf, search, standing, standingsArbitrary } from "./pool.ts";

const never = () => false;

/** The two tickets of a match, and what was said of them. */
function pairOf({ teams: [[first], [second]], ratingGap, considered, rejected }: FormedMatch): Pair {
  return { first, second, gap: ratingGap, considered, rejected };
}

/** Waves until nothing is due any more; each pair leaves the pool. */
function drain(
  waves: PoolWaves,
  index: PoolIndex,
  at: number,
  matchesMax = Number.POSITIVE_INFINITY,
): Pair[] {
  const all: Pair[] = [];
  for (let round = 0; waves.dueInMs(round, at) === 0; round += 1) {
    assert.ok(round < 10_000, "waves do not come to rest");
    const matches = waves.run({ now: round, at, matchesMax, budget: 1_000_000, skip: never });
    assert.ok(matches.length <= matchesMax);
    for (const { teams } of matches) for (const standing of teams.flat()) index.remove(standing);
    all.push(...matches.map(pairOf));
  }
  return all;
}

test("[W15] small waves come to as much as one over everything", () => {
  fc.assert(
    fc.property(
      standingsArbitrary(),
      fc.array(fc.nat(20_000), { minLength: 40, maxLength: 40 }),
      (drawn, pauses) => {
        const standings = copies(drawn);
        const index = poolOf([]);
        const waves = new PoolWaves({ index, search, waveMs: 0 });
        const all: Pair[] = [];
        let at = 0;
        standings.forEach((one, place) => {
          at = Math.max(at, one.enqueuedAt) + pauses[place];
          index.add(one);
          waves.touch(one);
          const pairs = drain(waves, index, at);
          assertSound(pairs, at);
          all.push(...pairs);
        });
        for (const later of [at + 20_000, at + 200_000]) {
          at = later;
          const pairs = drain(waves, index, at);
          assertSound(pairs, at);
          all.push(...pairs);
        }
        assertMaximal(standings, all, at);
      },
    ),
    { numRuns: 200 },
  );
});

test("[W15] a fresh leader starts over with everything", () => {
  fc.assert(
    fc.property(standingsArbitrary(), (drawn) => {
      const standings = copies(drawn);
      const index = poolOf(standings);
      const waves = new PoolWaves({ index, search, waveMs: 0 });
      waves.startOver();
      assertMaximal(standings, drain(waves, index, now), now);
    }),
  );
});

test("[W16] nothing is due while nothing changes, and a wave keeps its distance to the last", () => {
  const index = poolOf([]);
  const waves = new PoolWaves({ index, search, waveMs: 50 });
  assert.equal(waves.dueInMs(0, 0), Number.POSITIVE_INFINITY);
  const lonely = standing({ id: 1 });
  index.add(lonely);
  waves.touch(lonely);
  assert.equal(waves.dueInMs(0, 0), 0);
  assert.deepEqual(waves.run({ now: 0, at: 0, matchesMax: 10, budget: 100, skip: never }), []);
  assert.equal(waves.dueInMs(0, 0), 15_000);
  waves.touch(lonely);
  assert.equal(waves.dueInMs(20, 20), 30);
});

test("[W17] a search that is cut short goes on until it has seen everybody", () => {
  const crowd = matchingLimits.candidatesPerTicket * 3;
  const strict = Array.from({ length: crowd }, (_, id) =>
    standing({ id, rating: 1500 + (id % 40), draw: id, wishes: { opponentMin: 3000, expandSearch: false } }),
  );
  const index = poolOf(strict);
  const waves = new PoolWaves({ index, search, waveMs: 0 });
  const far = standing({ id: crowd + 1, rating: 1590 });
  const seeker = standing({ id: crowd + 2, rating: 1500 });
  for (const one of [far, seeker]) index.add(one);
  waves.touch(seeker);
  assert.deepEqual(namesOf(drain(waves, index, 10)), [`${seeker.ticketId} ${far.ticketId}`]);
});

test("[W18] a wave stops at the pairs it was asked for and goes on later", () => {
  const standings = Array.from({ length: 20 }, (_, id) => standing({ id, rating: 1500 + id }));
  const whole = proposePairs({ index: poolOf(standings), search, at: now, pairsMax: 3 });
  assert.equal(whole.pairs.length, 3);
  assert.equal(whole.complete, false);
  const again = copies(standings);
  const index = poolOf(again);
  const waves = new PoolWaves({ index, search, waveMs: 0 });
  for (const one of again) waves.touch(one);
  assert.equal(drain(waves, index, now, 3).length, 10);
});

test("[W30] a pair tells whom its search passed over, and why", () => {
  const seeker = standing({ id: 1, rating: 1500, enqueuedAt: now - 20_000 });
  const newcomer = standing({ id: 2, rating: 1620, enqueuedAt: now });
  const choosy = standing({ id: 3, rating: 1510, enqueuedAt: now, wishes: { opponentMin: 1505 } });
  const taken = standing({ id: 4, rating: 1501, enqueuedAt: now });
  const partner = standing({ id: 5, rating: 1660, enqueuedAt: now - 20_000 });
  const index = poolOf([seeker, newcomer, choosy, taken, partner]);
  const waves = new PoolWaves({ index, search, waveMs: 0 });
  waves.touch(seeker);
  const skip = (one: PoolStanding) => one === taken;
  const [match] = waves.run({ now: 0, at: now, matchesMax: 9, budget: 100, skip });
  assert.deepEqual(match.teams, [[seeker], [partner]]);
  assert.equal(match.wave, "ticket");
  assert.deepEqual(match.costs, [{ term: "rating_gap", secs: 9 }]);
  assert.equal(match.considered, 4);
  assert.deepEqual(match.rejected, [
    { reason: "rating_window", count: 1 },
    { reason: "opponent_rating", count: 1 },
    { reason: "taken", count: 1 },
  ]);
  waves.startOver();
  const [whole] = waves.run({ now: 1, at: now, matchesMax: 9, budget: 100, skip });
  assert.deepEqual([whole.wave, whole.teams], ["pool", match.teams]);
});

/** So many tickets that accept nobody, their ratings spread between 1100 and 1900. */
function impossible(count: number): PoolStanding[] {
  return Array.from({ length: count }, (_, id) =>
    standing({
      id,
      rating: 1100 + (id * 800) / count,
      wishes: { opponentMin: 9_999, expandSearch: false },
    }),
  );
}

const anywhere = {
  ...search,
  widening: { kind: "steps", steps: [{ afterMs: 0, gap: Number.POSITIVE_INFINITY }] },
} as const;

test("[W17] a crowd that accepts nobody keeps nobody from meeting across it, though a wave over the pool is cut short", () => {
  const crowd = impossible(matchingLimits.candidatesPerTicket * 2);
  const index = poolOf(crowd);
  const waves = new PoolWaves({ index, search: anywhere, waveMs: 0 });
  waves.startOver();
  const low = standing({ id: 5_001, rating: 1000 });
  const high = standing({ id: 5_002, rating: 2000 });
  for (const one of [low, high]) index.add(one);
  const met: Pair[] = [];
  for (let round = 0; round < 50 && met.length === 0; round += 1) {
    // Newcomers that accept nobody make every wave one over the whole pool.
    for (const one of crowd.slice(0, crowd.length / 2)) waves.touch(one);
    const request = { now: round, at: 0, matchesMax: 10, budget: 20_000, skip: never };
    met.push(...waves.run(request).map(pairOf));
  }
  assert.deepEqual(namesOf(met), [`${low.ticketId} ${high.ticketId}`]);
});

test("[W17] a wave over a whole pool looks at no more than it may, and the rest goes on later", () => {
  const crowd = impossible(3_000);
  let looks = 0;
  const wishes = { ...crowd[0].wishes };
  const counted = crowd.map((one) => ({
    ...one,
    get wishes() {
      looks += 1;
      return wishes;
    },
  }));
  const index = poolOf(counted);
  const waves = new PoolWaves({ index, search: anywhere, waveMs: 0 });
  waves.startOver();
  const most: number[] = [];
  let rounds = 0;
  for (; waves.dueInMs(rounds, 0) === 0 && rounds < 2_000; rounds += 1) {
    looks = 0;
    assert.deepEqual(waves.run({ now: rounds, at: 0, matchesMax: 10, budget: 40_000, skip: never }), []);
    most.push(looks);
  }
  assert.ok(rounds < 2_000, "the searches end");
  assert.ok(Math.max(...most) < 1_000_000, `${Math.max(...most)} looks in one wave`);
});
