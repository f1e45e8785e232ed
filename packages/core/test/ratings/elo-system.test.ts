import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { expectedScore, rateElo } from "../../src/ratings/elo.ts";
import { eloDefaults, eloSystem } from "../../src/ratings/elo-system.ts";
import { agree, duel, matchesOf, ratingOf, usualRating } from "./matches.ts";

test("[R20] the system moves ratings as rateElo does", () => {
  fc.assert(
    fc.property(matchesOf(usualRating), fc.constantFrom("truncate", "none"), (teams, rounding) => {
      const options = { k: 24, rounding } as const;
      const numbers = teams.map(({ ratings, rank }) => ({ ratings: ratings.map((one) => one.rating), rank }));
      const rated = eloSystem(options).rate(teams);
      assert.deepEqual(
        rated.map((ratings) => ratings.map(({ rating }) => rating)),
        rateElo(options, numbers),
      );
    }),
  );
});

test("[R20] a game leaves 0.99 of the deviation, all of the volatility, and counts", () => {
  const [[winner]] = eloSystem().rate(duel(eloSystem().initial(), ratingOf(1500)));
  assert.deepEqual(winner, { rating: 1516, deviation: 350 * 0.99, volatility: 0.06, games: 1 });
});

test("[R20] newcomers start where the mode says", () => {
  assert.deepEqual(eloSystem().initial(), { rating: 1500, deviation: 350, volatility: 0.06, games: 0 });
  const initial = { ...eloDefaults.initial, rating: 1200 };
  const arcade = eloSystem({ initial, rounding: "truncate" });
  const [[winner], [loser]] = arcade.rate(duel(arcade.initial(), arcade.initial()));
  assert.deepEqual([winner.rating, loser.rating], [1216, 1184]);
});

test("[R21] two players are predicted by their expected scores", () => {
  fc.assert(
    fc.property(usualRating, usualRating, (left, right) => {
      const [own, other] = eloSystem().predict(duel(left, right));
      assert.ok(agree(own, expectedScore(left.rating, right.rating), 1e-14));
      assert.ok(agree(other, expectedScore(right.rating, left.rating), 1e-14));
    }),
  );
});

test("[R21] among several teams any two keep their odds", () => {
  fc.assert(
    fc.property(matchesOf(usualRating), (teams) => {
      const [first, second] = eloSystem().predict(teams);
      const [alone, against] = eloSystem().predict(teams.slice(0, 2));
      assert.ok(Math.abs(first * against - second * alone) < 1e-14);
    }),
  );
  // 1600, 1200 and 800: 100, 10 and 1 in 111.
  const teams = [1600, 1200, 800].map((rating) => ({ ratings: [ratingOf(rating)] }));
  eloSystem()
    .predict(teams)
    .forEach((probability, index) => {
      assert.ok(Math.abs(probability - [100, 10, 1][index] / 111) < 1e-14);
    });
});
