import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { expectedScore, type RatedTeam, rateElo } from "../../src/ratings/elo.ts";

const duel = { k: 32, rounding: "truncate" } as const;
const plain = { k: 32, rounding: "none" } as const;
const rating = fc.integer({ min: 0, max: 4_000 });
const ranks = fc.constantFrom([1, 2], [2, 1], [1, 1]);

/** One against one. */
function pair(ratings: readonly number[], [own, other]: readonly number[] = [1, 2]): RatedTeam[] {
  return [
    { ratings: [ratings[0]], rank: own },
    { ratings: [ratings[1]], rank: other },
  ];
}

test("[R1] two newcomers of 1200 become 1216 and 1184", () => {
  assert.deepEqual(rateElo(duel, pair([1200, 1200])), [[1216], [1184]]);
  assert.deepEqual(rateElo(duel, pair([1200, 1200], [2, 1])), [[1184], [1216]]);
});

test("[R2] 1247 gains 13 by a win over 1189", () => {
  // 32 × (1 − 1 ÷ (1 + 10^(−58 ÷ 400))) = 13.35
  assert.deepEqual(rateElo(duel, pair([1247, 1189])), [[1260], [1176]]);
});

test("[R3] a draw leaves equals where they are and lifts the weaker", () => {
  assert.deepEqual(rateElo(plain, pair([1500, 1500], [1, 1])), [[1500], [1500]]);
  // 32 × (½ − 1 ÷ (1 + 10^(200 ÷ 400))) = 8.31
  assert.deepEqual(rateElo(duel, pair([1400, 1600], [1, 1])), [[1408], [1592]]);
});

test("[R4] what one of two players gains the other loses", () => {
  fc.assert(
    fc.property(rating, rating, ranks, (own, other, places) => {
      const [[left], [right]] = rateElo(plain, pair([own, other], places));
      assert.ok(Math.abs(left + right - own - other) < 1e-9);
    }),
  );
});

test("[R4] with truncation to the point, whatever k and the difference", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 400 }), rating, rating, ranks, (k, own, other, places) => {
      const [[left], [right]] = rateElo({ k, rounding: "truncate" }, pair([own, other], places));
      assert.equal(left + right, own + other);
    }),
  );
});

test("[R4] also where the change is a whole number: 11 × 1 ÷ 11 at a difference of 400", () => {
  for (const places of [
    [1, 2],
    [2, 1],
  ]) {
    const [[left], [right]] = rateElo({ k: 11, rounding: "truncate" }, pair([1200, 1600], places));
    assert.equal(left + right, 2800);
  }
});

test("[R5] the players of a team move alike, by the team's mean", () => {
  const [winners, losers] = rateElo(plain, [
    { ratings: [1000, 1400], rank: 1 },
    { ratings: [1200, 1200], rank: 2 },
  ]);
  assert.deepEqual(winners, [1016, 1416]);
  assert.deepEqual(losers, [1184, 1184]);
});

test("[R6] among several teams each is rated against the mean of the others, whatever the order", () => {
  const teams = [
    { ratings: [1200], rank: 1 },
    { ratings: [1200], rank: 2 },
    { ratings: [1200], rank: 3 },
  ];
  assert.deepEqual(rateElo(plain, teams), [[1216], [1200], [1184]]);
  assert.deepEqual(rateElo(plain, [...teams].reverse()), [[1184], [1200], [1216]]);
});

test("[R6] by hand for three of different strength, of which the first two tie", () => {
  // Expected scores: 1600 v 1200 10/11, 1200 v 800 10/11, 1600 v 800 100/101.
  const rated = rateElo(plain, [
    { ratings: [1600], rank: 1 },
    { ratings: [1200], rank: 1 },
    { ratings: [800], rank: 3 },
  ]);
  const expected = [
    1600 + 16 * (1.5 - 10 / 11 - 100 / 101),
    1200 + 16 * (1.5 - 1 / 11 - 10 / 11),
    800 + 16 * (0 - 1 / 101 - 1 / 11),
  ];
  rated.forEach(([value], index) => {
    assert.ok(Math.abs(value - expected[index]) < 1e-9, `${value} for ${expected[index]}`);
  });
});

test("[R6] who plays nobody keeps the rating", () => {
  assert.deepEqual(rateElo(duel, [{ ratings: [1200, 1300], rank: 1 }]), [[1200, 1300]]);
});

test("[R7] the expected scores of two ratings add up to one, to the last bit", () => {
  fc.assert(
    fc.property(fc.double({ min: -5e3, max: 5e3, noNaN: true }), rating, (own, other) => {
      assert.equal(expectedScore(own, other) + expectedScore(other, own), 1);
    }),
  );
});

test("[R7] they are those of the formula", () => {
  fc.assert(
    fc.property(rating, rating, (own, other) => {
      const expected = 1 / (1 + 10 ** ((other - own) / 400));
      assert.ok(Math.abs(expectedScore(own, other) - expected) < 1e-15);
    }),
  );
  assert.equal(expectedScore(1200, 1200), 0.5);
});

test("[R11] an upset moves both by more than half of k, the win of a favourite by less", () => {
  const [[upsetter], [beaten]] = rateElo(duel, pair([1100, 1300]));
  assert.ok(upsetter > 1116 && beaten < 1284);
  assert.deepEqual([upsetter, beaten], [1124, 1276]);
  const [[favourite]] = rateElo(duel, pair([1300, 1100]));
  assert.equal(favourite, 1307);
});

test("[R11] nobody loses by a win, gains by a defeat, or moves by more than k", () => {
  fc.assert(
    fc.property(rating, rating, (own, other) => {
      const [[winner], [loser]] = rateElo(duel, pair([own, other]));
      assert.ok(winner >= own && winner <= own + 32);
      assert.ok(loser <= other && loser >= other - 32);
    }),
  );
});
