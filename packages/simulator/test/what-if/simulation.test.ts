import assert from "node:assert/strict";
import { test } from "node:test";
import { defineMode, defineRules, duelSearch, noWishes } from "@matchforge/core";
import fc from "fast-check";
import type { Arrival } from "../../src/what-if/arrival.ts";
import { runArrivals } from "../../src/what-if/run/run-arrivals.ts";
import { syntheticArrivals } from "../../src/what-if/traffic/synthetic-arrivals.ts";
import { simulateTraffic } from "../../src/what-if/what-if.ts";
import { duel, duelRules, sampleTraffic, twoModes } from "./sample-traffic.ts";

const run = (seed: number) =>
  simulateTraffic({ rules: twoModes, traffic: sampleTraffic, seed, tickets: 1_000, withFrontier: true });

test("[V1] the same seed gives the same report, another seed another", () => {
  const first = JSON.stringify(run(7));
  assert.equal(JSON.stringify(run(7)), first);
  assert.notEqual(JSON.stringify(run(8)), first);
});

/** A ticket for some modes; skill and rating are the same. */
function arrival(
  options: Partial<Arrival> & { readonly at: number; readonly modes?: readonly string[]; rating?: number },
): Arrival {
  const { modes = ["duel"], rating = 1_200, ...rest } = options;
  const places = modes.map((mode) => ({ mode, tier: null, rating, memberRatings: null, skill: rating }));
  return {
    players: [`player_${options.at}`],
    places,
    wishes: noWishes,
    draw: 0,
    leavesAt: Number.POSITIVE_INFINITY,
    ...rest,
  };
}

const arrivalsOf = fc
  .array(
    fc.record({
      gap: fc.integer({ min: 0, max: 40_000 }),
      rating: fc.integer({ min: 600, max: 2_400 }),
      patience: fc.option(fc.integer({ min: 1, max: 400_000 }), { nil: Number.POSITIVE_INFINITY }),
      modes: fc.constantFrom(["duel"], ["casual"], ["duel", "casual"]),
      player: fc.integer({ min: 0, max: 30 }),
    }),
    { maxLength: 60 },
  )
  .map((visits) => {
    let at = 0;
    return visits.map(({ gap, rating, patience, modes, player }) => {
      at += gap;
      return arrival({ at, rating, modes, leavesAt: at + patience, players: [`player_${player}`] });
    });
  });

test("[V2] [V3] every ticket ends exactly once in each of its modes, and is in one match at most", () => {
  fc.assert(
    fc.property(arrivalsOf, (arrivals) => {
      const matched: number[] = [];
      const report = runArrivals({
        rules: twoModes,
        arrivals,
        onMatch: ({ teams }) => matched.push(...teams.flat()),
      });
      assert.equal(new Set(matched).size, matched.length);
      for (const { mode, tickets, ends, matches, waitSecs, ratingGap } of report.modes) {
        assert.equal(
          tickets,
          arrivals.filter(({ places }) => places.some((place) => place.mode === mode)).length,
        );
        assert.equal(
          Object.values(ends).reduce((sum, count) => sum + count, 0),
          tickets,
        );
        assert.equal(ends.matched, 2 * matches);
        assert.equal(waitSecs.count, ends.matched);
        assert.equal(ratingGap.count, matches);
      }
      const sum = (end: "matched" | "elsewhere") =>
        report.modes.reduce((total, { ends }) => total + ends[end], 0);
      assert.equal(sum("matched"), matched.length);
      const inBoth = matched.filter((number) => arrivals[number]?.places.length === 2).length;
      assert.equal(sum("elsewhere"), inBoth);
    }),
    { numRuns: 300 },
  );
});

test("[V2] tickets end for the reason that comes first", () => {
  const { modes } = runArrivals({
    rules: duelRules({ antiSnipeMs: [0, 0] }),
    endsAt: 1_000_000,
    arrivals: [
      arrival({ at: 0, rating: 1_200, leavesAt: 20_000 }),
      arrival({ at: 21_000, rating: 1_200 }),
      arrival({ at: 400_000, rating: 1_200 }),
      arrival({ at: 410_000, rating: 1_290 }),
      arrival({ at: 900_000, rating: 1_200 }),
    ],
  });
  const [summary] = modes;
  assert.deepEqual(summary?.ends, {
    matched: 2,
    elsewhere: 0,
    left: 1,
    timed_out: 1,
    waiting: 1,
    refused: 0,
  });
  assert.equal(summary?.waitSecs.max, 10);
  assert.equal(summary?.ratingGap.max, 90);
  assert.equal(summary?.unmatchedShare, 0.5);
});

test("[V10] a ticket waits out its anti-snipe delay", () => {
  const { modes } = runArrivals({
    rules: duelRules({ antiSnipeMs: [1_000, 3_000] }),
    endsAt: 60_000,
    arrivals: [arrival({ at: 0, draw: 0 }), arrival({ at: 10, draw: 0x8000_0000 })],
  });
  assert.equal(modes[0]?.waitSecs.max, 2.01);
  assert.equal(modes[0]?.waitSecs.p50, 2);
});

test("[V10] a player who waits already and a full pool refuse a ticket", () => {
  const { modes } = runArrivals({
    rules: duelRules({
      maxTickets: 2,
      search: { ...duelSearch, widening: { kind: "steps", steps: [{ afterMs: 0, gap: 1 }] } },
    }),
    arrivals: [
      arrival({ at: 0, rating: 1_000, players: ["player_a"] }),
      arrival({ at: 1, rating: 1_000, players: ["player_a"] }),
      arrival({ at: 2, rating: 1_100 }),
      arrival({ at: 3, rating: 1_200 }),
    ],
  });
  assert.deepEqual([modes[0]?.ends.refused, modes[0]?.ends.waiting], [2, 2]);
});

test("[V6] other rules see the same players come and lose patience", () => {
  const strict = duelRules({
    maxWaitMs: 10_000,
    search: { ...duelSearch, widening: { kind: "linear", gap: 5, perSecond: 1, max: 50 } },
  });
  const draw = (rules: typeof strict) => [
    ...syntheticArrivals({ model: sampleTraffic, rules, seed: 3, tickets: 2_000 }),
  ];
  assert.deepEqual(draw(strict), draw(duelRules()));
});

test("[V15] the frontier is traced on both sides of the given rules", () => {
  const { frontier } = simulateTraffic({
    rules: duelRules(),
    traffic: sampleTraffic,
    seed: 2,
    tickets: 5_000,
    withFrontier: true,
  });
  const points = frontier[0]?.points ?? [];
  const byKind = (kind: string) => points.filter((point) => point.kind === kind);
  assert.deepEqual([byKind("given").length, byKind("speed").length, byKind("hold").length], [1, 4, 5]);
  const [slowest, , , fastest] = byKind("speed");
  assert.ok((slowest?.gapMean ?? 0) < (fastest?.gapMean ?? 0), "faster widening gives wider gaps");
  const [cheapest, , , , dearest] = byKind("hold");
  assert.ok((cheapest?.gapMean ?? 0) < (dearest?.gapMean ?? 0), "a dear second gives wider gaps");
  assert.ok((cheapest?.waitP95Secs ?? 0) > (dearest?.waitP95Secs ?? 0), "and shorter waits");
});

test("[V2] [V9] teams are made up of whole parties, each role filled", () => {
  const roles = [
    { role: "tank", count: 1 },
    { role: "dps", count: 2 },
  ];
  const rules = duelRules({ teams: [3, 3], partySizeMax: 3, roles });
  const traffic = {
    ...sampleTraffic,
    parties: { sizes: [6, 2, 1], spread: 80 },
    roles: { tank: 0.4, dps: 0.9 },
  };
  const arrivals = [...syntheticArrivals({ model: traffic, rules, seed: 4, tickets: 2_000 })];
  const sizes = new Set<number>();
  let matches = 0;
  const { modes } = runArrivals({
    rules,
    arrivals,
    onMatch({ teams }) {
      matches += 1;
      assert.equal(teams.length, 2);
      for (const team of teams) {
        const players = team.flatMap((number) => arrivals[number]?.players ?? []);
        assert.equal(new Set(players).size, 3);
        for (const number of team) sizes.add(arrivals[number]?.players.length ?? 0);
      }
    },
  });
  assert.ok(matches > 200, `${matches} matches`);
  assert.deepEqual([...sizes].sort(), [1, 2, 3]);
  const { ends, tickets, favouriteChance } = modes[0] ?? assert.fail();
  assert.equal(
    Object.values(ends).reduce((sum, count) => sum + count, 0),
    tickets,
  );
  assert.ok(favouriteChance.p50 >= 0.5 && favouriteChance.max <= 1);
});

test("[V19] modes that cannot be simulated are left out and named", () => {
  const rules = defineRules({
    modes: [
      duel(),
      defineMode({ id: "off", enabled: false }),
      defineMode({ id: "later", available: false }),
      defineMode({ id: "own", matcher: "ours" }),
    ],
  });
  const { after, skipped } = simulateTraffic({ ...small, rules, traffic: sampleTraffic });
  assert.deepEqual(
    after.modes.map(({ mode }) => mode),
    ["duel"],
  );
  assert.deepEqual(
    skipped.map(({ mode }) => mode),
    ["off", "later", "own"],
  );
  assert.ok(skipped.every(({ reason }) => reason.length > 0));
});

const small = { seed: 1, tickets: 100, withFrontier: false } as const;
