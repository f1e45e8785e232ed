import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { expectedScore, rateElo } from "../../src/index.ts";

const duel = { k: 32, rounding: "truncate" } as const;
const plain = { k: 32, rounding: "none" } as const;
const rating = fc.integer({ min: 0, max: 4_000 });

test("[R1] two newcomers of 1200 become 1216 and 1184", () => {
  const rated = rateElo(duel, [
    { ratings: [1200], rank: 1 },
    { ratings: [1200], rank: 2 },
  ]);
  assert.deepEqual(rated, [[1216], [1184]]);
});

test("[R2] 1247 gains 13 by a win over 1189", () => {
  const rated = rateElo(duel, [
    { ratings: [1247], rank: 1 },
    { ratings: [1189], rank: 2 },
  ]);
  assert.deepEqual(rated, [[1260], [1176]]);
});

test("[R3] a draw leaves equals where they are and lifts the weaker", () => {
  const equal = rateElo(plain, [
    { ratings: [1500], rank: 1 },
    { ratings: [1500], rank: 1 },
  ]);
  assert.deepEqual(equal, [[1500], [1500]]);
  const [[weaker], [stronger]] = rateElo(plain, [
    { ratings: [1400], rank: 1 },
    { ratings: [1600], rank: 1 },
  ]);
  assert.ok(weaker > 1400 && stronger < 1600);
});

test("[R4] without truncation nothing is won that is not lost", () => {
  fc.assert(
    fc.property(rating, rating, fc.integer({ min: 1, max: 2 }), (own, other, rank) => {
      const [[left], [right]] = rateElo(plain, [
        { ratings: [own], rank },
        { ratings: [other], rank: 3 - rank },
      ]);
      assert.ok(Math.abs(left + right - own - other) < 1e-9);
    }),
  );
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

test("[R7] expected scores add up to one", () => {
  fc.assert(
    fc.property(rating, rating, (own, other) => {
      assert.ok(Math.abs(expectedScore(own, other) + expectedScore(other, own) - 1) < 1e-12);
    }),
  );
});
