import assert from "node:assert/strict";
import { test } from "node:test";
import { isProvisional } from "../../src/ratings/provisional.ts";
import { conservativeEstimate, defaultRating } from "../../src/ratings/rating.ts";
import { ratingOf } from "./matches.ts";

test("[R39] provisional by deviation or by games", () => {
  const bounds = { deviationMax: 110, gamesMin: 10 };
  const cases = [
    { deviation: 350, games: 0, provisional: true },
    { deviation: 110.5, games: 400, provisional: true },
    { deviation: 90, games: 9, provisional: true },
    { deviation: 110, games: 10, provisional: false },
  ];
  for (const { provisional, ...rest } of cases)
    assert.equal(isProvisional(ratingOf(1500, rest), bounds), provisional);
});

test("[R39] either bound can be left out", () => {
  const newcomer = ratingOf(1500, { deviation: 350, games: 0 });
  assert.equal(isProvisional(newcomer, { deviationMax: Number.POSITIVE_INFINITY, gamesMin: 0 }), false);
  assert.equal(isProvisional(newcomer, { deviationMax: Number.POSITIVE_INFINITY, gamesMin: 1 }), true);
  assert.equal(isProvisional(newcomer, { deviationMax: 349, gamesMin: 0 }), true);
});

test("[R40] two deviations below the rating", () => {
  assert.equal(conservativeEstimate(defaultRating), 800);
  assert.equal(conservativeEstimate(ratingOf(1850, { deviation: 50 })), 1750);
});
