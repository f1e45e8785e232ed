import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  ArrivalDensity,
  arrivalsKept,
  countArrival,
  createTraffic,
  type HoldRules,
  holdLimit,
  PoolIndex,
  PoolWaves,
  type SearchRules,
  type Traffic,
} from "../../src/index.ts";
import { standing } from "./pool.ts";

const open: SearchRules = {
  widening: { kind: "steps", steps: [{ afterMs: 0, gap: Number.POSITIVE_INFINITY }] },
  avoidRematch: null,
};
const stepped: SearchRules = {
  widening: {
    kind: "steps",
    steps: [
      { afterMs: 0, gap: 500 },
      { afterMs: 20_000, gap: Number.POSITIVE_INFINITY },
    ],
  },
  avoidRematch: null,
};
const arriving: HoldRules = { kind: "arrivals", pointsPerSecond: 10 };

function trafficOf(arrivals: readonly { readonly rating: number; readonly at: number }[]): Traffic {
  const traffic = createTraffic();
  for (const arrival of arrivals) countArrival(traffic, arrival);
  return traffic;
}

/** Arrivals every `everyMs`, with ratings spread evenly over `width` points from 1000 up. */
function even({ count, everyMs, width }: { count: number; everyMs: number; width: number }): Traffic {
  const golden = 0.618_033_988_749_895;
  return trafficOf(
    Array.from({ length: count }, (_, index) => ({
      rating: 1_000 + width * ((index * golden) % 1),
      at: index * everyMs,
    })),
  );
}

function limitOf(options: {
  search: SearchRules;
  traffic: Traffic;
  at: number;
  waitedMs?: number;
  rating?: number;
}) {
  const { at, waitedMs = 0, rating = 1_500 } = options;
  return holdLimit(options)?.(standing({ id: 1, rating, enqueuedAt: at - waitedMs }));
}

test("[W20] nothing is kept back where the rules do not say so", () => {
  assert.equal(holdLimit({ search: open, traffic: createTraffic(), at: 0 }), null);
});

test("[W21] a gap is kept back until the wait has paid for it, and no longer than the rules say", () => {
  const hold: HoldRules = { kind: "fixed", forMs: 10_000, pointsPerSecond: 20 };
  const search = { ...open, hold };
  const limits = [0, 1_000, 9_999, 10_000].map((waitedMs) =>
    limitOf({ search, traffic: createTraffic(), at: 50_000, waitedMs }),
  );
  assert.deepEqual(limits, [0, 20, 199.98, Number.POSITIVE_INFINITY]);
});

test("[W22] past the last step of its search a ticket is kept back no more", () => {
  const search = { ...stepped, hold: arriving };
  assert.equal(limitOf({ search, traffic: createTraffic(), at: 50_000, waitedMs: 19_999 }), 199.99);
  assert.equal(
    limitOf({ search, traffic: createTraffic(), at: 50_000, waitedMs: 20_000 }),
    Number.POSITIVE_INFINITY,
  );
});

test("[W23] the density of even arrivals is told to a fifth, wherever they are", () => {
  for (const [everyMs, width] of [
    [200, 1_000],
    [20, 1_000],
    [1_000, 50],
  ] as const) {
    const traffic = even({ count: 400, everyMs, width });
    const density = new ArrivalDensity(traffic, 400 * everyMs).at(1_000 + width / 2);
    const exact = 1_000 / everyMs / width;
    assert.ok(Math.abs(density / exact - 1) < 0.2, `${density} instead of ${exact}`);
  }
});

test("[W23] only the newest arrivals count, and none tell nothing", () => {
  const traffic = even({ count: 3 * arrivalsKept, everyMs: 100, width: 800 });
  assert.equal(traffic.ratings.length, arrivalsKept);
  assert.equal(Math.min(...traffic.times), 2 * arrivalsKept * 100);
  assert.equal(new ArrivalDensity(createTraffic(), 0).at(1_500), 0);
});

test("[W24] with four times the arrivals tickets are half as patient, with four times the price twice as much", () => {
  fc.assert(
    fc.property(fc.integer({ min: 20, max: 2_000 }), fc.integer({ min: 1, max: 200 }), (everyMs, price) => {
      const search = (pointsPerSecond: number) => ({
        ...open,
        hold: { kind: "arrivals", pointsPerSecond } as const,
      });
      const at = (ms: number) => ({ traffic: even({ count: 256, everyMs: ms, width: 900 }), at: 256 * ms });
      const base = limitOf({ search: search(price), ...at(everyMs * 4) }) ?? 0;
      const busier = limitOf({ search: search(price), ...at(everyMs) }) ?? 0;
      const dearer = limitOf({ search: search(price * 4), ...at(everyMs * 4) }) ?? 0;
      assert.ok(Math.abs(base / busier - 2) < 1e-9);
      assert.ok(Math.abs(dearer / base - 2) < 1e-9);
    }),
  );
});

test("[W25] two players alone meet when their waits have paid for the gap", () => {
  const index = new PoolIndex();
  const waves = new PoolWaves({ index, search: { ...open, hold: arriving }, waveMs: 50 });
  for (const one of [
    standing({ id: 1, rating: 1_500, enqueuedAt: 0 }),
    standing({ id: 2, rating: 1_600, enqueuedAt: 0 }),
  ]) {
    index.add(one);
    waves.touch(one);
  }
  let now = 0;
  for (let round = 0; round < 1_000; round += 1) {
    now += Math.max(1, waves.dueInMs(now, now));
    const request = { now, at: now, matchesMax: 10, budget: 1_000, skip: () => false };
    if (waves.run(request).length > 0) break;
  }
  // 100 points cost 10 s at 10 points a second; looks come after every further quarter of the wait.
  assert.ok(now >= 10_000 && now <= 12_501, `${now} ms`);
});

test("[W25] whole pools and single tickets are kept back alike", () => {
  const members = Array.from({ length: 80 }, (_, id) =>
    standing({ id, rating: 1_000 + 40 * id, enqueuedAt: 0 }),
  );
  const index = new PoolIndex();
  const waves = new PoolWaves({ index, search: { ...open, hold: arriving }, waveMs: 0 });
  for (const one of members) {
    index.add(one);
    waves.touch(one);
  }
  const run = (now: number) =>
    waves.run({ now, at: now, matchesMax: 100, budget: 10_000, skip: () => false }).length;
  assert.equal(run(3_999), 0);
  waves.startOver();
  assert.equal(run(4_000), 40);
});
