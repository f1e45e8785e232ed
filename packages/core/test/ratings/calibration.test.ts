import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  brierScore,
  type Forecast,
  forecastsOf,
  logLoss,
  reliabilityCurve,
} from "../../src/ratings/calibration.ts";
import { between } from "./matches.ts";

const forecast = fc.record({ predicted: between(0, 1), outcome: fc.constantFrom(0, 0.5, 1) });
const forecasts = fc.array(forecast, { minLength: 1, maxLength: 200 });

test("[R44] the logarithm of what was given to what happened", () => {
  const some = [
    { predicted: 0.8, outcome: 1 },
    { predicted: 0.6, outcome: 0 },
    { predicted: 0.3, outcome: 0.5 },
  ];
  const expected = -(Math.log(0.8) + Math.log(0.4) + (Math.log(0.3) + Math.log(0.7)) / 2) / 3;
  assert.ok(Math.abs(logLoss(some) - expected) < 1e-15);
  assert.ok(Math.abs(logLoss([{ predicted: 0.5, outcome: 0 }]) - Math.LN2) < 1e-15);
  assert.equal(logLoss([{ predicted: 1, outcome: 1 }]), 0);
});

test("[R44] a wrong certainty costs much, but not infinitely", () => {
  for (const [predicted, outcome] of [
    [0, 1],
    [1, 0],
  ])
    assert.ok(Math.abs(logLoss([{ predicted, outcome }]) - 12 * Math.LN10) < 1e-4);
});

test("[R45] the mean squared difference", () => {
  const some = [
    { predicted: 0.7, outcome: 1 },
    { predicted: 0.5, outcome: 0 },
  ];
  assert.ok(Math.abs(brierScore(some) - (0.09 + 0.25) / 2) < 1e-15);
});

test("[R46] each forecast is in one bin, with the means of what was predicted and came", () => {
  const some = [
    { predicted: 0, outcome: 0 },
    { predicted: 0.2, outcome: 1 },
    { predicted: 0.25, outcome: 0 },
    { predicted: 1, outcome: 1 },
  ];
  assert.deepEqual(reliabilityCurve(some, { bins: 4 }), [
    { from: 0, to: 0.25, count: 2, meanPredicted: 0.1, meanOutcome: 0.5 },
    { from: 0.25, to: 0.5, count: 1, meanPredicted: 0.25, meanOutcome: 0 },
    { from: 0.75, to: 1, count: 1, meanPredicted: 1, meanOutcome: 1 },
  ]);
  assert.deepEqual(reliabilityCurve([], { bins: 10 }), []);
});

test("[R46] none is lost, and each mean is inside its bin", () => {
  fc.assert(
    fc.property(forecasts, fc.integer({ min: 1, max: 20 }), (some, bins) => {
      const curve = reliabilityCurve(some, { bins });
      assert.equal(
        curve.reduce((sum, { count }) => sum + count, 0),
        some.length,
      );
      for (const { from, to, meanPredicted } of curve)
        assert.ok(meanPredicted >= from - 1e-12 && meanPredicted <= to + 1e-12);
    }),
  );
});

test("[R47] one forecast for each team; ties for the first place share it", () => {
  assert.deepEqual(forecastsOf([0.6, 0.4], [1, 2]), [
    { predicted: 0.6, outcome: 1 },
    { predicted: 0.4, outcome: 0 },
  ]);
  assert.deepEqual(
    forecastsOf([0.5, 0.3, 0.2], [4, 2, 2]).map(({ outcome }) => outcome),
    [0, 0.5, 0.5],
  );
});

test("[R48] true probabilities score better than any others, and lie on the diagonal", () => {
  // 40 wins each foretold with i ÷ 40, of which exactly that part comes true.
  const truth: Forecast[] = Array.from({ length: 1_600 }, (_, index) => {
    const chance = Math.floor(index / 40);
    return { predicted: chance / 40, outcome: index % 40 < chance ? 1 : 0 };
  });
  for (const { meanPredicted, meanOutcome } of reliabilityCurve(truth, { bins: 8 }))
    assert.ok(Math.abs(meanPredicted - meanOutcome) < 1e-12);
  for (const exaggerated of [0.5, 0.9, 1.1, 1.5]) {
    const biased = truth.map(({ predicted, outcome }) => ({
      predicted: Math.min(1, Math.max(0, 0.5 + (predicted - 0.5) * exaggerated)),
      outcome,
    }));
    assert.ok(brierScore(truth) < brierScore(biased));
    assert.ok(logLoss(truth) < logLoss(biased));
  }
});

test("[R49] a mean of nothing is an error", () => {
  assert.throws(() => logLoss([]), RangeError);
  assert.throws(() => brierScore([]), RangeError);
});
