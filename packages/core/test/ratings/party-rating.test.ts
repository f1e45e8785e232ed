import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { averageParty, maxParty, type PartyRating, weightedParty } from "../../src/ratings/party-rating.ts";
import { ratingOf, usualRating } from "./matches.ts";

const party = [
  ratingOf(1800, { deviation: 60, volatility: 0.05, games: 200 }),
  ratingOf(1400, { deviation: 120, volatility: 0.06, games: 40 }),
  ratingOf(1300, { deviation: 180, volatility: 0.07, games: 5 }),
];

test("[R41] the mean of everything, and the fewest games", () => {
  const { rating, deviation, volatility, games } = averageParty(party);
  assert.deepEqual({ rating, deviation, games }, { rating: 1500, deviation: 120, games: 5 });
  assert.ok(Math.abs(volatility - 0.06) < 1e-15);
});

test("[R41] the strongest member's, of equals the most certain's", () => {
  assert.deepEqual(maxParty(party), party[0]);
  const certain = { ...party[0], deviation: 40 };
  assert.deepEqual(maxParty([...party, certain]), certain);
});

test("[R41] the mean plus a part of the gap", () => {
  assert.deepEqual(weightedParty({ gapPenalty: 0.1 })(party), {
    rating: 1500 + 500 * 0.1,
    deviation: 200,
    volatility: 0.06,
    games: 5,
  });
  assert.equal(weightedParty({ gapPenalty: 0 })(party).rating, 1500);
  assert.equal(weightedParty({ gapPenalty: 0.2, deviation: 90 })(party).deviation, 90);
});

const strategies: readonly PartyRating[] = [averageParty, maxParty, weightedParty({ gapPenalty: 0.15 })];

test("[R41] whatever the order of the members, and never below the weakest", () => {
  const members = fc.array(usualRating, { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(members, (some) => {
      for (const strategy of strategies) {
        const rated = strategy(some);
        assert.deepEqual(strategy(some.toReversed()), rated);
        assert.ok(rated.rating >= Math.min(...some.map(({ rating }) => rating)) - 1e-9);
      }
    }),
  );
});

test("[R41] somebody alone has the own rating; nobody has none", () => {
  fc.assert(
    fc.property(usualRating, (alone) => {
      assert.deepEqual(averageParty([alone]), alone);
      assert.deepEqual(maxParty([alone]), alone);
      assert.equal(weightedParty({ gapPenalty: 0.5 })([alone]).rating, alone.rating);
    }),
  );
  for (const strategy of strategies) assert.throws(() => strategy([]), RangeError);
});

test("[R41] any function is a party's rating", () => {
  const weakest: PartyRating = (members) => members.toSorted((left, right) => left.rating - right.rating)[0];
  assert.equal(weakest(party).rating, 1300);
});
