import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { explain, type PoolStanding } from "../../src/index.ts";
import { now, poolOf, search, standing, standingsArbitrary } from "../matching/pool.ts";

test("[RC15] a sample counts for all: the numbers add up, and nobody is called matchable who is not", () => {
  fc.assert(
    fc.property(standingsArbitrary(40), fc.integer({ min: 1, max: 50 }), (standings, sampleMax) => {
      const index = poolOf(standings);
      for (const own of standings.slice(0, 5)) {
        const whole = explain({ index, search, at: now, standing: own });
        const told = explain({ index, search, at: now, standing: own, sampleMax });
        const blocked = Object.values(told.blocked).reduce((sum, count) => sum + count, 0);
        assert.equal(told.matchable + blocked, whole.candidates);
        if (sampleMax >= standings.length) assert.deepEqual(told, whole);
        if (whole.matchable === 0) assert.equal(told.matchable, 0);
      }
    }),
  );
});

test("[RC15] a tenth of a large pool tells the shares of the whole, and looks at no more than it may", () => {
  let looks = 0;
  const standings = Array.from({ length: 5_000 }, (_, id) =>
    watched(standing({ id, rating: 1_000 + ((id * 7_919) % 1_000), enqueuedAt: now - (id % 40_000) }), () => {
      looks += 1;
    }),
  );
  const own = standing({ id: 5_000, rating: 1_333, enqueuedAt: now - 5_000 });
  const index = poolOf([...standings, own]);
  const whole = explain({ index, search, at: now, standing: own });
  looks = 0;
  const told = explain({ index, search, at: now, standing: own, sampleMax: 500 });
  assert.ok(looks <= 500, `${looks} looks`);
  assert.ok(Math.abs(told.matchable - whole.matchable) < 0.2 * whole.matchable);
  assert.ok(
    Math.abs(told.blocked.rating_window - whole.blocked.rating_window) < 0.2 * whole.blocked.rating_window,
  );
});

/** A standing that tells when somebody asks whether it may be matched yet. */
function watched(one: PoolStanding, onLook: () => void): PoolStanding {
  return Object.defineProperty(one, "eligibleAt", {
    get: () => {
      onLook();
      return 0;
    },
  });
}
