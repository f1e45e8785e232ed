import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { faultKinds, simulate } from "../src/index.ts";

const cli = new URL("../src/cli.ts", import.meta.url).pathname;

function run(...args: string[]) {
  return spawnSync(process.execPath, [cli, ...args], { encoding: "utf8" });
}

test("[X1] [X2] the same seed gives the same trace in one thread and in two, another seed another", async () => {
  const options = { matches: 400, matchesPerWorld: 100 };
  const [alone, together, other] = await Promise.all([
    simulate({ ...options, seed: 7, threads: 1 }),
    simulate({ ...options, seed: 7, threads: 2 }),
    simulate({ ...options, seed: 8, threads: 2 }),
  ]);
  const { entriesPerSecond: _alone, ...first } = alone;
  const { entriesPerSecond: _together, ...second } = together;
  assert.deepEqual(first, second);
  assert.notEqual(other.traceHash, alone.traceHash);
});

test("[X3] [X6] whatever strikes, matches end and nothing is violated", async () => {
  const report = await simulate({ seed: 3, matches: 1_500 });
  assert.deepEqual(report.violations, []);
  assert.ok(report.matches >= 1_500);
  for (const kind of faultKinds) assert.ok(report.faults[kind] > 0, `${kind} never struck`);
  for (const state of ["SETTLED", "CANCELLED", "VOIDED"] as const) {
    assert.ok(report.ended[state] > 0, `no match ended ${state}`);
  }
  for (const marker of [
    "leader changed",
    "players orphaned",
    "back in a match",
    "resolved forfeit",
    "party queued",
    "squads met",
    "round joined",
    "round extended",
    "dispatched",
  ]) {
    assert.ok((report.markers[marker] ?? 0) > 0, `${marker} never happened`);
  }
});

test("[X8] the command ends with a summary and JSON, and refuses what it cannot use", () => {
  const good = run("--seed", "5", "--matches", "20");
  assert.equal(good.status, 0, good.stderr);
  const [summary, json] = good.stdout.trim().split("\n").slice(-2);
  assert.match(
    summary ?? "",
    /^\d+ matches, \d+ entries, \d+ faults, 0 violations, \d+ entries\/s, trace [0-9a-f]{16}$/,
  );
  const report = JSON.parse(json ?? "") as Record<string, unknown>;
  for (const key of ["seed", "matches", "faults", "violations", "entries_per_s", "trace_hash", "markers"]) {
    assert.ok(key in report, key);
  }
  assert.equal(
    run("--seed", "5", "--matches", "20", "--json").stdout.includes(String(report.trace_hash)),
    true,
  );
  const bad = run("--matches", "-3");
  assert.equal(bad.status, 2);
  assert.match(bad.stderr, /--matches/);
});
