import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ModeOutcomes } from "../../src/what-if/outcomes/mode-outcomes.ts";
import { percentile, percentilesOf } from "../../src/what-if/outcomes/percentiles.ts";
import { skillBands } from "../../src/what-if/outcomes/skill-bands.ts";

test("[V4] percentiles of a known list are exact", () => {
  const hundred = Float64Array.from({ length: 100 }, (_, place) => 100 - place);
  assert.deepEqual(percentilesOf(hundred), {
    count: 100,
    mean: 50.5,
    p50: 50,
    p90: 90,
    p95: 95,
    p99: 99,
    max: 100,
  });
  const twenty = Float64Array.from({ length: 20 }, (_, place) => place + 1);
  assert.equal(percentile(twenty, 0.95), 19);
  assert.deepEqual(percentilesOf(Float64Array.of(7)), {
    count: 1,
    mean: 7,
    p50: 7,
    p90: 7,
    p95: 7,
    p99: 7,
    max: 7,
  });
  assert.equal(percentilesOf(new Float64Array()).max, 0);
});

test("[V4] a percentile is the least number that so many do not exceed", () => {
  const numbers = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(numbers, fc.constantFrom(0.5, 0.9, 0.95, 0.99, 1), (values, part) => {
      const found = percentile(Float64Array.from(values).sort(), part);
      const notAbove = (bound: number) => values.filter((value) => value <= bound).length;
      assert.ok(values.includes(found));
      assert.ok(notAbove(found) >= part * values.length - 1e-9);
      const below = values.filter((value) => value < found);
      if (below.length > 0) assert.ok(notAbove(Math.max(...below)) < part * values.length);
    }),
  );
});

test("[V5] bands are tenths of the tickets, and equal skills share one", () => {
  const outcomes = new ModeOutcomes("duel");
  for (let skill = 1; skill <= 100; skill += 1) {
    if (skill % 2 === 0) outcomes.ticketMatched({ skill, waitMs: skill * 1_000, gap: skill });
    else outcomes.ticketEnded("left", { skill, waitMs: 5 });
  }
  const bands = skillBands(outcomes);
  assert.deepEqual(
    bands.map(({ from, to, tickets }) => [from, to, tickets]),
    Array.from({ length: 10 }, (_, place) => [10 * place + 1, 10 * place + 10, 10]),
  );
  const [first] = bands;
  assert.deepEqual([first?.waitP50, first?.waitP95, first?.gapMean, first?.unmatchedShare], [6, 10, 6, 0.5]);

  const alike = new ModeOutcomes("duel");
  for (let ticket = 0; ticket < 100; ticket += 1)
    alike.ticketMatched({ skill: ticket < 70 ? 1_200 : 1_200 + ticket, waitMs: 1, gap: 0 });
  const [newcomers, ...others] = skillBands(alike);
  assert.deepEqual([newcomers?.from, newcomers?.to, newcomers?.tickets], [1_200, 1_200, 70]);
  assert.equal(others.length, 3);
});
