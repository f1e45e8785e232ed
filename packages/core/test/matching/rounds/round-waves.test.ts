import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { accepts, type OpenRound, type PoolStanding, RoundWaves } from "../../../src/index.ts";
import { now as at, copies, poolOf, search, standing, standingsArbitrary } from "../pool.ts";

const anyone = {
  widening: { kind: "steps", steps: [{ afterMs: 0, gap: Number.POSITIVE_INFINITY }] },
  avoidRematch: null,
} as const;

function wave(
  standings: readonly PoolStanding[],
  options: {
    readonly playersMax?: number;
    readonly rounds?: readonly OpenRound[];
    readonly search?: typeof anyone | typeof search;
    readonly matchesMax?: number;
    readonly budget?: number;
  } = {},
) {
  const { playersMax = 8, rounds = [], matchesMax = 1_000, budget = 1_000_000 } = options;
  const index = poolOf(standings);
  const rules = options.search ?? anyone;
  const waves = new RoundWaves({ index, search: rules, waveMs: 50, playersMax, rounds: () => rounds });
  waves.startOver();
  const request = { now: 0, at, matchesMax, budget, skip: () => false };
  return { waves, request, formed: waves.run(request) };
}

const idsOf = (formed: ReturnType<typeof wave>["formed"]) =>
  formed.map(({ round, teams }) => [round?.match ?? null, ...teams.map(([one]) => one.ticketId)]);

test("[RF10] as few rounds as must be, of neighbours, and of much the same size", () => {
  const standings = Array.from({ length: 20 }, (_, id) =>
    standing({ id, rating: 1_000 + ((id * 7) % 20) * 10 }),
  );
  const { formed } = wave(standings);
  assert.deepEqual(
    formed.map(({ teams }) => teams.length),
    [7, 7, 6],
  );
  const ranges = formed.map(({ teams }) => teams.map(([one]) => one.rating));
  for (let place = 1; place < ranges.length; place += 1)
    assert.ok(Math.max(...ranges[place - 1]) < Math.min(...ranges[place]));
});

test("[RF10] an open round with room is filled before another is opened, the nearest first", () => {
  const members = (rating: number) => [standing({ id: rating, rating })];
  const rounds = [
    { match: "match_low", members: members(1_000) },
    { match: "match_high", members: members(2_000) },
  ] as const;
  const { formed } = wave([standing({ id: 1, rating: 1_900 }), standing({ id: 2, rating: 1_100 })], {
    rounds,
  });
  assert.deepEqual(idsOf(formed), [
    ["match_low", "ticket_000002"],
    ["match_high", "ticket_000001"],
  ]);
});

test("[RF10] a full round, or one where somebody refuses, is passed over", () => {
  const full = Array.from({ length: 8 }, (_, id) => standing({ id: 100 + id }));
  const refusing = [standing({ id: 200, wishes: { blocked: ["player_1"] } })];
  const rounds = [
    { match: "match_full", members: full },
    { match: "match_refusing", members: refusing },
  ] as const;
  assert.deepEqual(idsOf(wave([standing({ id: 1 })], { rounds }).formed), [[null, "ticket_000001"]]);
});

test("[RF10] what one wave has no room for is placed by the next", () => {
  const standings = Array.from({ length: 20 }, (_, id) => standing({ id }));
  const { waves, request, formed } = wave(standings, { matchesMax: 1 });
  assert.equal(formed.length, 1);
  const taken = new Set(formed[0].teams.flat());
  assert.equal(waves.dueInMs(50, at), 0);
  const next = waves.run({ ...request, now: 50, matchesMax: 9, skip: (one) => taken.has(one) });
  assert.equal(next.flatMap(({ teams }) => teams).length, 13);
});

test("[RF10] an open round is filled even where no further one may be opened", () => {
  const rounds = [{ match: "match_open", members: [standing({ id: 100 })] }] as const;
  const { formed } = wave([standing({ id: 1 })], { rounds, matchesMax: 0 });
  assert.deepEqual(idsOf(formed), [["match_open", "ticket_000001"]]);
});

test("[RF10] those for whom no round may be opened keep nobody from one that takes them, however little time there is", () => {
  const rounds = [{ match: "match_open", members: [standing({ id: 100 })] }] as const;
  const wishes = { opponentMin: 9_999, expandSearch: false };
  const choosy = Array.from({ length: 20 }, (_, id) => standing({ id, wishes }));
  const newcomer = standing({ id: 50, enqueuedAt: at });
  const { waves, request, formed } = wave([...choosy, newcomer], { rounds, matchesMax: 0, budget: 10 });
  const all = [...formed];
  for (let now = 50; now < 2_000 && all.length === 0; now += 50) {
    assert.ok(waves.dueInMs(now, at) <= 0);
    all.push(...waves.run({ ...request, now }));
  }
  assert.deepEqual(idsOf(all), [["match_open", "ticket_000050"]]);
  const skip = (one: PoolStanding) => one === newcomer;
  const opened: typeof all = [];
  for (let now = 2_000; now < 6_000; now += 50)
    opened.push(
      ...waves.run({
        ...request,
        now,
        matchesMax: 1,
        skip: (one) => skip(one) || opened.some(({ teams }) => teams.flat().includes(one)),
      }),
    );
  assert.equal(opened.length, 20);
});

test("[RF10] who found no room is looked at again though nobody else can be placed", () => {
  const { waves, request } = wave([standing({ id: 1 }), standing({ id: 2 })], { matchesMax: 0, budget: 1 });
  waves.run({ ...request, now: 50, skip: ({ ticketId }) => ticketId === "ticket_000002" });
  waves.run({ ...request, now: 100, skip: ({ ticketId }) => ticketId === "ticket_000002" });
  assert.ok(waves.dueInMs(150, at) <= 0);
});

test("[RF10] a wave is done with what it may look at, and the next goes on", () => {
  const rounds = Array.from({ length: 40 }, (_, id) => ({
    match: `match_${id}` as const,
    members: [standing({ id: 1_000 + id, wishes: { opponentMin: 9_999, expandSearch: false } })],
  }));
  const standings = Array.from({ length: 100 }, (_, id) => standing({ id }));
  const { waves, request, formed } = wave(standings, { rounds, budget: 400 });
  const placed = new Set(formed.flatMap(({ teams }) => teams.flat()));
  assert.ok(placed.size > 0 && placed.size < 20, `${placed.size} at once`);
  for (let now = 50; now < 5_000; now += 50) {
    const next = waves.run({ ...request, now, skip: (one) => placed.has(one) });
    for (const one of next.flatMap(({ teams }) => teams.flat())) placed.add(one);
  }
  assert.equal(placed.size, 100);
});

test("[RF10] who is hidden or away is placed when that is over", () => {
  const hidden = standing({ id: 1, eligibleAt: at + 500 });
  const { waves, request, formed } = wave([hidden]);
  assert.deepEqual(formed, []);
  assert.equal(waves.dueInMs(60, at), 500);
  assert.equal(waves.run({ ...request, now: 500, at: at + 500 }).length, 1);
});

test("[RF11] everybody due is placed, no round is too large, and all in one accept each other", () => {
  const rounds = fc.array(fc.integer({ min: 1_000, max: 2_000 }), { maxLength: 3 });
  fc.assert(
    fc.property(
      standingsArbitrary(60),
      rounds,
      fc.integer({ min: 2, max: 12 }),
      (standings, open, playersMax) => {
        const known: OpenRound[] = open.map((rating, id) => ({
          match: `match_${id}`,
          members: [standing({ id: 1_000 + id, rating, enqueuedAt: 30_000 })],
        }));
        const { formed } = wave(standings, { search, rounds: known, playersMax });
        const placed = formed.flatMap(({ teams }) => teams.flat());
        const due = standings.filter(({ eligibleAt }) => eligibleAt <= at);
        assert.deepEqual(
          placed.map(({ ticketId }) => ticketId).sort(),
          due.map(({ ticketId }) => ticketId).sort(),
        );
        for (const { round, teams } of formed) {
          const before = known.find(({ match }) => match === round?.match)?.members ?? [];
          const members = [...before, ...teams.flat()];
          assert.ok(members.length <= playersMax);
          for (const [place, one] of members.entries())
            for (const other of members.slice(place + 1)) assert.equal(accepts(one, other, search, at), null);
        }
      },
    ),
    { numRuns: 5_000 },
  );
});

test("[RF11] the order in which tickets came in does not matter", () => {
  const shuffled = standingsArbitrary(40).chain((standings) =>
    fc.tuple(fc.constant(standings), fc.shuffledSubarray(standings, { minLength: standings.length })),
  );
  fc.assert(
    fc.property(shuffled, ([standings, other]) => {
      const [one, two] = [standings, other].map((list) => idsOf(wave(copies(list), { search }).formed));
      assert.equal(JSON.stringify(one), JSON.stringify(two));
    }),
    { numRuns: 1_000 },
  );
});
