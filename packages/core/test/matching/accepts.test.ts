import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { accepts, duelSearch, nextChangeAt, pairCostSecs, windowOf } from "../../src/index.ts";
import { now, search, standing, standingsArbitrary } from "./pool.ts";

const linear = {
  widening: { kind: "linear", gap: 100, perSecond: 10, max: 400 },
  avoidRematch: null,
} as const;

test("[W1] the duel's window is the table of the specification", () => {
  const ticket = standing({ id: 1 });
  const table: [number, number][] = [
    [0, 100],
    [14_999, 100],
    [15_000, 200],
    [29_999, 200],
    [30_000, 300],
    [59_999, 300],
    [60_000, Number.POSITIVE_INFINITY],
  ];
  for (const [at, gap] of table) assert.equal(windowOf(ticket, duelSearch, at), gap, `after ${at} ms`);
});

test("[W2] a linear window grows by its rate up to its maximum", () => {
  const ticket = standing({ id: 1 });
  assert.equal(windowOf(ticket, linear, 0), 100);
  assert.equal(windowOf(ticket, linear, 10_000), 200);
  assert.equal(windowOf(ticket, linear, 60_000), 400);
});

test("[W3] a long wait does not drag a newcomer along: the gap must lie in both windows", () => {
  const patient = standing({ id: 1, rating: 1500 });
  const newcomer = standing({ id: 2, rating: 1700, enqueuedAt: now });
  assert.equal(accepts(patient, newcomer, search, now), "rating_window");
  assert.equal(accepts(patient, newcomer, search, now + 15_000), null);
});

test("[W3] who is asked first does not matter", () => {
  fc.assert(
    fc.property(standingsArbitrary(6), (standings) => {
      for (const left of standings) {
        for (const right of standings) {
          if (left === right) continue;
          assert.equal(
            accepts(left, right, search, now) === null,
            accepts(right, left, search, now) === null,
          );
        }
      }
    }),
  );
});

test("[W4] wishes hold until the last step, and beyond it for who does not expand the search", () => {
  const weak = standing({ id: 1, rating: 1450 });
  const choosy = standing({ id: 2, rating: 1500, wishes: { opponentMin: 1480 } });
  assert.equal(accepts(choosy, weak, search, 59_999), "opponent_rating");
  assert.equal(accepts(choosy, weak, search, 60_000), null);
  const strict = standing({ id: 3, rating: 1500, wishes: { opponentMin: 1480, expandSearch: false } });
  assert.equal(accepts(strict, weak, search, 600_000), "opponent_rating");
});

test("[W5] without expanding the search the window stops at its last bounded step", () => {
  assert.equal(windowOf(standing({ id: 1, wishes: { expandSearch: false } }), duelSearch, 600_000), 300);
});

test("[W4] [W5] where the search never widens, wishes always hold and anybody is anybody", () => {
  const fixed = {
    widening: { kind: "steps", steps: [{ afterMs: 0, gap: Number.POSITIVE_INFINITY }] },
    avoidRematch: null,
  } as const;
  const flat = {
    widening: { kind: "linear", gap: 500, perSecond: 0, max: 500 },
    avoidRematch: null,
  } as const;
  const weak = standing({ id: 1, rating: 1450 });
  const choosy = standing({ id: 2, rating: 1500, wishes: { opponentMin: 1480 } });
  for (const rules of [fixed, flat]) assert.equal(accepts(choosy, weak, rules, 600_000), "opponent_rating");
  const far = standing({ id: 3, rating: 9_000, wishes: { expandSearch: false } });
  assert.equal(accepts(far, weak, fixed, 0), null);
});

test("[W6] a ticket is not matched before it is eligible", () => {
  const early = standing({ id: 1, eligibleAt: 1_500 });
  assert.equal(accepts(early, standing({ id: 2 }), search, 1_499), "not_eligible");
  assert.equal(accepts(early, standing({ id: 2 }), search, 1_500), null);
});

test("[W7] a rematch is avoided for a while and gives way at the last step", () => {
  const met = standing({ id: 1, recentOpponents: [{ playerId: "player_2", at: 0 }] });
  const other = standing({ id: 2, enqueuedAt: 0 });
  assert.equal(accepts(met, other, search, 30_000), "rematch");
  assert.equal(accepts(met, other, search, 60_000), null);
  const strict = standing({
    id: 1,
    wishes: { expandSearch: false },
    recentOpponents: [{ playerId: "player_2", at: 0 }],
  });
  assert.equal(accepts(strict, other, search, 119_999), "rematch");
  assert.equal(accepts(strict, other, search, 120_000), null);
});

test("[W7] only the last few matches count", () => {
  const before = [2, 3, 4, 5].map((id) => ({ playerId: `player_${id}` as const, at: 1_000 + id }));
  const met = standing({ id: 1, recentOpponents: before });
  assert.equal(accepts(met, standing({ id: 2 }), search, 10_000), null);
  assert.equal(accepts(met, standing({ id: 3 }), search, 10_000), "rematch");
});

test("[W16] the next change of a ticket is its eligibility or its next step", () => {
  const ticket = standing({ id: 1, enqueuedAt: 1_000, eligibleAt: 2_000 });
  assert.equal(nextChangeAt(ticket, duelSearch, 1_500), 2_000);
  assert.equal(nextChangeAt(ticket, duelSearch, 2_000), 16_000);
  assert.equal(nextChangeAt(ticket, duelSearch, 61_000), Number.POSITIVE_INFINITY);
  assert.equal(nextChangeAt(standing({ id: 1 }), linear, 5_000), 6_000);
  assert.equal(nextChangeAt(standing({ id: 1 }), linear, 29_500), 30_000);
  assert.equal(nextChangeAt(standing({ id: 1 }), linear, 30_000), Number.POSITIVE_INFINITY);
});

test("[W16] a rematch that is allowed again is a change too", () => {
  const recentOpponents = [{ playerId: "player_2", at: 10_000 } as const];
  const ticket = standing({ id: 1, wishes: { expandSearch: false }, recentOpponents });
  assert.equal(nextChangeAt(ticket, duelSearch, 100_000), 130_000);
  assert.equal(nextChangeAt(ticket, duelSearch, 130_000), Number.POSITIVE_INFINITY);
});

test("[W19] a pair costs the wait at which the rules would allow its gap", () => {
  assert.equal(pairCostSecs(50, duelSearch), 0);
  assert.equal(pairCostSecs(150, duelSearch), 7.5);
  assert.equal(pairCostSecs(300, duelSearch), 30);
  assert.equal(pairCostSecs(900, duelSearch), 60);
  assert.equal(pairCostSecs(250, linear), 15);
  assert.equal(pairCostSecs(0, linear), 0);
});
