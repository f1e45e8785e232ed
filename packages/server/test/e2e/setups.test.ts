import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { type Setup, setups } from "./setups.ts";

const folder = fileURLToPath(new URL(".", import.meta.url));
/** What is about set-ups themselves, or about one of them alone. */
const ofOneSetup = ["setups.test.ts", "embedded.test.ts", "fleet.test.ts"];
const suite = readdirSync(folder).filter((name) => name.endsWith(".test.ts") && !ofOneSetup.includes(name));
/** The embedded set-up is the one of the run that this test is part of. */
const ran = new Set<Setup>(["embedded"]);

interface Totals {
  readonly tests: number;
  readonly pass: number;
  readonly output: string;
}

/** Runs the suite in processes of their own, on another set-up. */
async function runOn(setup: Setup): Promise<Totals> {
  const { NODE_TEST_CONTEXT: _, ...environment } = process.env;
  const files = suite.map((name) => `${folder}${name}`);
  const args = ["--test", "--test-timeout=120000", "--test-reporter=tap", ...files];
  const runner = spawn(process.execPath, args, { env: { ...environment, MATCHFORGE_TEST_SETUP: setup } });
  let output = "";
  for (const stream of [runner.stdout, runner.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  await once(runner, "close");
  const count = (what: string) => Number(new RegExp(`^# ${what} (\\d+)$`, "m").exec(output)?.[1]);
  return { tests: count("tests"), pass: count("pass"), output };
}

const others = setups.filter((setup) => setup !== "embedded");
const totals = new Map<Setup, number>();

// They wait far more than they work, so they wait together.
describe("each set-up of a fleet", { concurrency: others.length }, () => {
  for (const setup of others) {
    test(`[B24] the whole suite passes on ${setup}`, { timeout: 900_000 }, async () => {
      const { tests, pass, output } = await runOn(setup);
      const failures = output.split("\n").filter((line) => /^\s*not ok/.test(line));
      assert.deepEqual([pass, failures], [tests, []], output.slice(-20_000));
      assert.ok(tests > suite.length, output.slice(-2_000));
      totals.set(setup, tests);
      ran.add(setup);
    });
  }
});

test("[B24] every set-up there is was run, with the same tests on each", () => {
  assert.deepEqual([...ran].sort(), [...setups].sort());
  assert.equal(new Set(totals.values()).size, 1);
});
