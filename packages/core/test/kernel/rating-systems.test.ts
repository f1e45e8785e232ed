import assert from "node:assert/strict";
import { test } from "node:test";
import { defineMode, defineRules, type RatingRules, ratingSystemOf, rulesProblems } from "../../src/index.ts";

const systems: readonly Exclude<RatingRules, { system: "custom" }>[] = [
  { system: "elo", initial: 1200, k: 32, rounding: "truncate" },
  { system: "glicko2", initial: 1500, deviation: 350, volatility: 0.06, tau: 0.5, periodsPerMatch: 1 },
  { system: "weng_lin", initial: 1500, deviation: 350, beta: 25 / 6, tau: 25 / 300 },
];

test("[R51] the rules name a mode's rating system and its numbers", () => {
  const first = systems.map((rules) => {
    const system = ratingSystemOf(rules);
    const newcomer = system.initial();
    assert.equal(newcomer.rating, rules.initial);
    const [[winner], [loser]] = system.rate([
      { ratings: [newcomer], rank: 1 },
      { ratings: [newcomer], rank: 2 },
    ]) as [[typeof newcomer], [typeof newcomer]];
    return [Math.round(winner.rating * 10) / 10, Math.round(loser.rating * 10) / 10];
  });
  assert.deepEqual(first, [
    [1216, 1184],
    [1662.3, 1337.7],
    [1610.7, 1389.3],
  ]);
});

test("[R52] numbers no system can work with are refused with their place", () => {
  const pathsOf = (rating: RatingRules) =>
    rulesProblems(defineRules({ modes: [defineMode({ id: "a", rating })] })).map(({ path }) => path);
  for (const rules of systems) {
    assert.deepEqual(pathsOf(rules), []);
    for (const [key, value] of Object.entries(rules)) {
      if (typeof value !== "number") continue;
      assert.deepEqual(pathsOf({ ...rules, [key]: Number.NaN }), [`modes.a.rating.${key}`]);
    }
  }
});
