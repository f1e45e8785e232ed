import assert from "node:assert/strict";
import { test } from "node:test";
import { defineRules } from "../../src/rules/define-mode.ts";
import { diffRules, isSameRules } from "../../src/rules/diff/diff-rules.ts";
import type { ModeRules, Rules } from "../../src/rules/rules.ts";
import { any, elo, glicko2, rated, steps } from "./found.ts";

const low = { tier: "low", stake: "5" };
const high = { tier: "high", stake: "50" };

function rulesOf(...modes: readonly ModeRules[]): Rules {
  return defineRules({ modes });
}

function changesOf(before: Partial<ModeRules>, after: Partial<ModeRules>) {
  const { modes, shard } = diffRules(rulesOf(rated(before)), rulesOf(rated(after)));
  assert.deepEqual(shard, []);
  return modes.flatMap((mode) => (mode.kind === "changed" ? mode.changes : []));
}

test("[U10] modes that came, went and changed are told by id, each change by its key", () => {
  const before = rulesOf(rated({ id: "gone" }), rated({ id: "kept" }), rated({ id: "same" }));
  const after = rulesOf(
    rated({ id: "same" }),
    rated({ id: "kept", maxWaitMs: 120_000 }),
    rated({ id: "new" }),
  );
  assert.deepEqual(diffRules(before, after).modes, [
    { mode: "gone", kind: "removed" },
    { mode: "kept", kind: "changed", changes: [{ key: "maxWaitMs", before: 300_000, after: 120_000 }] },
    { mode: "new", kind: "added" },
  ]);
});

test("[U10] the same rules in another order, or through JSON, do not differ", () => {
  const stakes = [low, high];
  const before = rulesOf(rated({ stakes, requires: ["escrow"] }), rated({ id: "b" }));
  const after = rulesOf(rated({ id: "b" }), rated({ stakes: stakes.toReversed(), requires: ["escrow"] }));
  assert.ok(isSameRules(diffRules(before, after)));
  assert.ok(isSameRules(diffRules(before, JSON.parse(JSON.stringify(before)))));
});

test("[U10] tables are opened, tiers go by name, and what is one rule is told as one", () => {
  assert.deepEqual(changesOf({ stakes: [low, high] }, { stakes: [{ ...low, stake: "6" }] }), [
    { key: "stakes.high", before: "50", after: undefined },
    { key: "stakes.low", before: "5", after: "6" },
  ]);
  const wide = { search: { ...steps(0, any), avoidRematch: null } };
  assert.deepEqual(
    changesOf({}, wide).map(({ key }) => key),
    ["search.avoidRematch", "search.widening"],
  );
  assert.deepEqual(changesOf({}, { rating: { ...elo, k: 24 } }), [
    { key: "rating.k", before: 32, after: 24 },
  ]);
  assert.ok(
    changesOf({}, { rating: glicko2 }).some(
      ({ key, after }) => key === "rating.system" && after === "glicko2",
    ),
  );
  assert.ok(
    changesOf({}, { rating: null }).some(({ key, after }) => key === "rating.system" && after === null),
  );
});

test("[U10] a window to anyone is not the same as none", () => {
  const search = { avoidRematch: null, ...steps(0, any) };
  assert.equal(changesOf({ search }, { search: { ...search, ...steps(0, 9) } }).length, 1);
});

test("[U10] what belongs to no mode is told apart", () => {
  const before = rulesOf(rated());
  const after = { ...before, ledger: { ...before.ledger, faucet: "9" } };
  assert.deepEqual(diffRules(before, after), {
    modes: [],
    shard: [{ key: "ledger.faucet", before: "0", after: "9" }],
  });
});
