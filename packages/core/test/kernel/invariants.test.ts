import assert from "node:assert/strict";
import { test } from "node:test";
import { brokenInvariants } from "../../src/index.ts";
import { corruptedBindings } from "./corruptions/bindings.ts";
import type { Corruption } from "./corruptions/corruption.ts";
import { corruptedDeadlines } from "./corruptions/deadlines.ts";
import { corruptedIndexes } from "./corruptions/indexes.ts";
import { corruptedMatches } from "./corruptions/matches.ts";
import { corruptedMoney } from "./corruptions/money.ts";
import { Shard } from "./shard.ts";

const corruptions: Readonly<Record<string, Corruption>> = {
  ...corruptedBindings,
  ...corruptedDeadlines,
  ...corruptedMatches,
  ...corruptedMoney,
  ...corruptedIndexes,
};

for (const [what, { from, corrupt, complaint }] of Object.entries(corruptions)) {
  test(`[K46] the audit notices ${what}`, () => {
    const duel = from();
    assert.deepEqual(brokenInvariants(duel.shard.state), []);
    corrupt(duel);
    const broken = brokenInvariants(duel.shard.state);
    assert.ok(
      broken.some((line) => complaint.test(line)),
      `${broken}`,
    );
  });
}

test("[K46] each invariant that a state can show is broken by some corruption", () => {
  const numbers = new Set(Object.keys(corruptions).map((what) => what[0]));
  assert.deepEqual([...numbers].sort(), ["1", "2", "3", "4", "5", "7", "9"]);
  assert.deepEqual(brokenInvariants(Shard.started().state), []);
});
