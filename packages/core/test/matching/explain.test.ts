import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { accepts, explain, proposePairs, windowOf, windowReachesAt } from "../../src/index.ts";
import { now, poolOf, search, standing, standingsArbitrary } from "./pool.ts";

test("[W28] an explanation counts everyone once, and those it calls matchable are", () => {
  fc.assert(
    fc.property(standingsArbitrary(40), (standings) => {
      const index = poolOf(standings);
      for (const own of standings.slice(0, 5)) {
        const told = explain({ index, search, at: now, standing: own });
        const blocked = Object.values(told.blocked).reduce((sum, count) => sum + count, 0);
        assert.equal(told.matchable + blocked, told.candidates);
        const able = standings.filter((other) => other !== own && accepts(own, other, search, now) === null);
        assert.equal(told.matchable, able.length);
      }
    }),
  );
});

test("[W28] whom a wave leaves alone has nobody left to be matched with", () => {
  const standings = [1_000, 1_050, 2_500].map((rating, id) => standing({ id, rating, enqueuedAt: now }));
  const index = poolOf(standings);
  const { pairs } = proposePairs({ index, search, at: now });
  assert.equal(pairs.length, 1);
  const outlier = standings[2];
  assert.ok(outlier !== undefined);
  const told = explain({ index, search, at: now, standing: outlier });
  assert.deepEqual([told.matchable, told.blocked.rating_window], [0, 2]);
  assert.deepEqual(told.nearest, { ratingGap: 1_450, reachedAt: now + 60_000 });
});

test("[W29] a window holds a gap exactly from the time that is told", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_000 }), fc.boolean(), (gap, expandSearch) => {
      const own = standing({ id: 1, wishes: { expandSearch }, enqueuedAt: 5_000 });
      const reachedAt = windowReachesAt(own, search, gap);
      if (reachedAt === Number.POSITIVE_INFINITY) {
        assert.ok(gap > windowOf(own, search, 10_000_000));
        return;
      }
      assert.ok(gap <= windowOf(own, search, reachedAt));
      if (reachedAt > own.enqueuedAt) assert.ok(gap > windowOf(own, search, reachedAt - 1));
    }),
  );
});

test("[W28] who is away, or kept back for a better match, is counted as that", () => {
  const [own, away, held] = [1_500, 1_510, 1_520].map((rating, id) =>
    standing({ id, rating, enqueuedAt: now }),
  );
  assert.ok(own !== undefined && away !== undefined && held !== undefined);
  const index = poolOf([own, away, held]);
  index.setPresent(away, false);
  const told = explain({ index, search, at: now, standing: own, limit: () => 15 });
  assert.deepEqual([told.blocked.absent, told.blocked.held, told.matchable], [1, 1, 0]);
});
