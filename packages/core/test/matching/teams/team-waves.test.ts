import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type FormedMatch, PoolIndex, type PoolStanding, TeamWaves } from "../../../src/index.ts";
import { copies, poolOf } from "../pool.ts";
import { anyMatch } from "./brute-force.ts";
import {
  alone,
  assertSound,
  drain,
  duo,
  fiveVsFive,
  fiveWithRoles,
  formats,
  matchesOf,
  now,
  open,
  party,
  search,
  textOf,
  ticketsArbitrary,
} from "./team-pool.ts";

const rules = search;

function idsOf(matches: readonly FormedMatch[]): string[][] {
  return matches.map(({ teams }) => teams.flat().map(({ ticketId }) => ticketId));
}

function leftOf(standings: readonly PoolStanding[]): PoolStanding[] {
  return standings.filter(({ slot }) => slot >= 0);
}

for (const [place, format] of formats.entries()) {
  test(`[TF1] [TF2] [TF3] [TF4] every match passes the kernel's judge, and no match is left out: format ${place}`, () => {
    let formed = 0;
    fc.assert(
      fc.property(ticketsArbitrary({ minLength: 4, maxLength: 10, sizeMax: 2 }), (standings) => {
        const matches = matchesOf({ index: poolOf(standings), format });
        assertSound(matches, { format, rules, at: now });
        assert.equal(anyMatch(leftOf(standings), { format, rules, at: now }), false);
        formed += matches.length;
      }),
      { numRuns: 3_000 },
    );
    assert.ok(formed > 500, `only ${formed} were formed`);
  });
}

test("[TF1] [TF2] [TF3] the same holds in larger pools of 5v5 with roles and parties", () => {
  let formed = 0;
  fc.assert(
    fc.property(ticketsArbitrary({ maxLength: 120, sizeMax: 5 }), (standings) => {
      for (const format of [fiveWithRoles, fiveVsFive]) {
        const matches = matchesOf({ index: poolOf(copies(standings)), format });
        assertSound(matches, { format, rules, at: now });
        formed += matches.length;
      }
    }),
    { numRuns: 300 },
  );
  assert.ok(formed > 300, `${formed}`);
});

test("[TF5] an outlier at the head of the queue holds up nobody", () => {
  const outlier = party({ id: 0, ratings: [3_000], wishes: { expandSearch: false } });
  const crowd = Array.from({ length: 20 }, (_, id) => alone(id + 1));
  const matches = matchesOf({ index: poolOf([outlier, ...crowd]), format: fiveVsFive });
  assert.equal(matches.length, 2);
  assert.deepEqual(idsOf(matches).flat().includes(outlier.ticketId), false);
});

test("[TF6] the order of arrival does not change a byte of the matches", () => {
  fc.assert(
    fc.property(
      ticketsArbitrary({ maxLength: 40 }),
      fc.constantFrom(...formats),
      fc.infiniteStream(fc.nat()),
      (drawn, format, stream) => {
        const expected = matchesOf({ index: poolOf(copies(drawn)), format }).map(textOf);
        const keys = new Map(drawn.map(({ ticketId }) => [ticketId, stream.next().value as number]));
        const shuffled = copies(drawn).sort(
          (a, b) => (keys.get(a.ticketId) ?? 0) - (keys.get(b.ticketId) ?? 0),
        );
        assert.deepEqual(matchesOf({ index: poolOf(shuffled), format }).map(textOf), expected);
        const touched = new PoolIndex();
        const waves = new TeamWaves({ index: touched, search, waveMs: 0, format });
        for (const one of copies(shuffled)) {
          touched.add(one);
          waves.touch(one);
        }
        assert.deepEqual(drain(waves, touched, now).map(textOf), expected);
      },
    ),
    { numRuns: 500 },
  );
});

test("[TF7] the longest waiting is served first, and comes first on its team", () => {
  const standings = Array.from({ length: 9 }, (_, id) => alone(id, 1_500 + id));
  const [first, second] = matchesOf({ index: poolOf(standings.toReversed()), format: duo, rules: open });
  assert.equal(first.teams[0][0], standings[0]);
  assert.deepEqual(idsOf([first])[0].toSorted(), idsOf([{ ...first, teams: [standings.slice(0, 4)] }])[0]);
  assert.equal(second.teams[0][0], standings[4]);
});

test("[TF4] [TF8] small waves, one after the other, leave nobody who could be matched either", () => {
  fc.assert(
    fc.property(
      ticketsArbitrary({ minLength: 3, maxLength: 9, sizeMax: 2 }),
      fc.constantFrom(...formats),
      fc.array(fc.nat(20_000), { minLength: 9, maxLength: 9 }),
      (standings, format, pauses) => {
        const index = poolOf([]);
        const waves = new TeamWaves({ index, search, waveMs: 0, format });
        let at = 0;
        const check = () => {
          assertSound(drain(waves, index, at), { format, rules, at });
          assert.equal(anyMatch(leftOf(standings), { format, rules, at }), false);
        };
        for (const [place, one] of standings.entries()) {
          at = Math.max(at, one.enqueuedAt) + pauses[place];
          index.add(one);
          waves.touch(one);
          check();
        }
        for (const laterMs of [15_000, 30_000, 130_000]) {
          at += laterMs;
          check();
        }
      },
    ),
    { numRuns: 2_500 },
  );
});

test("[TF9] nothing is due while nothing changes, and a wave keeps its distance to the last", () => {
  const index = poolOf([]);
  const waves = new TeamWaves({ index, search, waveMs: 50, format: duo });
  assert.equal(waves.dueInMs(0, 0), Number.POSITIVE_INFINITY);
  const lonely = alone(0);
  index.add(lonely);
  waves.touch(lonely);
  assert.equal(waves.dueInMs(0, 0), 0);
  assert.deepEqual(waves.run({ now: 0, at: 0, matchesMax: 10, budget: 100, skip: () => false }), []);
  assert.equal(waves.dueInMs(0, 0), 30_000);
  waves.touch(lonely);
  assert.equal(waves.dueInMs(20, 20), 30);
});

test("[TF10] a wave stops at its budget or its matches, and the rest stays due", () => {
  const standings = Array.from({ length: 40 }, (_, id) => alone(id, 1_500 + id));
  const whole = matchesOf({ index: poolOf(copies(standings)), format: duo });
  for (const bounds of [{ matchesMax: 1 }, { budget: 1 }]) {
    const index = poolOf(copies(standings));
    const waves = new TeamWaves({ index, search, waveMs: 0, format: duo });
    waves.startOver();
    const first = waves.run({ now: 0, at: now, matchesMax: 9, budget: 9_999, skip: () => false, ...bounds });
    assert.equal(first.length, 1);
    for (const one of first[0].teams.flat()) index.remove(one);
    assert.equal(waves.dueInMs(0, now), 0);
    assert.equal(drain(waves, index, now, bounds).length + 1, whole.length);
  }
});

test("[TF10] a wave passes over tickets it is to leave alone", () => {
  const standings = Array.from({ length: 5 }, (_, id) => alone(id));
  const waves = new TeamWaves({ index: poolOf(standings), search, waveMs: 0, format: duo });
  waves.startOver();
  const skip = (one: PoolStanding) => one === standings[1];
  const [{ teams, rejected }] = waves.run({ now: 0, at: now, matchesMax: 9, budget: 9_999, skip });
  assert.equal(teams.flat().includes(standings[1]), false);
  assert.deepEqual(rejected, [{ reason: "taken", count: 1 }]);
});

test("[TF11] a search that is cut short goes on until it has seen everybody", () => {
  const crowd = Array.from({ length: 2_000 }, (_, id) =>
    party({
      id,
      ratings: [1_500 + (id % 40)],
      draw: id,
      wishes: { opponentMin: 3_000, expandSearch: false },
    }),
  );
  const index = poolOf(crowd);
  const waves = new TeamWaves({ index, search, waveMs: 0, format: duo });
  for (const id of [2_001, 2_002, 2_003]) index.add(alone(id, 1_590));
  const seeker = alone(2_004, 1_500);
  index.add(seeker);
  waves.touch(seeker);
  assert.deepEqual(waves.run({ now: 0, at: 10_000, matchesMax: 9, budget: 9_999, skip: () => false }), []);
  assert.equal(waves.dueInMs(0, 10_000), 0);
  assert.equal(idsOf(drain(waves, index, 10_000))[0].includes(seeker.ticketId), true);
});

test("[TF12] what was looked at is accounted for: it plays, or a reason is told", () => {
  fc.assert(
    fc.property(ticketsArbitrary({ maxLength: 30 }), fc.constantFrom(...formats), (standings, format) => {
      for (const { teams, considered, rejected } of matchesOf({ index: poolOf(standings), format })) {
        const counted = rejected.reduce((sum, { count }) => sum + count, 0);
        assert.equal(counted + teams.flat().length - 1, considered);
        assert.ok(rejected.every(({ count }) => count > 0));
      }
    }),
  );
});

test("[TF13] rules that hold back keep a match waiting until each ticket's wait has paid for its spread", () => {
  const hold = { kind: "fixed", forMs: 60_000, pointsPerSecond: 10 } as const;
  const index = poolOf([0, 30, 60, 90].map((more, id) => party({ id, ratings: [1_500 + more] })));
  const waves = new TeamWaves({ index, search: { ...open, hold }, waveMs: 0, format: duo });
  waves.startOver();
  assert.equal(drain(waves, index, 8_900).length, 0);
  waves.startOver();
  assert.equal(drain(waves, index, 9_000).length, 1);
});

test("[TF14] a match is formed in the seed's nearest region in which there is one", () => {
  const latencies = (asia: number, europe: number) => [
    { region: "asia", latencyMs: asia },
    { region: "europe", latencyMs: europe },
  ];
  const near = (id: number, wishes: Parameters<typeof party>[0]["wishes"]) =>
    party({ id, ratings: [1_500], enqueuedAt: id, wishes });
  const seed = near(0, { latencies: latencies(60, 20) });
  const europeans = [1, 2, 3].map((id) => near(id, { regions: ["europe"] }));
  const asians = [4, 5, 6].map((id) => near(id, { regions: ["asia"] }));
  const [match] = matchesOf({ index: poolOf([seed, ...asians, ...europeans]), format: duo, at: 1_000 });
  assert.deepEqual(new Set(match.teams.flat()), new Set([seed, ...europeans]));
  assert.deepEqual(
    match.costs.find(({ term }) => term === "latency"),
    { term: "latency", secs: 1 },
  );
  const [far] = matchesOf({
    index: poolOf(copies([seed, ...asians, ...europeans.slice(1)])),
    format: duo,
    at: 1_000,
  });
  assert.deepEqual(
    idsOf([far]).flat().toSorted(),
    [seed, ...asians].map(({ ticketId }) => ticketId),
  );
});

test("[TF14] tickets of whom every two share a region, but not all one, do not meet", () => {
  const pairs = [
    ["asia", "europe"],
    ["europe", "oceania"],
    ["oceania", "asia"],
  ];
  const standings = pairs.map((regions, id) => party({ id, ratings: [1_500], wishes: { regions } }));
  const format = {
    ...duo,
    teams: [
      { min: 1, max: 1 },
      { min: 1, max: 1 },
      { min: 1, max: 1 },
    ],
  };
  assert.deepEqual(matchesOf({ index: poolOf(standings), format, at: 1_000 }), []);
});
