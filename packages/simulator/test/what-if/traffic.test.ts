import assert from "node:assert/strict";
import { test } from "node:test";
import { ratingSystemOf } from "@matchforge/core";
import { Random } from "../../src/time/random.ts";
import type { Arrival } from "../../src/what-if/arrival.ts";
import { DailyCurve } from "../../src/what-if/traffic/daily-curve.ts";
import { patienceDraw } from "../../src/what-if/traffic/draws.ts";
import { syntheticArrivals } from "../../src/what-if/traffic/synthetic-arrivals.ts";
import type { TrafficModel } from "../../src/what-if/traffic/traffic-model.ts";
import { duel, duelRules, sampleTraffic } from "./sample-traffic.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

function draw(model: Partial<TrafficModel>, tickets: number, seed = 1, rules = duelRules()): Arrival[] {
  return [...syntheticArrivals({ model: { ...sampleTraffic, ...model }, rules, seed, tickets })];
}

/** Whether a count of independent draws is as it should be: within five standard deviations. */
function isClose(count: number, expected: number): boolean {
  return Math.abs(count - expected) <= 5 * Math.sqrt(Math.max(1, expected));
}

test("[V7] a day has as many arrivals as the rate says, hour by hour as the curve says", () => {
  const model = { perSecond: 0.5, daily: [1, 2, 6, 3], startHour: 15 };
  const curve = new DailyCurve(model);
  const arrivals = draw({ arrivals: model }, 60_000).filter(({ at }) => at < dayMs);
  assert.ok(isClose(arrivals.length, 0.5 * 86_400), `${arrivals.length} in a day`);
  for (let hour = 0; hour < 24; hour += 1) {
    const count = arrivals.filter(({ at }) => Math.floor(at / hourMs) === hour).length;
    let expected = 0;
    for (let minute = 0; minute < 60; minute += 1)
      expected += curve.perMsAt(hour * hourMs + minute * 60_000 + 30_000) * 60_000;
    assert.ok(isClose(count, expected), `hour ${hour}: ${count} of ${expected}`);
  }
});

test("[V7] times between arrivals at a constant rate are exponential", () => {
  const arrivals = draw({ arrivals: { perSecond: 1, daily: [1], startHour: 0 } }, 20_001);
  const gaps = arrivals.slice(1).map(({ at }, place) => at - (arrivals[place]?.at ?? 0));
  for (const [part, quantile] of [
    [0.25, 287.7],
    [0.5, 693.1],
    [0.9, 2_302.6],
  ] as const) {
    const below = gaps.filter((gap) => gap < quantile).length;
    assert.ok(isClose(below, part * gaps.length), `${below} below the quantile ${part}`);
  }
});

test("[V8] as many leave within a time as the hazard says", () => {
  const random = new Random(5);
  const count = 20_000;
  for (const churn of [
    { perMinute: 0.3, growthPerMinute: 0 },
    { perMinute: 0.1, growthPerMinute: 0.4 },
  ]) {
    const waits = Array.from({ length: count }, () => patienceDraw(random, churn) / 60_000);
    for (const minutes of [0.5, 2, 5]) {
      const hazard = churn.perMinute * minutes + (churn.growthPerMinute * minutes * minutes) / 2;
      const left = waits.filter((wait) => wait <= minutes).length;
      assert.ok(isClose(left, count * (1 - Math.exp(-hazard))), `${left} left within ${minutes} min`);
    }
  }
  assert.equal(patienceDraw(random, { perMinute: 0, growthPerMinute: 0 }), Number.POSITIVE_INFINITY);
});

test("[V9] skills are the mixture, newcomers have the initial rating", () => {
  const skills = [
    { share: 1, middle: -100, spread: 100, skew: 0 },
    { share: 1, middle: 400, spread: 50, skew: 0.8 },
  ];
  const model = { skills, newcomers: { share: 0.2, middle: 0, spread: 10 }, ratingError: 0 };
  const arrivals = draw({ ...model, returning: { share: 0, afterMs: [0, 1] } }, 20_000);
  const initial = ratingSystemOf(duel().rating ?? assert.fail()).initial().rating;
  const skillsDrawn = arrivals.map(({ places: [place] }) => (place?.skill ?? 0) - initial);
  const newcomers = arrivals.filter(({ places: [place] }) => place?.rating === initial);
  assert.ok(isClose(newcomers.length, 4_000), `${newcomers.length} newcomers`);
  const below = (bound: number) => skillsDrawn.filter((skill) => skill < bound).length;
  // Half of the normal part lies below its middle; half of the other below its own, as all the rest does.
  assert.ok(isClose(below(-100), 4_000), `${below(-100)} below -100`);
  assert.ok(isClose(below(400), 16_000), `${below(400)} below 400`);
  const above = skillsDrawn.filter((skill) => skill > 500).length;
  // ln(1 + 0.8 × 2) ÷ 0.8 = 1.194 standard deviations: the part of a normal distribution above is 0.116.
  assert.ok(isClose(above, 4_000 * 2 * 0.116), `${above} in the tail`);
});

test("[V9] parties, regions and roles have their shares", () => {
  const crews = duelRules({
    teams: [
      { min: 1, max: 3 },
      { min: 1, max: 3 },
    ],
    partySizeMax: 3,
    search: { ...duel().search, sideDifferenceMax: 2 },
  });
  const model = {
    parties: { sizes: [5, 3, 2], spread: 80 },
    returning: { share: 0, afterMs: [0, 1] as const },
  };
  const arrivals = draw(model, 10_000, 1, crews);
  for (const [size, expected] of [
    [1, 5_000],
    [2, 3_000],
    [3, 2_000],
  ] as const) {
    const count = arrivals.filter(({ players }) => players.length === size).length;
    assert.ok(isClose(count, expected), `${count} parties of ${size}`);
  }
  const european = arrivals.filter(({ wishes }) => {
    const [eu, us] = wishes.latencies ?? [];
    return (eu?.latencyMs ?? 0) < (us?.latencyMs ?? 0);
  });
  assert.ok(isClose(european.length, (10_000 * 2) / 3), `${european.length} in eu`);
  const solo = arrivals.filter(({ players }) => players.length === 1);
  const tanks = solo.filter(({ wishes }) => wishes.roles[0]?.includes("tank")).length;
  assert.ok(isClose(tanks, solo.length * 0.3), `${tanks} tanks of ${solo.length}`);
  for (const { players, places, wishes } of arrivals) {
    assert.equal(new Set(players).size, players.length);
    if (players.length > 1) assert.equal(places[0]?.memberRatings?.length, players.length);
    assert.ok(wishes.roles.length === 0 || wishes.roles.length === players.length);
  }
});

test("[V9] a party returns in its time, and once for each visit", () => {
  const arrivals = draw({ returning: { share: 0.5, afterMs: [60_000, 120_000] } }, 20_000);
  const visits = new Map<string, number[]>();
  for (const { players, at } of arrivals) {
    const name = players.join();
    visits.set(name, [...(visits.get(name) ?? []), at]);
  }
  let returns = 0;
  for (const times of visits.values()) {
    for (const [place, at] of times.slice(1).entries()) {
      returns += 1;
      const awayMs = at - (times[place] ?? 0);
      assert.ok(awayMs >= 60_000 && awayMs <= 120_000, `away for ${awayMs} ms`);
    }
  }
  assert.ok(returns > 6_000 && returns < 10_200, `${returns} returns`);
});
