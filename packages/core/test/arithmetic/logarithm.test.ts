import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { exponential } from "../../src/arithmetic/exponential.ts";
import { logarithm } from "../../src/arithmetic/logarithm.ts";
import { bitsOf } from "./bits.ts";
import { ulpsFromLogarithm } from "./exact.ts";

const positive = fc.double({ min: Number.MIN_VALUE, max: Number.MAX_VALUE, noNaN: true });

test("[R10] the logarithm agrees with the platform's to a unit or two in the last place", () => {
  fc.assert(
    fc.property(positive, (x) => {
      const expected = Math.log(x);
      assert.ok(Math.abs(logarithm(x) - expected) <= Math.abs(expected) * 2 * Number.EPSILON, `log(${x})`);
    }),
    { numRuns: 5_000 },
  );
});

test("[R10] it is within 1 unit in the last place of the truth, also close to 1", () => {
  const nearOne = fc.double({ min: 0.5, max: 2, noNaN: true });
  const anywhere = fc.double({ min: 2 ** -60, max: 2 ** 60, noNaN: true });
  fc.assert(
    fc.property(fc.oneof(nearOne, anywhere), (x) => {
      if (x !== 1) assert.ok(ulpsFromLogarithm(logarithm(x), x) <= 1, `log(${x})`);
    }),
    { numRuns: 500 },
  );
});

test("[R10] it undoes the exponential", () => {
  fc.assert(
    fc.property(fc.double({ min: -700, max: 700, noNaN: true }), (x) => {
      const tolerance = Math.max(1, Math.abs(x)) * 4 * Number.EPSILON;
      assert.ok(Math.abs(logarithm(exponential(x)) - x) <= tolerance, `${x}`);
    }),
  );
});

test("[R10] the ends are named, and powers of two are exact multiples", () => {
  assert.equal(logarithm(0), Number.NEGATIVE_INFINITY);
  assert.equal(logarithm(Number.POSITIVE_INFINITY), Number.POSITIVE_INFINITY);
  assert.ok(Number.isNaN(logarithm(-1)));
  assert.ok(Number.isNaN(logarithm(Number.NaN)));
  assert.equal(logarithm(1), 0);
  assert.equal(logarithm(2), Math.LN2);
  assert.equal(logarithm(10), Math.LN10);
  assert.equal(logarithm(2 ** 1023), 1023 * Math.LN2);
  assert.ok(Math.abs(logarithm(Number.MIN_VALUE) + 1074 * Math.LN2) < 1e-12);
});

test("[R10] it gives the recorded bits", () => {
  for (const [x, bits] of [
    [3, "3ff193ea7aad030a"],
    [0.1, "c0026bb1bbb55515"],
    [1.0001, "3f1a368d0657fcd4"],
    [1e300, "4085963447f87fb5"],
  ] as const)
    assert.equal(bitsOf(logarithm(x)), bits, `logarithm(${x})`);
});
