import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { orderedSum } from "../../src/arithmetic/ordered-sum.ts";

test("[R19] a sum is the same bits in any order", () => {
  const terms = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e100, max: 1e100 }));
  const shuffled = terms.chain((values) =>
    fc.tuple(fc.constant(values), fc.shuffledSubarray(values, { minLength: values.length })),
  );
  fc.assert(
    fc.property(shuffled, ([values, others]) => {
      assert.equal(orderedSum(others), orderedSum(values));
    }),
  );
  assert.equal(orderedSum([0.3, 0.2, 0.1]), orderedSum([0.1, 0.2, 0.3]));
  assert.notEqual(0.3 + 0.2 + 0.1, 0.1 + 0.2 + 0.3);
});

test("[R19] it adds up all of them and leaves them as they are", () => {
  const values = [3, -1, 2];
  assert.equal(orderedSum(values), 4);
  assert.deepEqual(values, [3, -1, 2]);
  assert.equal(orderedSum([]), 0);
});
