import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { exponential, powerOfTen } from "../../src/index.ts";

test("[R8] the exponential agrees with the platform's to a few units in the last place", () => {
  fc.assert(
    fc.property(fc.double({ min: -700, max: 700, noNaN: true }), (x) => {
      const expected = Math.exp(x);
      assert.ok(Math.abs(exponential(x) - expected) <= expected * 8 * Number.EPSILON, `exp(${x})`);
    }),
    { numRuns: 2_000 },
  );
  fc.assert(
    fc.property(fc.double({ min: -10, max: 10, noNaN: true }), (x) => {
      const expected = 10 ** x;
      assert.ok(Math.abs(powerOfTen(x) - expected) <= expected * 40 * Number.EPSILON, `10^${x}`);
    }),
  );
});

test("[R8] its ends are named: 0, Infinity and NaN", () => {
  assert.equal(exponential(-746), 0);
  assert.equal(exponential(710), Number.POSITIVE_INFINITY);
  assert.ok(Number.isNaN(exponential(Number.NaN)));
  assert.equal(exponential(0), 1);
});

test("[R8] it gives the recorded bits", () => {
  const bits = (value: number) => new BigUint64Array(Float64Array.of(value).buffer)[0].toString(16);
  const recorded: [number, string][] = [
    [1, "4005bf0a8b14576a"],
    [-1, "3fd78b56362cef38"],
    [0.145, "3ff27f235932edc2"],
    [100, "48f3494a9b171bf5"],
  ];
  for (const [x, expected] of recorded) assert.equal(bits(exponential(x)), expected, `exponential(${x})`);
});
