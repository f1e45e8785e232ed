import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Decay, glicko2Decay, linearDecay, noDecay } from "../../src/ratings/decay.ts";
import { idleGlicko2 } from "../../src/ratings/glicko2.ts";
import { glicko2Defaults } from "../../src/ratings/glicko2-system.ts";
import { between, ratingOf, usualRating } from "./matches.ts";

const player = ratingOf(1500, { deviation: 60 });
const recordOf = { deviation: between(30, 350), volatility: fc.constant(0.06), games: fc.nat() };

test("[R34] a point and half a point of deviation for each full day", () => {
  const decay = linearDecay();
  assert.equal(decay(player, 0.99), player);
  assert.equal(decay(player, -5), player);
  assert.deepEqual(decay(player, 1), { ...player, rating: 1499, deviation: 60.5 });
  assert.deepEqual(decay(player, 10.9), { ...player, rating: 1490, deviation: 65 });
});

test("[R34] up to a hundred points and a deviation of 350", () => {
  assert.deepEqual(linearDecay()(player, 100), { ...player, rating: 1400, deviation: 110 });
  assert.deepEqual(linearDecay()(player, 10_000), { ...player, rating: 1400, deviation: 350 });
  assert.equal(linearDecay()(ratingOf(1500, { deviation: 400 }), 3).deviation, 400);
});

test("[R34] with numbers of a mode's own", () => {
  const decay = linearDecay({ pointsPerDay: 5, pointsMax: 20, deviationPerDay: 0, ratingMin: 1490 });
  assert.deepEqual(decay(player, 1), { ...player, rating: 1495 });
  assert.deepEqual(decay(player, 30), { ...player, rating: 1490 });
});

test("[R34] nobody falls below the least rating by it, or is lifted to it", () => {
  const strangers = fc.record({ ...recordOf, rating: between(-500, 500) });
  fc.assert(
    fc.property(strangers, between(0, 1_000), (stranger, idleDays) => {
      const { rating } = linearDecay()(stranger, idleDays);
      assert.ok(rating <= stranger.rating);
      assert.ok(rating >= Math.min(stranger.rating, 0));
    }),
  );
});

test("[R35] no decay changes nothing", () => {
  assert.equal(noDecay(player, 1_000), player);
});

test("[R35] Glicko-2's decay is idleness in its periods", () => {
  const decay = glicko2Decay({ ...glicko2Defaults, periodDays: 7 });
  fc.assert(
    fc.property(usualRating, between(0, 400), (rating, idleDays) => {
      assert.deepEqual(decay(rating, idleDays), idleGlicko2(glicko2Defaults, rating, idleDays / 7));
    }),
  );
});

test("[R35] any function is a decay", () => {
  const halving: Decay = (rating, idleDays) =>
    idleDays < 90 ? rating : { ...rating, rating: rating.rating / 2 };
  assert.deepEqual(
    [linearDecay(), noDecay, halving].map((decay) => decay(player, 90).rating),
    [1410, 1500, 750],
  );
});
