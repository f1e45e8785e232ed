import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  createWaitHistory,
  duelSearch,
  estimateWait,
  rememberWait,
  type SearchRules,
  type WaitHistory,
  waitsKept,
} from "../../src/index.ts";
import { liveThrough } from "./steady-pool.ts";

function historyOf(waits: readonly number[], rating = 1_500, history = createWaitHistory()): WaitHistory {
  for (const waitMs of waits) rememberWait(history, { rating, waitMs });
  return history;
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => (index + 1) * 1_000);

test("[RC16] of known waits the middle and the ninth tenth are exact", () => {
  const history = historyOf(upTo(20).reverse());
  assert.deepEqual(estimateWait(history, { rating: 1_500, waitedMs: 0 }), {
    medianMs: 11_000,
    longMs: 19_000,
    samples: 20,
  });
});

test("[RC16] who has waited is compared with those who had waited as long", () => {
  const history = historyOf(upTo(20));
  assert.deepEqual(estimateWait(history, { rating: 1_500, waitedMs: 10_500 }), {
    medianMs: 5_500,
    longMs: 9_500,
    samples: 10,
  });
  assert.equal(estimateWait(history, { rating: 1_500, waitedMs: 13_000 })?.samples, 8);
});

test("[RC16] whatever the waits, an estimate is one of them less the time waited, and as many are as short", () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(60_000), { minLength: 8, maxLength: waitsKept }),
      fc.nat(5_000),
      (waits, waitedMs) => {
        const estimate = estimateWait(historyOf(waits), { rating: 1_500, waitedMs });
        const left = waits.filter((wait) => wait >= waitedMs).map((wait) => wait - waitedMs);
        if (left.length < 8) return assert.equal(estimate, null);
        assert.ok(estimate !== null);
        const { medianMs, longMs, samples } = estimate;
        assert.ok(left.includes(medianMs) && left.includes(longMs) && medianMs <= longMs);
        assert.equal(samples, left.length);
        for (const [value, share] of [
          [medianMs, 0.5],
          [longMs, 0.9],
        ] as const) {
          assert.ok(left.filter((one) => one <= value).length > share * left.length);
          assert.ok(left.filter((one) => one < value).length <= share * left.length);
        }
      },
    ),
  );
});

test("[RC17] one's own band answers while it has eight waits; else the nearest ones are asked, too", () => {
  const history = historyOf(upTo(8), 1_500);
  historyOf([90_000, 90_000], 1_700, history);
  historyOf([80_000], 900, history);
  assert.equal(estimateWait(history, { rating: 1_500, waitedMs: 0 })?.samples, 8);
  assert.equal(estimateWait(history, { rating: 1_599, waitedMs: 0 })?.samples, 8);
  const strong = estimateWait(history, { rating: 1_650, waitedMs: 0 });
  assert.deepEqual([strong?.samples, strong?.longMs], [10, 90_000]);
  const weak = estimateWait(history, { rating: 950, waitedMs: 0 });
  assert.deepEqual([weak?.samples, weak?.longMs], [9, 80_000]);
});

test("[RC17] without eight waits as long there is no estimate", () => {
  assert.equal(estimateWait(createWaitHistory(), { rating: 1_500, waitedMs: 0 }), null);
  const history = historyOf(upTo(4), 1_500);
  historyOf(upTo(3), 1_900, history);
  assert.equal(estimateWait(history, { rating: 1_500, waitedMs: 0 }), null);
  historyOf([1_000], 100, history);
  assert.equal(estimateWait(history, { rating: 1_500, waitedMs: 0 })?.samples, 8);
  assert.equal(estimateWait(history, { rating: 1_500, waitedMs: 1_001 }), null);
});

test("[RC18] a band keeps its newest waits and no more, whatever comes", () => {
  const history = createWaitHistory();
  historyOf(upTo(10 * waitsKept), 1_500, history);
  historyOf(upTo(waitsKept + 1), -50, history);
  assert.deepEqual(
    Object.values(history.bands).map(({ waits }) => waits.length),
    [waitsKept, waitsKept],
  );
  const newest = upTo(10 * waitsKept).slice(-waitsKept);
  const kept = history.bands[7]?.waits.toSorted((one, other) => one - other);
  assert.deepEqual(kept, newest);
});

const linear: SearchRules = {
  ...duelSearch,
  widening: { kind: "linear", gap: 50, perSecond: 5, max: 500 },
};
const held: SearchRules = { ...duelSearch, hold: { kind: "arrivals", pointsPerSecond: 10 } };

for (const [name, search] of Object.entries({ steps: duelSearch, linear, "held back": held })) {
  // The later time is one that about a tenth of the tickets, or more, wait.
  for (const [arrivalsPerSecond, laterMs] of [
    [0.2, 15_000],
    [1, 5_000],
    [5, 1_000],
  ] as const) {
    test(`[RC19] estimates hold with ${name} and ${arrivalsPerSecond} arrivals a second`, (context) => {
      for (const askedAfterMs of [0, laterMs]) {
        const pool = { search, arrivalsPerSecond, tickets: 15_000, seed: 7, askedAfterMs };
        const told = liveThrough(pool);
        const share = (isSo: (one: (typeof told)[number]) => boolean) =>
          told.filter(isSo).length / told.length;
        const median = share(({ leftMs, medianMs }) => leftMs <= medianMs);
        const long = share(({ leftMs, longMs }) => leftMs <= longMs);
        const figures = `after ${askedAfterMs} ms: ${median.toFixed(3)}, ${long.toFixed(3)} of ${told.length}`;
        context.diagnostic(figures);
        assert.ok(told.length >= 300, figures);
        assert.ok(median >= 0.4 && median <= 0.6, figures);
        assert.ok(long >= 0.82 && long <= 0.97, figures);
      }
    });
  }
}
