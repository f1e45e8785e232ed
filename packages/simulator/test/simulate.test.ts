import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { faultKinds, simulate } from "../src/index.ts";

const cli = fileURLToPath(new URL("../src/cli.ts", import.meta.url));
const mutated = new URL("./mutated.ts", import.meta.url).href;

function run(...args: string[]) {
  return spawnSync(process.execPath, [cli, ...args], { encoding: "utf8" });
}

test("[X1] [X2] the same seed gives the same trace in one thread and in two, another seed another", async () => {
  const options = { matches: 120, matchesPerWorld: 40 };
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
  const report = await simulate({ seed: 4, matches: 1_500 });
  assert.deepEqual(report.violations, []);
  assert.ok(report.matches >= 1_500);
  for (const kind of faultKinds) assert.ok(report.faults[kind] > 0, `${kind} never struck`);
  for (const state of ["SETTLED", "CANCELLED", "VOIDED"] as const) {
    assert.ok(report.ended[state] > 0, `no match ended ${state}`);
  }
  for (const marker of [
    "leader changed",
    "level raised",
    "players orphaned",
    "back in a match",
    "resolved forfeit",
    "party queued",
    "met in squad",
    "round extended",
    "crews met",
    "siege",
    "siege joined",
    "territory taken",
    "dispatched",
    "server lent",
    "server chosen",
    "server replaced",
    "server lost silent",
    "server lost restarted",
    "server lost down",
    "let in",
    "standing told",
    "result claimed",
    "cancelled loading_timeout",
    "cancelled no_server",
    "refused MATCH_TICKET_EXPIRED",
  ]) {
    assert.ok((report.markers[marker] ?? 0) > 0, `${marker} never happened`);
  }
});

test("[X8] the command ends with a summary and JSON, and refuses what it cannot use", () => {
  const good = run("--seed", "5", "--matches", "20", "--nodes", "2");
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
  const again = run("--seed", "5", "--matches", "20", "--nodes", "2", "--json");
  assert.equal(again.stdout.includes(String(report.trace_hash)), true);
  assert.match(run("--help").stdout, /--nodes N/);
  for (const [option, value] of [
    ["--matches", "-3"],
    ["--nodes", "0"],
    ["--nodes", "10"],
    ["--seed", "x"],
  ] as const) {
    const bad = run(`${option}=${value}`);
    assert.equal(bad.status, 2, `${option} ${value}`);
    assert.match(bad.stderr, new RegExp(`^${option} is ${value}; it takes a whole number`));
  }
  const unknown = run("--made-up");
  assert.equal(unknown.status, 2);
  assert.match(unknown.stderr, /--made-up/);
});

test("[X20] the command fails and names what a large run has not met", () => {
  const { status, stderr, stdout } = run("--seed", "5", "--matches", "20", "--meets-all-from", "20");
  assert.equal(status, 1);
  const [, id = ""] = /^never met: ([A-Z]\d+), /m.exec(stderr) ?? [];
  const { unmet } = JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as { unmet: string[] };
  assert.ok(unmet.includes(id));
});

test("[X21] the command names the seeds of a violation and the entries that led to it, and finds it again", () => {
  const options = { encoding: "utf8", env: {} } as const;
  const changed = (...args: string[]) =>
    spawnSync(process.execPath, ["--import", mutated, cli, ...args], options);
  const { status, stderr } = changed("--seed", "6", "--matches", "500", "--json");
  assert.equal(status, 1);
  const found =
    /^violation: (entry \d+: .*) \(seed 6; look at it with --world-seed (\d+) --nodes 3\)\n {2}\d+ \d+ \w+\/\w+ \{/m;
  const [, sentence, worldSeed = ""] = found.exec(stderr) ?? [];
  assert.ok(sentence !== undefined, stderr.slice(0, 500));
  assert.ok(changed("--world-seed", worldSeed).stderr.startsWith(`violation: ${sentence}\n`));
});
