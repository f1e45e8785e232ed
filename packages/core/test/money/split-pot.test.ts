import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { splitPot } from "../../src/money/split-pot.ts";

const tokens = (count: bigint) => count * 10n ** 18n;

const split = fc.record({
  pot: fc.bigInt({ min: 0n, max: 10n ** 30n }),
  burnBps: fc.integer({ min: 0, max: 10_000 }),
  winners: fc.integer({ min: 0, max: 64 }),
});

test("[D1] the winner of a duel takes 90 % of the pot", () => {
  // Both stake 300, the gold tier.
  assert.deepEqual(splitPot({ pot: tokens(600n), burnBps: 1_000, winners: 1 }), {
    each: tokens(540n),
    burned: tokens(60n),
  });
});

test("[D2] whatever the pot, nothing appears and nothing vanishes", () => {
  fc.assert(
    fc.property(split, (options) => {
      const { each, burned } = splitPot(options);
      assert.equal(each * BigInt(options.winners) + burned, options.pot);
      assert.ok(each >= 0n && burned >= 0n);
    }),
  );
});

test("[D3] what cannot be divided evenly is burned, and without winners everything", () => {
  assert.deepEqual(splitPot({ pot: 100n, burnBps: 0, winners: 3 }), { each: 33n, burned: 1n });
  assert.deepEqual(splitPot({ pot: 100n, burnBps: 0, winners: 0 }), { each: 0n, burned: 100n });
  assert.deepEqual(splitPot({ pot: 19n, burnBps: 1_000, winners: 1 }), { each: 17n, burned: 2n });
});

test("[D3] the burn exceeds its share by less than a unit for each winner", () => {
  fc.assert(
    fc.property(split, (options) => {
      if (options.winners === 0) return;
      const { burned } = splitPot(options);
      const excess = burned * 10_000n - options.pot * BigInt(options.burnBps);
      assert.ok(excess >= 0n && excess < 10_000n * BigInt(options.winners));
    }),
  );
});

test("[D6] a pot, burn or number of winners that cannot be is a bug, not a payout", () => {
  const sound = { pot: 100n, burnBps: 1_000, winners: 1 };
  for (const change of [
    { pot: -1n },
    { burnBps: 10_001 },
    { burnBps: -1 },
    { burnBps: 0.5 },
    { winners: -1 },
    { winners: 1.5 },
  ])
    assert.throws(() => splitPot({ ...sound, ...change }), RangeError, Object.keys(change)[0]);
});
