import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { hardReset, isActiveSeason, softReset } from "../../src/ratings/season.ts";
import { ratingOf, usualRating } from "./matches.ts";

test("[R36] half of the way to 1500, with a deviation of 200", () => {
  const before = ratingOf(1800, { deviation: 60, volatility: 0.05, games: 90 });
  assert.deepEqual(softReset()(before), { rating: 1650, deviation: 200, volatility: 0.05, games: 90 });
  const own = softReset({ target: 1200, share: 0.25, deviation: 150 });
  assert.deepEqual(own(before), { ...before, rating: 1650, deviation: 150 });
});

test("[R36] it keeps the order", () => {
  fc.assert(
    fc.property(usualRating, usualRating, (left, right) => {
      const [one, other] = [left, right].map(softReset());
      if (left.rating <= right.rating) assert.ok(one.rating <= other.rating);
      else assert.ok(one.rating >= other.rating);
    }),
  );
});

test("[R37] everybody is a newcomer, but for the games", () => {
  const veteran = ratingOf(1800, { deviation: 60, volatility: 0.05, games: 90 });
  assert.deepEqual(hardReset()(veteran), { rating: 1500, deviation: 350, volatility: 0.06, games: 90 });
  const initial = { rating: 1200, deviation: 300, volatility: 0.07, games: 0 };
  assert.deepEqual(hardReset(initial)(veteran), { ...initial, games: 90 });
});

test("[R38] a season runs from its start up to its end", () => {
  const season = { id: "spring", startsAt: 1_000, endsAt: 2_000 };
  const moments = [999, 1_000, 1_999, 2_000];
  assert.deepEqual(
    moments.map((at) => isActiveSeason(season, at)),
    [false, true, true, false],
  );
});
