import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { windowOf } from "../../src/matching/window.ts";
import { noWishes } from "../../src/matching/wishes.ts";
import { widestWindow } from "../../src/rules/analysis/widest-reach.ts";
import { any, codesIn, searching } from "./found.ts";

const searcher = { enqueuedAt: 0, wishes: noWishes };

/** Steps in growing order of time and gap; the first begins at once. */
const widening = fc
  .array(
    fc.record({ later: fc.integer({ min: 1, max: 40 }), wider: fc.constantFrom(0, 50, 100, 400, any) }),
    {
      minLength: 1,
      maxLength: 6,
    },
  )
  .map((list) => {
    let [afterMs, gap] = [0, 0];
    return list.map(({ later, wider }, place) => {
      afterMs += place === 0 ? 0 : later * 1_000;
      gap += wider;
      return { afterMs, gap };
    });
  });
const linear = fc
  .record({
    gap: fc.integer({ min: 0, max: 300 }),
    perSecond: fc.integer({ min: 0, max: 20 }),
    more: fc.nat(600),
  })
  .map(({ gap, perSecond, more }) => ({ kind: "linear" as const, gap, perSecond, max: gap + more }));
const anyWidening = fc.oneof(
  widening.map((list) => ({ kind: "steps" as const, steps: list })),
  linear,
);

test("[U6] the widest window is the widest that a ticket has while it waits", () => {
  fc.assert(
    fc.property(anyWidening, fc.integer({ min: 1, max: 120 }), (rule, waitSecs) => {
      const mode = searching({ widening: rule }, { maxWaitMs: waitSecs * 1_000 });
      let widest = 0;
      for (let at = 0; at < mode.maxWaitMs; at += 1_000)
        widest = Math.max(
          widest,
          windowOf(searcher, mode.search, at),
          windowOf(searcher, mode.search, at + 999),
        );
      const last = windowOf(searcher, mode.search, mode.maxWaitMs - 1e-6);
      assert.ok(
        Math.abs(widestWindow(mode) - Math.max(widest, last)) < 1e-4 || widestWindow(mode) === widest,
      );
    }),
  );
});

test("[U6] NO_WINDOW is told exactly where no two different ratings are accepted during the wait", () => {
  fc.assert(
    fc.property(widening, fc.integer({ min: 1, max: 120 }), (list, waitSecs) => {
      const mode = searching({ widening: { kind: "steps", steps: list } }, { maxWaitMs: waitSecs * 1_000 });
      const opens = list.some(
        ({ afterMs }) => afterMs < mode.maxWaitMs && windowOf(searcher, mode.search, afterMs) > 0,
      );
      const told = codesIn(mode).includes("NO_WINDOW search.widening");
      assert.equal(told, !opens);
    }),
  );
});
