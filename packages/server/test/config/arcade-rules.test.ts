import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultRulesFile, loadRules } from "../../src/index.ts";

test("[H6] the arcade's rules are the specification's", () => {
  const loaded = loadRules(defaultRulesFile);
  assert.ok(loaded.ok);
  const duel = loaded.rules.modes.find(({ id }) => id === "code_duel");
  assert.deepEqual(
    duel?.stakes.map(({ tier, stake }) => [tier, BigInt(stake) / 10n ** 18n]),
    [
      ["bronze", 50n],
      ["silver", 150n],
      ["gold", 300n],
      ["diamond", 500n],
    ],
  );
  assert.deepEqual(duel?.search.widening, {
    kind: "steps",
    steps: [
      { afterMs: 0, gap: 100 },
      { afterMs: 15_000, gap: 200 },
      { afterMs: 30_000, gap: 300 },
      { afterMs: 60_000, gap: Number.POSITIVE_INFINITY },
    ],
  });
  assert.deepEqual(
    [duel?.burnBps, duel?.readyCheckMs, duel?.countdownMs, duel?.graceMs],
    [1_000, 15_000, 5_000, 30_000],
  );
  assert.deepEqual(duel?.rating, { system: "elo", initial: 1200, k: 32, rounding: "truncate" });
});
