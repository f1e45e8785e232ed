import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { backtest, coinSystem, type PlayedMatch } from "../../src/ratings/backtest.ts";
import { eloSystem } from "../../src/ratings/elo-system.ts";
import { glicko2System } from "../../src/ratings/glicko2-system.ts";
import type { RatingSystem } from "../../src/ratings/rating-system.ts";
import { wengLinSystem } from "../../src/ratings/weng-lin.ts";

const systems = { elo: eloSystem(), glicko2: glicko2System(), wengLin: wengLinSystem() };

function duel(first: string, second: string, ranks: readonly [number, number] = [1, 2]): PlayedMatch {
  return {
    teams: [
      { players: [first], rank: ranks[0] },
      { players: [second], rank: ranks[1] },
    ],
    isJudged: true,
  };
}

test("[N10] each match is foretold from the ratings before it, and rated after", () => {
  const seen: number[][] = [];
  const spy: RatingSystem = {
    ...systems.elo,
    predict: (teams) => {
      seen.push(teams.map(({ ratings }) => ratings[0].rating));
      return systems.elo.predict(teams);
    },
  };
  const figures = backtest(spy, [duel("a", "b"), duel("b", "a"), duel("a", "c")]);
  const [first, second, third] = seen;
  assert.deepEqual(first, [1500, 1500]);
  assert.deepEqual(second, [1484, 1516]);
  assert.ok(third[1] === 1500 && third[0] < 1516 && third[0] > 1484);
  assert.equal(figures?.matches, 3);
});

test("[N10] the first match of newcomers is foretold like a coin's", () => {
  const coin = backtest(coinSystem, [duel("a", "b")]);
  for (const system of Object.values(systems)) {
    const figures = backtest(system, [duel("a", "b")]);
    assert.ok(figures !== null && coin !== null);
    assert.ok(Math.abs(figures.logLoss - coin.logLoss) < 1e-12);
    assert.equal(figures.accuracy, 0.5);
  }
});

test("[N10] who always wins is foretold better and better", () => {
  const matches = Array.from({ length: 50 }, () => duel("a", "b"));
  for (const system of Object.values(systems)) {
    const [early, late] = [backtest(system, matches.slice(0, 10)), backtest(system, matches)];
    assert.ok(early !== null && late !== null && late.logLoss < early.logLoss && late.accuracy > 0.98);
  }
});

test("[N11] matches that are not judged are rated all the same, and counted in no figure", () => {
  const left = { ...duel("a", "b"), isJudged: false };
  assert.equal(backtest(systems.elo, [left, left]), null);
  const after = backtest(systems.elo, [left, duel("a", "b")]);
  assert.ok(after !== null && after.matches === 1 && after.logLoss < Math.LN2);
});

test("[N12] a tie is half a win for each, for the favourite as well", () => {
  const figures = backtest(systems.elo, [duel("a", "b"), duel("a", "b", [1, 1])]);
  assert.ok(figures !== null);
  assert.equal(figures.accuracy, 0.5);
  const ties = backtest(coinSystem, [duel("a", "b", [1, 1])]);
  assert.ok(ties !== null && Math.abs(ties.logLoss - Math.LN2) < 1e-12 && ties.brier === 0);
});

test("[N12] of several teams a coin gives each the same", () => {
  const teams = ["a", "b", "c", "d"].map((player, place) => ({ players: [player], rank: place + 1 }));
  const figures = backtest(coinSystem, [{ teams, isJudged: true }]);
  assert.ok(figures !== null && figures.accuracy === 0.25);
  assert.deepEqual(
    figures.reliability.map(({ meanPredicted, meanOutcome, count }) => [meanPredicted, meanOutcome, count]),
    [[0.25, 0.25, 4]],
  );
});

test("[N12] whatever was played, the figures are numbers within their bounds", () => {
  const match = fc
    .record({
      first: fc.nat(5),
      second: fc.nat(5),
      ranks: fc.constantFrom([1, 2] as const, [2, 1] as const, [1, 1] as const),
    })
    .filter(({ first, second }) => first !== second)
    .map(({ first, second, ranks }) => duel(`${first}`, `${second}`, ranks));
  fc.assert(
    fc.property(fc.array(match, { minLength: 1, maxLength: 60 }), (matches) => {
      for (const system of Object.values(systems)) {
        const figures = backtest(system, matches);
        assert.ok(figures !== null && figures.matches === matches.length);
        assert.ok(figures.logLoss >= 0 && Number.isFinite(figures.logLoss));
        assert.ok(figures.brier >= 0 && figures.brier <= 1 && figures.accuracy >= 0 && figures.accuracy <= 1);
        const counted = figures.reliability.reduce((sum, { count }) => sum + count, 0);
        assert.equal(counted, 2 * matches.length);
      }
    }),
    { numRuns: 100 },
  );
});
