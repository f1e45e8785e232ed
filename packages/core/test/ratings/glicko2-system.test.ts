import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { rateGlicko2 } from "../../src/ratings/glicko2.ts";
import { glicko2Defaults, glicko2System } from "../../src/ratings/glicko2-system.ts";
import { agree, between, duel, matchesOf, ratingOf, usualRating } from "./matches.ts";

test("[R27] each player plays each opposing team once, as a whole", () => {
  const first = [ratingOf(1500), ratingOf(1300, { deviation: 90 })];
  const second = [ratingOf(1400, { deviation: 30 }), ratingOf(1600, { deviation: 40 })];
  const third = [ratingOf(1700, { deviation: 300 })];
  const [rated] = glicko2System().rate([
    { ratings: first, rank: 2 },
    { ratings: second, rank: 1 },
    { ratings: third, rank: 2 },
  ]);
  first.forEach((player, index) => {
    const teammates = [first[1 - index]];
    const games = [
      { teammates, opponents: second, score: 0 },
      { teammates, opponents: third, score: 0.5 },
    ];
    const expected = rateGlicko2(glicko2Defaults, { player, games, periods: 1 });
    assert.deepEqual(rated[index], { ...expected, games: player.games + 1 });
  });
});

test("[R27] by hand: each of n answers for one nth, clouded by the others", () => {
  const player = ratingOf(1500, { volatility: 0 });
  const teammates = [ratingOf(1300, { deviation: 90 })];
  const opponents = [ratingOf(1400, { deviation: 30 }), ratingOf(1700, { deviation: 300 })];
  const rated = rateGlicko2(glicko2Defaults, {
    player,
    games: [{ teammates, opponents, score: 1 }],
    periods: 1,
  });
  const units = 173.7178;
  const clouded = (90 ** 2 + 30 ** 2 + 300 ** 2) / 4 / units ** 2;
  const g = 1 / Math.sqrt(1 + (3 * clouded) / Math.PI ** 2);
  const win = 1 / (1 + Math.exp((g * 150) / units));
  const variance = 1 / ((units / 200) ** 2 + (g / 2) ** 2 * win * (1 - win));
  assert.ok(agree(rated.deviation, units * Math.sqrt(variance), 1e-14));
  assert.ok(agree(rated.rating, 1500 + units * variance * (g / 2) * (1 - win), 1e-14));
});

test("[R27] a team of more tells less of each, and the newcomer moves most", () => {
  const team = [ratingOf(1500, { deviation: 350 }), ratingOf(1500, { deviation: 60 })];
  const [[newcomer, veteran]] = glicko2System().rate([
    { ratings: team, rank: 1 },
    { ratings: team, rank: 2 },
  ]);
  assert.ok(newcomer.rating > veteran.rating && veteran.rating > 1500);
  const [[alone]] = glicko2System().rate(duel(team[0], team[0]));
  assert.ok(alone.rating > newcomer.rating && alone.deviation < newcomer.deviation);
});

test("[R28] with no periods per match a match never raises a deviation", () => {
  const lichess = glicko2System({ periodsPerMatch: 0 });
  fc.assert(
    fc.property(matchesOf(usualRating), (teams) => {
      lichess.rate(teams).forEach((ratings, team) => {
        ratings.forEach(({ deviation }, player) => {
          assert.ok(deviation <= teams[team].ratings[player].deviation);
        });
      });
    }),
  );
});

test("[R29] two are predicted by the paper's expectation with both deviations", () => {
  fc.assert(
    fc.property(usualRating, usualRating, (left, right) => {
      const variance = (left.deviation ** 2 + right.deviation ** 2) / 173.7178 ** 2;
      const g = 1 / Math.sqrt(1 + (3 * variance) / Math.PI ** 2);
      const expected = 1 / (1 + Math.exp((-g * (left.rating - right.rating)) / 173.7178));
      assert.ok(agree(glicko2System().predict(duel(left, right))[0], expected, 1e-13));
    }),
  );
});

test("[R29] teams of four alike, whose means are twice as certain, are predicted as two such players", () => {
  const teams = [ratingOf(1600, { deviation: 240 }), ratingOf(1450, { deviation: 100 })];
  const halved = teams.map((player) => ({ ...player, deviation: player.deviation / 2 }));
  const fours = teams.map((player) => ({ ratings: [player, player, player, player] }));
  const [expected] = glicko2System().predict(duel(halved[0], halved[1]));
  assert.ok(agree(glicko2System().predict(fours)[0], expected, 1e-14));
});

test("[R29] the more uncertain, the nearer to one half", () => {
  fc.assert(
    fc.property(usualRating, between(1, 800), between(1, 200), (weak, gap, more) => {
      const strong = { ...weak, rating: weak.rating + gap };
      const [certain] = glicko2System().predict(duel(strong, weak));
      const [uncertain] = glicko2System().predict(
        duel({ ...strong, deviation: strong.deviation + more }, weak),
      );
      assert.ok(uncertain > 0.5 && uncertain < certain);
    }),
  );
});
