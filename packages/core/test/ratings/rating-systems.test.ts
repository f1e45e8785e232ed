import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { eloSystem } from "../../src/ratings/elo-system.ts";
import { glicko2System } from "../../src/ratings/glicko2-system.ts";
import type { Rating } from "../../src/ratings/rating.ts";
import type { RatingSystem, TeamResult } from "../../src/ratings/rating-system.ts";
import { wengLinSystem } from "../../src/ratings/weng-lin.ts";
import { bitsOf } from "../arithmetic/bits.ts";
import { agree, between, duel, extremeRating, matchesOf, orderOf, ratingOf, usualRating } from "./matches.ts";

const systems: readonly { name: string; system: RatingSystem }[] = [
  { name: "Elo", system: eloSystem() },
  { name: "Elo, truncated", system: eloSystem({ rounding: "truncate" }) },
  { name: "Glicko-2", system: glicko2System() },
  { name: "Weng-Lin", system: wengLinSystem() },
];
const runs = { numRuns: 300 };

for (const { name, system } of systems) {
  test(`[R12] ${name}: a rating for each player, with one game more; newcomers have none`, () => {
    assert.equal(system.initial().games, 0);
    fc.assert(
      fc.property(matchesOf(usualRating), (teams) => {
        assert.deepEqual(
          gamesOf(system.rate(teams)),
          gamesOf(
            teams.map(({ ratings }) => ratings),
            1,
          ),
        );
      }),
      runs,
    );
  });

  test(`[R14] ${name}: nobody loses by a win or gains by a defeat`, () => {
    fc.assert(
      fc.property(usualRating, usualRating, (left, right) => {
        const [[winner], [loser]] = system.rate(duel(left, right));
        assert.ok(winner.rating >= left.rating && loser.rating <= right.rating);
      }),
      { numRuns: 2_000 },
    );
  });

  test(`[R15] ${name}: equals who tie keep their ratings`, () => {
    fc.assert(
      fc.property(usualRating, (player) => {
        const [[left], [right]] = system.rate(duel(player, player, [1, 1]));
        assert.equal(left.rating, player.rating);
        assert.deepEqual(left, right);
      }),
      runs,
    );
  });

  test(`[R15] ${name}: a tie is the same from the other side, and draws the two together`, () => {
    fc.assert(
      fc.property(usualRating, usualRating, (left, right) => {
        const [[one], [other]] = system.rate(duel(left, right, [1, 1]));
        assert.deepEqual(system.rate(duel(right, left, [3, 3])), [[other], [one]]);
        const [weak, weakAfter] = left.rating <= right.rating ? [left, one] : [right, other];
        assert.ok(weakAfter.rating >= weak.rating);
      }),
      runs,
    );
  });

  test(`[R16] ${name}: predictions are probabilities that add up to one`, () => {
    fc.assert(
      fc.property(matchesOf(usualRating), (teams) => {
        const predicted = system.predict(teams);
        assert.ok(predicted.every((probability) => probability >= 0 && probability <= 1));
        assert.ok(Math.abs(predicted.reduce((sum, one) => sum + one, 0) - 1) < 1e-14);
      }),
      runs,
    );
    const newcomer = { ratings: [system.initial()] };
    assert.deepEqual(system.predict([newcomer, newcomer, newcomer]), [1 / 3, 1 / 3, 1 / 3]);
  });

  test(`[R16] ${name}: the better of two gets more, and the more the better it is`, () => {
    fc.assert(
      fc.property(usualRating, usualRating, between(1, 500), (left, right, more) => {
        const [own, other] = system.predict(duel(left, right));
        if (Math.abs(left.rating - right.rating) > 1e-6)
          assert.equal(own > other, left.rating > right.rating);
        const [raised] = system.predict(duel({ ...left, rating: left.rating + more }, right));
        assert.ok(raised > own);
      }),
      runs,
    );
  });
}

for (const { name, system } of systems.slice(2)) {
  test(`[R13] ${name}: to the last bit, the order of teams and players does not matter`, () => {
    fc.assert(
      fc.property(shuffledMatches, ({ teams, order, reversed }) => {
        const shuffled = order.map((index) => arranged(teams[index], reversed));
        const rated = system.rate(teams);
        const expected = order.map((index) => (reversed ? rated[index].toReversed() : rated[index]));
        assert.deepEqual(system.rate(shuffled), expected);
        const predicted = system.predict(teams);
        assert.deepEqual(
          system.predict(shuffled),
          order.map((index) => predicted[index]),
        );
      }),
      runs,
    );
  });
}

test("[R13] Elo: up to the rounding of its sums, the order of teams and players does not matter", () => {
  const system = eloSystem();
  fc.assert(
    fc.property(shuffledMatches, ({ teams, order, reversed }) => {
      const rated = system.rate(teams);
      system.rate(order.map((index) => arranged(teams[index], reversed))).forEach((ratings, place) => {
        const expected = reversed ? rated[order[place]].toReversed() : rated[order[place]];
        ratings.forEach(({ rating }, player) => {
          assert.ok(agree(rating, expected[player].rating, 1e-13));
        });
      });
    }),
    runs,
  );
});

const harsh: readonly { name: string; system: RatingSystem }[] = [
  ...systems,
  { name: "Glicko-2, jumpy", system: glicko2System({ tau: 50, periodsPerMatch: 0.3 }) },
  { name: "Glicko-2, steady", system: glicko2System({ tau: 0.001, periodsPerMatch: 0 }) },
  { name: "Weng-Lin, certain", system: wengLinSystem({ tau: 0, kappa: 0, beta: 0.01 }) },
];

for (const { name, system } of harsh) {
  test(`[R17] ${name}: finite numbers for whatever is within the limits`, () => {
    fc.assert(
      fc.property(matchesOf(extremeRating), (teams) => {
        for (const { rating, deviation, volatility } of system.rate(teams).flat()) {
          assert.ok(Number.isFinite(rating) && Number.isFinite(deviation) && Number.isFinite(volatility));
          assert.ok(deviation >= 0 && volatility >= 0);
        }
        assert.ok(system.predict(teams).every((probability) => probability >= 0 && probability <= 1));
      }),
      { numRuns: 2_000 },
    );
  });
}

test("[R17] a free-for-all of 64 against all odds is rated too", () => {
  for (const { system } of systems) {
    const teams = Array.from({ length: 64 }, (_, index) => ({
      ratings: [ratingOf(index * 60, { deviation: 350 })],
      rank: index + 1,
    }));
    const rated = system.rate(teams).map(([{ rating }]) => rating);
    assert.ok(rated.every(Number.isFinite));
    assert.ok(rated[0] > 0 && rated[63] < 63 * 60);
  }
});

test("[R18] Glicko-2 and Weng-Lin give the bits recorded", () => {
  const match = duel(ratingOf(1432.5), ratingOf(1611.25, { deviation: 77 }));
  assert.deepEqual(glicko2System().rate(match).flat().map(bitsOfAll), [
    ["4098700a22ef0fda", "40666bd4727a1883", "3faeb8a1767586f4"],
    ["4098dcb246ebdc0c", "405324babedd1eef", "3faeb8a7c9b7c0fb"],
  ]);
  assert.deepEqual(wengLinSystem().rate(match).flat().map(bitsOfAll), [
    ["4097978442a9e42c", "4068552cec568543", "3faeb851eb851eb8"],
    ["4098ff0a8ad8a381", "40533d9bbf07c6c4", "3faeb851eb851eb8"],
  ]);
});

const shuffledMatches = matchesOf(usualRating).chain((teams) =>
  fc.record({ teams: fc.constant(teams), order: orderOf(teams.length), reversed: fc.boolean() }),
);

function arranged({ ratings, rank }: TeamResult, reversed: boolean): TeamResult {
  return { ratings: reversed ? ratings.toReversed() : ratings, rank };
}

function gamesOf(teams: readonly (readonly Rating[])[], more = 0): number[][] {
  return teams.map((ratings) => ratings.map(({ games }) => games + more));
}

function bitsOfAll({ rating, deviation, volatility }: Rating): string[] {
  return [rating, deviation, volatility].map(bitsOf);
}
