import assert from "node:assert/strict";
import { test } from "node:test";
import { simulate } from "../src/index.ts";
import { outOfScope, scenarios, unmetIn } from "../src/scenarios/catalogue.ts";

/** Every failure scenario of queueing, commits, ready checks, loading and servers, play, results, coordinators and stores. */
const listed: Readonly<Record<string, number>> = { A: 21, B: 18, C: 15, D: 14, E: 20, F: 16, H: 8, I: 13 };
const ids = Object.entries(listed).flatMap(([group, count]) =>
  Array.from({ length: count }, (_, place) => `${group}${place + 1}`),
);

test("[X20] every scenario is in the catalogue, or out of scope with a reason", () => {
  const known = [...scenarios.map(({ id }) => id), ...Object.keys(outOfScope)];
  assert.deepEqual(known.toSorted(), ids.toSorted());
  assert.equal(new Set(known).size, known.length);
  for (const [id, reason] of Object.entries(outOfScope)) assert.match(reason, /^[a-z]+$/, id);
  for (const { id, when } of scenarios) assert.match(when, /^[a-z].+[a-z]$/, id);
});

test("[X20] a scenario at 0 is unmet, unless there are too few coordinators for it", () => {
  const met = Object.fromEntries(scenarios.map(({ id }) => [id, 1]));
  assert.deepEqual(unmetIn(met, 3), []);
  assert.deepEqual(
    unmetIn({ ...met, A2: 0, B10: 0 }, 3).map(({ id }) => id),
    ["A2", "B10"],
  );
  assert.deepEqual(
    unmetIn({ ...met, A2: 0, B10: 0 }, 1).map(({ id }) => id),
    ["A2"],
  );
});

test("[X20] a run that is large enough names what it has not met", async () => {
  const small = { seed: 2, matches: 20, matchesPerWorld: 20 };
  assert.deepEqual((await simulate(small)).unmet, []);
  const { unmet, markers } = await simulate({ ...small, meetsAllFrom: 20 });
  assert.ok(unmet.length > 0);
  for (const { id } of unmet) assert.equal(markers[id], 0);
});
