import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { checkPredicted, checkRated, checkRating, checkTeams } from "../../src/ratings/check-ratings.ts";
import { eloSystem } from "../../src/ratings/elo-system.ts";
import { glicko2System } from "../../src/ratings/glicko2-system.ts";
import { wengLinSystem } from "../../src/ratings/weng-lin.ts";
import { duel, extremeRating, matchesOf, ratingOf, usualRating } from "./matches.ts";

const fit = { ok: true };
const good = ratingOf(1500);
const teams = duel(good, good);

test("[R42] what is within the limits is fit", () => {
  fc.assert(fc.property(extremeRating, (rating) => assert.deepEqual(checkRating(rating), fit)));
  fc.assert(fc.property(matchesOf(extremeRating), (match) => assert.deepEqual(checkTeams(match), fit)));
});

const wrong = [
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  1e9,
  null,
  undefined,
  "12",
  7n,
];

test("[R42] a number that is missing, none, endless or beyond the limits is refused by name", () => {
  for (const value of wrong) {
    assert.deepEqual(checkRating({ ...good, rating: value }), refused("RATING_INVALID"));
    assert.deepEqual(checkRating({ ...good, deviation: value }), refused("DEVIATION_INVALID"));
    assert.deepEqual(checkRating({ ...good, volatility: value }), refused("VOLATILITY_INVALID"));
  }
  assert.deepEqual(checkRating({ ...good, rating: -1e9 }), refused("RATING_INVALID"));
});

test("[R42] nothing is negative but a rating; games are whole", () => {
  assert.deepEqual(checkRating({ ...good, rating: -300 }), fit);
  assert.deepEqual(checkRating({ ...good, deviation: -1e-9 }), refused("DEVIATION_INVALID"));
  assert.deepEqual(checkRating({ ...good, volatility: -1e-9 }), refused("VOLATILITY_INVALID"));
  for (const games of [-1, 0.5, 2 ** 53, Number.NaN, "3"])
    assert.deepEqual(checkRating({ ...good, games }), refused("GAMES_INVALID"));
});

test("[R42] what is no rating at all is refused", () => {
  for (const nothing of [null, undefined, 1500, "1500"])
    assert.deepEqual(checkRating(nothing), refused("RATING_MISSING"));
  assert.deepEqual(checkRating([]), refused("RATING_INVALID"));
});

test("[R42] a match is refused with team and player", () => {
  const bad = { ...good, deviation: Number.NaN };
  const place = { code: "DEVIATION_INVALID", team: 1, player: 2 };
  assert.deepEqual(checkTeams([teams[0], { ratings: [good, good, bad], rank: 2 }]), { ok: false, ...place });
  assert.deepEqual(checkTeams([]), refused("TEAMS_TOO_FEW"));
  assert.deepEqual(checkTeams([teams[0]]), refused("TEAMS_TOO_FEW"));
  assert.deepEqual(checkTeams([{ ratings: [], rank: 1 }, teams[1]]), {
    ok: false,
    code: "TEAM_EMPTY",
    team: 0,
  });
  for (const rank of [0, -1, 1.5, Number.NaN])
    assert.deepEqual(checkTeams([teams[0], { ratings: [good], rank }]), {
      ok: false,
      code: "RANK_INVALID",
      team: 1,
    });
});

test("[R43] an answer of another shape than the match is refused", () => {
  assert.deepEqual(checkRated(teams, [[good], [good]]), fit);
  for (const answer of [undefined, "none", [], [[good]], [[good], [good], [good]]])
    assert.deepEqual(checkRated(teams, answer), refused("ANSWER_MISSHAPEN"));
  for (const answer of [[], [good, good], null])
    assert.deepEqual(checkRated(teams, [[good], answer]), {
      ok: false,
      code: "ANSWER_MISSHAPEN",
      team: 1,
    });
});

test("[R43] so is an answer with a rating that is not fit", () => {
  const bad = { ...good, rating: Number.NaN };
  assert.deepEqual(checkRated(teams, [[bad], [good]]), {
    ok: false,
    code: "RATING_INVALID",
    team: 0,
    player: 0,
  });
});

test("[R43] so are probabilities that are none or do not add up", () => {
  assert.deepEqual(checkPredicted(teams, [0.25, 0.75]), fit);
  for (const answer of [[1], [0.5, 0.25, 0.25], null])
    assert.deepEqual(checkPredicted(teams, answer), refused("ANSWER_MISSHAPEN"));
  for (const odd of [-0.5, 1.5, Number.NaN, "1"])
    assert.deepEqual(checkPredicted(teams, [odd, 0.5]), { ok: false, code: "PROBABILITY_INVALID", team: 0 });
  assert.deepEqual(checkPredicted(teams, [0.5, 0.6]), refused("PROBABILITY_INVALID"));
});

test("[R43] the systems here pass", () => {
  for (const system of [eloSystem(), glicko2System(), wengLinSystem()]) {
    assert.deepEqual(checkRating(system.initial()), fit);
    fc.assert(
      fc.property(matchesOf(usualRating), (match) => {
        assert.deepEqual(checkRated(match, system.rate(match)), fit);
        assert.deepEqual(checkPredicted(match, system.predict(match)), fit);
      }),
    );
  }
});

function refused(code: string) {
  return { ok: false, code };
}
