import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { splitPot } from "../../src/index.ts";

test("[D1] the winner of a duel takes 90 % of the pot", () => {
  const gold = 300_000_000_000_000_000_000n;
  const { each, burned } = splitPot({ pot: 2n * gold, burnBps: 1_000, winners: 1 });
  assert.equal(each, 540_000_000_000_000_000_000n);
  assert.equal(burned, 60_000_000_000_000_000_000n);
});

test("[D2] whatever the pot, nothing appears and nothing vanishes", () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 0n, max: 10n ** 30n }),
      fc.integer({ min: 0, max: 10_000 }),
      fc.integer({ min: 0, max: 64 }),
      (pot, burnBps, winners) => {
        const { each, burned } = splitPot({ pot, burnBps, winners });
        assert.equal(each * BigInt(winners) + burned, pot);
        assert.ok(each >= 0n && burned >= 0n);
      },
    ),
  );
});

test("[D3] what cannot be divided evenly is burned", () => {
  assert.deepEqual(splitPot({ pot: 100n, burnBps: 0, winners: 3 }), { each: 33n, burned: 1n });
  assert.deepEqual(splitPot({ pot: 100n, burnBps: 0, winners: 0 }), { each: 0n, burned: 100n });
});
