/**
 * Runs every test with line coverage, checks the coverage, and ends with the runner's own closing lines.
 * The whole suite shares one PostgreSQL, one Redis and one cluster, which end with this process; chosen files
 * start what they need themselves. Properties draw from a fixed seed, so that a run can be repeated;
 * PROPERTY_SEED=N tries others.
 *
 * Run: node tools/run-tests.ts [FILE…]
 */
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { serversForRun } from "@matchforge/testbed";

const closing = /^ℹ (tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) /;
const chosen = process.argv.slice(2);
const files = chosen.length > 0 ? chosen : ["packages/*/test/**/*.test.ts", "docs/test/**/*.test.ts"];

const servers = chosen.length > 0 ? undefined : await serversForRun();
const folder = mkdtempSync(join(tmpdir(), "matchforge-coverage-"));
const report = join(folder, "coverage.lcov");
const runner = spawn(
  process.execPath,
  [
    "--import=./tools/property-seed.ts",
    "--test",
    "--test-timeout=120000",
    // Many tests wait for servers and for time to pass: while one waits another works.
    "--test-concurrency=2",
    "--experimental-test-coverage",
    "--test-coverage-include=packages/*/src/**",
    "--test-reporter=spec",
    "--test-reporter-destination=stdout",
    "--test-reporter=lcov",
    `--test-reporter-destination=${report}`,
    ...files,
  ],
  { stdio: ["ignore", "pipe", "inherit"], env: { ...process.env, ...servers?.variables } },
);

const held: string[] = [];
for await (const line of createInterface({ input: runner.stdout })) {
  if (closing.test(line)) held.push(line);
  // The runner's own table lists every file: the one by package below says enough.
  else if (!line.startsWith("ℹ ")) console.log(line);
}
const failed = runner.exitCode ?? (await new Promise((ended) => runner.once("exit", ended)));
if (failed !== 0) process.exitCode = 1;
if (chosen.length === 0) {
  const coverage = spawnSync(process.execPath, ["tools/check-coverage.ts", report], { stdio: "inherit" });
  if (coverage.status !== 0) process.exitCode = 1;
}
rmSync(folder, { recursive: true });
await servers?.stop();
for (const line of held) console.log(line);
