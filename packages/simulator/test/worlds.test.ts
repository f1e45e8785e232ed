import assert from "node:assert/strict";
import { test } from "node:test";
import { simulate } from "../src/index.ts";
import { simulateWorld } from "../src/world/simulate-world.ts";
import { World } from "../src/world/world.ts";

test("[X9] one coordinator stands it, and so do nine", async () => {
  for (const nodes of [1, 9]) {
    const report = await simulate({ seed: 4, matches: 80, matchesPerWorld: 40, nodes });
    assert.deepEqual(report.violations, [], `${nodes} nodes`);
    assert.equal(report.nodes, nodes);
    assert.ok(report.matches >= 80);
  }
});

test("[X10] however far the clocks of the coordinators are off, the same happens", async () => {
  const options = { seed: 12, matches: 80, players: 40 };
  const exact = await simulateWorld({ ...options, skewMs: 0 });
  const skewed = await simulateWorld({ ...options, skewMs: 5_000 });
  assert.equal(skewed.traceHash, exact.traceHash);
  assert.deepEqual([exact.markers.A18, (skewed.markers.A18 ?? 0) > 0], [0, true]);
});

test("[X11] while the store is away time stands still, and nobody loses anything by it", async () => {
  const world = new World({ seed: 31, matches: 60, players: 40 });
  const seen: { readonly entries: number; readonly time: number }[] = [];
  const note = () => seen.push({ entries: world.auditor.entries, time: world.auditor.state.time });
  world.time.after(40_000, () => {
    note();
    world.outage.begin(120_000);
  });
  world.time.after(159_990, note);
  world.time.after(168_000, note);
  await world.live();
  const [before, during, after] = seen;
  assert.ok(before !== undefined && during !== undefined && after !== undefined);
  assert.deepEqual(during, before);
  assert.ok(after.entries > before.entries + 10);
  assert.ok(after.time - before.time <= 2_000 + 8_000, `${after.time - before.time} ms`);
  assert.deepEqual(world.auditor.violations, []);
});
