import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import peer from "glicko2-lite";
import { type Glicko2Game, idleGlicko2, rateGlicko2 } from "../../src/ratings/glicko2.ts";
import { glicko2Defaults } from "../../src/ratings/glicko2-system.ts";
import { glicko2Volatility } from "../../src/ratings/glicko2-volatility.ts";
import { agree, between, extremeRating, ratingOf, usualRating } from "./matches.ts";

const pointsPerUnit = 173.7178;
const games: Glicko2Game[] = [
  { opponents: [{ rating: 1400, deviation: 30 }], score: 1 },
  { opponents: [{ rating: 1550, deviation: 100 }], score: 0 },
  { opponents: [{ rating: 1700, deviation: 300 }], score: 0 },
];

test("[R22] the published example, to its printed digits", () => {
  const {
    rating,
    deviation,
    volatility,
    games: played,
  } = rateGlicko2(glicko2Defaults, {
    player: ratingOf(1500),
    games,
    periods: 1,
  });
  // The paper goes on with rounded numbers, so its 1464.06 is 1500 + 173.7178 × −0.2069, not 1464.0507.
  const mu = ((rating - 1500) / pointsPerUnit).toFixed(4);
  assert.equal(mu, "-0.2069");
  assert.equal((1500 + pointsPerUnit * Number(mu)).toFixed(2), "1464.06");
  assert.ok(Math.abs(rating - 1464.06) < 0.01);
  assert.equal((deviation / pointsPerUnit).toFixed(4), "0.8722");
  assert.equal(deviation.toFixed(2), "151.52");
  assert.equal(Math.trunc(volatility * 1e5), 5999);
  assert.equal(played, 10);
});

const game: fc.Arbitrary<Glicko2Game> = fc.record({
  opponents: fc.tuple(fc.record({ rating: between(600, 2800), deviation: between(30, 350) })),
  score: fc.constantFrom(0, 0.5, 1),
});
const period = fc.array(game, { minLength: 1, maxLength: 15 });

test("[R23] thousands of periods as the peer rates them", () => {
  fc.assert(
    fc.property(usualRating, period, between(0.2, 1.2), (player, played, tau) => {
      const options = { ...glicko2Defaults, tau, deviationMax: Number.POSITIVE_INFINITY };
      const rated = rateGlicko2(options, { player, games: played, periods: 1 });
      const expected = peer(player.rating, player.deviation, player.volatility, seenByPeer(played), { tau });
      if (expected.vol > options.volatilityMax) return assert.equal(rated.volatility, options.volatilityMax);
      // Both stop when ln σ² is known to 10⁻⁶, now and then a step apart.
      assert.ok(Math.abs(rated.volatility / expected.vol - 1) < 1e-6, `${rated.volatility}, ${expected.vol}`);
      assert.ok(agree(rated.deviation, expected.rd, 1e-7), `${rated.deviation} for ${expected.rd}`);
      assert.ok(agree(rated.rating, expected.rating, 1e-8), `${rated.rating} for ${expected.rating}`);
    }),
    { numRuns: 5_000 },
  );
});

test("[R23] where the volatility cannot move, to the last digits", () => {
  fc.assert(
    fc.property(usualRating, period, (player, played) => {
      const options = { ...glicko2Defaults, tau: 1e-6, deviationMax: Number.POSITIVE_INFINITY };
      const rated = rateGlicko2(options, { player, games: played, periods: 1 });
      const expected = peer(player.rating, player.deviation, player.volatility, seenByPeer(played), {
        tau: 1e-6,
      });
      assert.ok(agree(rated.rating, expected.rating, 1e-11), `${rated.rating} for ${expected.rating}`);
      assert.ok(agree(rated.deviation, expected.rd, 1e-11), `${rated.deviation} for ${expected.rd}`);
    }),
    { numRuns: 5_000 },
  );
});

test("[R23] whatever the order of the games", () => {
  fc.assert(
    fc.property(usualRating, period, (player, played) => {
      const forwards = rateGlicko2(glicko2Defaults, { player, games: played, periods: 1 });
      const backwards = rateGlicko2(glicko2Defaults, { player, games: played.toReversed(), periods: 1 });
      assert.deepEqual(backwards, forwards);
    }),
  );
});

test("[R24] the volatility is where the paper's function changes its sign", () => {
  const change = fc.record({
    volatility: between(0.01, 0.3),
    deviation: between(0.1, 2.5),
    information: between(0.02, 5),
    surplus: between(-5, 5),
    tau: between(0.2, 2),
  });
  fc.assert(
    fc.property(change, (given) => {
      const root = 2 * Math.log(glicko2Volatility(given));
      assert.ok(published(given, root - 1.1e-6) > 0);
      assert.ok(published(given, root + 1.1e-6) < 0);
    }),
    { numRuns: 5_000 },
  );
});

test("[R24] none stays none", () => {
  const still = { volatility: 0, deviation: 1, information: 1, surplus: 2, tau: 0.5 };
  assert.equal(glicko2Volatility(still), 0);
});

test("[R25] without games only the deviation grows, by the volatility of the periods", () => {
  const player = ratingOf(1500, { deviation: 60 });
  const step = 0.06 * pointsPerUnit;
  for (const periods of [0.25, 1, 30]) {
    const idle = rateGlicko2(glicko2Defaults, { player, games: [], periods });
    assert.deepEqual({ ...idle, deviation: 60 }, player);
    assert.ok(agree(idle.deviation, Math.sqrt(3600 + periods * step * step), 1e-15));
  }
  assert.equal(idleGlicko2(glicko2Defaults, player, 1e9).deviation, 350);
  assert.deepEqual(idleGlicko2(glicko2Defaults, player, 0), player);
  assert.deepEqual(idleGlicko2(glicko2Defaults, player, -3), player);
});

test("[R25] two spells are as good as one", () => {
  fc.assert(
    fc.property(usualRating, between(0, 50), between(0, 50), (player, first, second) => {
      const once = idleGlicko2(glicko2Defaults, player, first + second);
      const twice = idleGlicko2(glicko2Defaults, idleGlicko2(glicko2Defaults, player, first), second);
      assert.ok(agree(twice.deviation, once.deviation, 1e-14));
    }),
  );
});

test("[R26] playing never lets a deviation grow by more than the volatility adds", () => {
  const played = fc.array(game, { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(
      fc.oneof(usualRating, extremeRating),
      played,
      fc.constantFrom(0, 0.1, 1, 3),
      (player, results, periods) => {
        const rated = rateGlicko2(glicko2Defaults, { player, games: results, periods });
        const added = periods * (rated.volatility * pointsPerUnit) ** 2;
        assert.ok(rated.deviation <= Math.sqrt(player.deviation ** 2 + added) * (1 + 1e-14) + 1e-150);
        assert.ok(rated.deviation <= Math.max(player.deviation, 350));
        assert.ok(rated.volatility <= Math.max(player.volatility, 0.3));
      },
    ),
    { numRuns: 2_000 },
  );
});

test("[R26] who is beyond the bound is not cut by waiting", () => {
  assert.equal(idleGlicko2(glicko2Defaults, ratingOf(1500, { deviation: 500 }), 4).deviation, 500);
});

test("[R26] a period of upsets, in which the published procedure leaps, moves nobody by thousands", () => {
  const player = ratingOf(1230, { deviation: 30, volatility: 0.11 });
  const lost = { opponents: [{ rating: 600, deviation: 30 }], score: 0 };
  const upsets = { player, games: Array.from({ length: 7 }, () => lost), periods: 1 };
  const options = { ...glicko2Defaults, tau: 1.2 };
  const leap = rateGlicko2({ ...options, volatilityMax: 10, deviationMax: 10_000 }, upsets);
  assert.ok(leap.volatility > 1 && leap.rating < -1_000);
  const bounded = rateGlicko2(options, upsets);
  assert.equal(bounded.volatility, options.volatilityMax);
  assert.ok(bounded.rating > 1_000 && bounded.rating < 1230);
});

test("[R17] a gap beyond 200 units, 34,743 points, is taken for as much", () => {
  const player = ratingOf(0);
  const options = { ...glicko2Defaults, tau: 50 };
  const [near, far] = [36_000, 100_000].map((rating) =>
    rateGlicko2(options, {
      player,
      games: [{ opponents: [{ rating, deviation: 0 }], score: 1 }],
      periods: 1,
    }),
  );
  assert.deepEqual(far, near);
  assert.equal(far.volatility, options.volatilityMax);
  const beaten = { opponents: [{ rating: 0, deviation: 0 }], score: 0 };
  const favourite = rateGlicko2(options, { player: ratingOf(36_000), games: [beaten], periods: 1 });
  assert.equal(favourite.volatility, options.volatilityMax);
  assert.ok(agree(36_000 - favourite.rating, near.rating, 1e-12));
});

function seenByPeer(played: readonly Glicko2Game[]): [number, number, number][] {
  return played.map(({ opponents: [{ rating, deviation }], score }) => [rating, deviation, score]);
}

/** Step 5's function as printed, with v and Δ. */
function published(
  { volatility, deviation, information, surplus, tau }: Parameters<typeof glicko2Volatility>[0],
  x: number,
): number {
  const v = 1 / information;
  const delta = v * surplus;
  const above = Math.exp(x) * (delta ** 2 - deviation ** 2 - v - Math.exp(x));
  return above / (2 * (deviation ** 2 + v + Math.exp(x)) ** 2) - (x - Math.log(volatility ** 2)) / tau ** 2;
}
