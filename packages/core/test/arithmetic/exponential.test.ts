import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { exponential, powerOfTen } from "../../src/arithmetic/exponential.ts";
import { bitsOf } from "./bits.ts";
import { ulpsFromPower } from "./exact.ts";

test("[R8] the exponential agrees with the platform's to a few units in the last place", () => {
  fc.assert(
    fc.property(fc.double({ min: -700, max: 700, noNaN: true }), (x) => {
      const expected = Math.exp(x);
      assert.ok(Math.abs(exponential(x) - expected) <= expected * 4 * Number.EPSILON, `exp(${x})`);
    }),
    { numRuns: 2_000 },
  );
});

test("[R8] the power of ten agrees with the platform's to a few units in the last place", () => {
  fc.assert(
    fc.property(fc.double({ min: -300, max: 300, noNaN: true }), (x) => {
      const expected = 10 ** x;
      assert.ok(Math.abs(powerOfTen(x) - expected) <= expected * 4 * Number.EPSILON, `10^${x}`);
    }),
    { numRuns: 2_000 },
  );
});

test("[R9] both are within 2 units in the last place of the truth", () => {
  fc.assert(
    fc.property(fc.double({ min: -90, max: 90, noNaN: true }), (x) => {
      assert.ok(ulpsFromPower(exponential(x), { x, base: "e" }) <= 2, `exp(${x})`);
      assert.ok(ulpsFromPower(powerOfTen(x), { x, base: "ten" }) <= 2, `10^${x}`);
    }),
    { numRuns: 500 },
  );
});

test("[R8] the ends are named: 0, Infinity and NaN", () => {
  assert.equal(exponential(-746), 0);
  assert.equal(exponential(710), Number.POSITIVE_INFINITY);
  assert.equal(exponential(Number.NEGATIVE_INFINITY), 0);
  assert.ok(Number.isNaN(exponential(Number.NaN)));
  assert.equal(exponential(0), 1);
  assert.equal(exponential(-745), Number.MIN_VALUE);
  assert.equal(powerOfTen(-330), 0);
  assert.equal(powerOfTen(308.3), Number.POSITIVE_INFINITY);
  assert.equal(powerOfTen(Number.POSITIVE_INFINITY), Number.POSITIVE_INFINITY);
  assert.ok(Number.isNaN(powerOfTen(Number.NaN)));
  assert.equal(powerOfTen(0), 1);
});

test("[R8] they give the recorded bits", () => {
  const recorded: [number, string, string][] = [
    [1, "4005bf0a8b14576a", "4024000000000000"],
    [-1, "3fd78b56362cef38", "3fb999999999999a"],
    [0.145, "3ff27f235932edc2", "3ff6578659be784f"],
    [100, "48f3494a9b171bf5", "54b249ad2594c37d"],
  ];
  for (const [x, natural, decimal] of recorded) {
    assert.equal(bitsOf(exponential(x)), natural, `exponential(${x})`);
    assert.equal(bitsOf(powerOfTen(x)), decimal, `powerOfTen(${x})`);
  }
});
