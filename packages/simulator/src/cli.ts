import { parseArgs } from "node:util";
import { type SimulationReport, simulate } from "./simulate.ts";
import { simulateWorld } from "./world/simulate-world.ts";

const usage = `Simulates matches under faults and checks every invariant after every entry of the log.

Usage: npm run simulate -- [--seed N] [--matches N] [--world-seed N] [--threads N] [--json]

  --seed N        what everything is drawn from; the same seed gives the same trace hash (default 1)
  --matches N     how many matches to see to their end (default 10000)
  --world-seed N  only the one world of this seed, as a violation names it
  --threads N     worker threads (default: one for each core); the result is the same
  --json          the report as JSON only
`;

const values = argumentsOf();

if (values.help) console.log(usage);
else if (values["world-seed"] !== undefined) await oneWorld(count("world-seed", values["world-seed"]));
else await manyWorlds();

function argumentsOf() {
  try {
    return parseArgs({
      options: {
        seed: { type: "string", default: "1" },
        matches: { type: "string", default: "10000" },
        "world-seed": { type: "string" },
        threads: { type: "string" },
        json: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    }).values;
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${usage}`);
    return process.exit(2);
  }
}

async function oneWorld(seed: number): Promise<void> {
  const report = await simulateWorld({ seed, matches: 250 });
  for (const violation of report.violations) console.error(violation);
  console.log(JSON.stringify(report));
  if (report.violations.length > 0) process.exitCode = 1;
}

async function manyWorlds(): Promise<void> {
  const seed = count("seed", values.seed);
  const matches = count("matches", values.matches);
  const threads = values.threads === undefined ? {} : { threads: count("threads", values.threads) };
  let reportedAt = performance.now();
  const report = await simulate({
    seed,
    matches,
    ...threads,
    onProgress: (progress) => {
      if (values.json || performance.now() - reportedAt < 2_000) return;
      reportedAt = performance.now();
      console.error(`${progress.matches} of ${matches} matches, ${progress.violations} violations`);
    },
  });
  for (const { worldSeed, sentence } of report.violations.slice(0, 20)) {
    console.error(`violation: ${sentence} (look at it with --world-seed ${worldSeed})`);
  }
  if (!values.json) console.log(sentenceOf(report));
  console.log(JSON.stringify(jsonOf(report)));
  if (report.violations.length > 0) process.exitCode = 1;
}

function sentenceOf(report: SimulationReport): string {
  const { matches, entries, faults, violations, entriesPerSecond, traceHash } = report;
  const faultTotal = Object.values(faults).reduce((sum, times) => sum + times, 0);
  return `${matches} matches, ${entries} entries, ${faultTotal} faults, ${violations.length} violations, ${entriesPerSecond} entries/s, trace ${traceHash}`;
}

function jsonOf(report: SimulationReport): Record<string, unknown> {
  const { seed, worlds, matches, ended, entries, faults, violations, markers } = report;
  return {
    seed,
    matches,
    faults,
    violations: violations.length,
    entries_per_s: report.entriesPerSecond,
    trace_hash: report.traceHash,
    markers,
    worlds,
    entries,
    ended,
  };
}

function count(name: string, text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 1) return value;
  console.error(`--${name} is ${text}; it takes a whole number of at least 1.`);
  process.exit(2);
}
