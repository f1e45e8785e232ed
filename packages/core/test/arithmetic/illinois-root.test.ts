import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { illinoisRoot } from "../../src/arithmetic/illinois-root.ts";

/** How often a function is asked until its root between −1 and 1,000 is found, and where that is. */
function search(f: (x: number) => number): { root: number; asked: number } {
  let asked = 0;
  const counted = (x: number) => {
    asked += 1;
    return f(x);
  };
  return { root: illinoisRoot(counted, { from: -1, to: 1_000, tolerance: 1e-9 }), asked };
}

test("[R50] it finds the root of whatever changes its sign once", () => {
  const curves: ((x: number) => number)[] = [
    (x) => x,
    (x) => x * x * x,
    (x) => Math.expm1(x / 50),
    Math.sign,
  ];
  fc.assert(
    fc.property(
      fc.double({ min: -0.999, max: 999, noNaN: true }),
      fc.constantFrom(...curves),
      fc.constantFrom(1, -1),
      (expected, curve, sign) => {
        const { root } = search((x) => sign * curve(x - expected));
        assert.ok(Math.abs(root - expected) <= 2e-9, `${root} for ${expected}`);
      },
    ),
  );
});

test("[R50] smooth functions take a handful of steps", () => {
  const { root, asked } = search((x) => x / (x + 30) - 0.25);
  assert.ok(Math.abs(root - 10) < 1e-9);
  assert.ok(asked <= 15, `${asked}`);
});

test("[R50] the worst take a bounded number: 50, then as many as halving takes", () => {
  // Flat on one side, so that regula falsi crawls.
  const flat = search((x) => (x < 0.5 ? -1e-300 : 1e300 * (x - 0.5)));
  assert.ok(Math.abs(flat.root - 0.5) <= 2e-9);
  assert.ok(flat.asked > 50 && flat.asked <= 2 + 50 + 40, `${flat.asked}`);
});

test("[R50] an end that is a root is found", () => {
  assert.equal(
    illinoisRoot((x) => x - 2, { from: 1, to: 2, tolerance: 1e-6 }),
    2,
  );
});
