import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { rate as ratePeer } from "openskill";
import type { Rating } from "../../src/ratings/rating.ts";
import type { TeamResult } from "../../src/ratings/rating-system.ts";
import { wengLinDefaults, wengLinSystem } from "../../src/ratings/weng-lin.ts";
import { agree, between, duel, matchesOf, ratingOf, usualRating } from "./matches.ts";

/** The peer's numbers for the same match, on the scale of points. */
function peerRates(teams: readonly TeamResult[], own: { beta: number; tau: number; kappa: number }) {
  const skills = teams.map(({ ratings }) =>
    ratings.map(({ rating, deviation }) => ({ mu: 25 + (rating - 1500) / 42, sigma: deviation / 42 })),
  );
  const rated = ratePeer(skills, { ...own, rank: teams.map(({ rank }) => rank) });
  return rated.map((team) =>
    team.map(({ mu, sigma }) => ({ rating: 1500 + (mu - 25) * 42, deviation: sigma * 42 })),
  );
}

function assertAsPeer(teams: readonly TeamResult[], own: { beta: number; tau: number; kappa: number }): void {
  const rated = wengLinSystem({ ...own, deviationMax: Number.POSITIVE_INFINITY }).rate(teams);
  peerRates(teams, own).forEach((ratings, team) => {
    ratings.forEach((expected, player) => {
      const { rating, deviation } = rated[team][player];
      assert.ok(agree(rating, expected.rating, 1e-12), `${rating} for ${expected.rating}`);
      assert.ok(agree(deviation, expected.deviation, 1e-12), `${deviation} for ${expected.deviation}`);
    });
  });
}

test("[R30] thousands of team matches as the peer rates them", () => {
  fc.assert(
    fc.property(matchesOf(usualRating), (teams) => assertAsPeer(teams, wengLinDefaults)),
    { numRuns: 5_000 },
  );
});

test("[R30] with other parameters too", () => {
  const parameters = fc.record({ beta: between(1, 10), tau: between(0.01, 1), kappa: between(1e-6, 0.5) });
  fc.assert(fc.property(matchesOf(usualRating), parameters, assertAsPeer), { numRuns: 2_000 });
});

test("[R30] free-for-all of up to 64, with ties", () => {
  const alone = fc.record({ ratings: fc.tuple(usualRating), rank: fc.integer({ min: 1, max: 64 }) });
  fc.assert(
    fc.property(fc.array(alone, { minLength: 8, maxLength: 64 }), (teams) => {
      assertAsPeer(teams, wengLinDefaults);
    }),
    { numRuns: 300 },
  );
});

test("[R30] also where a match seems to tell more than there is to know", () => {
  const crowd = Array.from({ length: 20 }, (_, index) => ({
    ratings: [ratingOf(1500, { deviation: index === 19 ? 350 : 1 })],
    rank: index + 1,
  }));
  const own = { beta: 0.01, tau: 0, kappa: 0.0001 };
  assertAsPeer(crowd, own);
  assert.ok(agree(wengLinSystem(own).rate(crowd)[19][0].deviation, 3.5, 1e-15));
});

test("[R31] newcomers show as 1500 and 350 and are μ = 25 and σ = 25 ÷ 3", () => {
  const { initial, mu, pointsPerMu } = wengLinDefaults;
  assert.deepEqual(wengLinSystem().initial(), { rating: 1500, deviation: 350, volatility: 0.06, games: 0 });
  assert.ok(agree(initial.deviation / pointsPerMu, mu / 3, 1e-15));
});

test("[R31] the same skills on another scale give the same changes, scaled", () => {
  const other = wengLinSystem({
    initial: { ...wengLinDefaults.initial, rating: 0, deviation: 35 },
    pointsPerMu: 4.2,
    deviationMax: 35,
  });
  const scaled = (one: Rating) => ({
    ...one,
    rating: (one.rating - 1500) / 10,
    deviation: one.deviation / 10,
  });
  fc.assert(
    fc.property(matchesOf(usualRating), (teams) => {
      const expected = wengLinSystem()
        .rate(teams)
        .map((ratings) => ratings.map(scaled));
      other
        .rate(teams.map(({ ratings, rank }) => ({ ratings: ratings.map(scaled), rank })))
        .forEach((ratings, team) => {
          ratings.forEach(({ rating, deviation }, player) => {
            assert.ok(agree(rating, expected[team][player].rating, 1e-11));
            assert.ok(agree(deviation, expected[team][player].deviation, 1e-11));
          });
        });
    }),
  );
});

test("[R32] a win is worth its improbability", () => {
  fc.assert(
    fc.property(usualRating, usualRating, (left, right) => {
      const teams = duel(left, right);
      const [own] = wengLinSystem().predict(teams);
      const [[winner], [loser]] = wengLinSystem().rate(teams);
      const variance = ({ deviation }: Rating) => (deviation / 42) ** 2 + (25 / 300) ** 2;
      const spread = Math.sqrt(variance(left) + variance(right) + 2 * (25 / 6) ** 2);
      const gain = (player: Rating) => (42 * variance(player) * (1 - own)) / spread;
      assert.ok(agree(winner.rating, left.rating + gain(left), 1e-13));
      assert.ok(agree(loser.rating, right.rating - gain(right), 1e-13));
    }),
  );
});

test("[R33] one more player makes a team better", () => {
  const player = ratingOf(1500);
  const [two, three] = wengLinSystem().predict([
    { ratings: [player, player] },
    { ratings: [player, player, player] },
  ]);
  assert.ok(three > 0.8 && two < 0.2);
});

test("[R33] no match raises a deviation beyond the bound", () => {
  // The outcome was certain, so it tells nothing, and time has passed.
  const [[expert], [novice]] = wengLinSystem().rate(
    duel(ratingOf(9_000, { deviation: 350 }), ratingOf(0, { deviation: 100 })),
  );
  assert.equal(expert.deviation, 350);
  assert.ok(novice.deviation > 100 && novice.deviation < 101);
});
