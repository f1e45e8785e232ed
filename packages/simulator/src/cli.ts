import { parseArgs } from "node:util";
import type { FoundViolation } from "./audit/auditor.ts";
import { matchesToMeetAll } from "./scenarios/catalogue.ts";
import { type SimulationReport, simulate } from "./simulate.ts";
import { nodeNames, worldDefaults } from "./world/limits.ts";
import { simulateWorld } from "./world/simulate-world.ts";

const violationsTold = 20;

const usage = `Simulates matches under faults and checks every invariant and every promise as the log goes by.

Usage: npm run simulate -- [--seed N] [--matches N] [--nodes N] [--world-seed N] [--threads N] [--json]

  --seed N        what everything is drawn from; the same seed gives the same trace hash (default 1)
  --matches N     how many matches to see to their end (default 10000)
  --meets-all-from N
                  a run of so many matches or more fails when it has not met every scenario of the catalogue
                  (default ${matchesToMeetAll}); a shorter one may miss some
  --nodes N       coordinators, 1 to ${nodeNames.length} (default ${worldDefaults.nodes})
  --world-seed N  only the one world of this seed, as a violation names it; with the same --nodes
  --threads N     worker threads (default: one for each core); the result is the same
  --json          the report as JSON only

Ends with 0 when all is well, with 1 on a violation or an unmet scenario, with 2 on an argument it cannot use.
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
        "meets-all-from": { type: "string", default: String(matchesToMeetAll) },
        nodes: { type: "string", default: String(worldDefaults.nodes) },
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
  const report = await simulateWorld({ seed, matches: worldDefaults.matches, nodes: nodes() });
  for (const violation of report.violations) tell(violation, "");
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
    nodes: nodes(),
    meetsAllFrom: count("meets-all-from", values["meets-all-from"]),
    ...threads,
    onProgress: (progress) => {
      if (values.json || performance.now() - reportedAt < 2_000) return;
      reportedAt = performance.now();
      console.error(`${progress.matches} of ${matches} matches, ${progress.violations} violations`);
    },
  });
  for (const violation of report.violations.slice(0, violationsTold))
    tell(
      violation,
      ` (seed ${seed}; look at it with --world-seed ${violation.worldSeed} --nodes ${report.nodes})`,
    );
  for (const { id, when } of report.unmet) console.error(`never met: ${id}, ${when}`);
  if (!values.json) console.log(sentenceOf(report));
  console.log(JSON.stringify(jsonOf(report)));
  if (report.violations.length > 0 || report.unmet.length > 0) process.exitCode = 1;
}

function tell({ sentence, history }: FoundViolation, where: string): void {
  console.error(`violation: ${sentence}${where}`);
  for (const entry of history) console.error(`  ${entry}`);
}

function sentenceOf(report: SimulationReport): string {
  const { matches, entries, faults, violations, entriesPerSecond, traceHash } = report;
  const faultTotal = Object.values(faults).reduce((sum, times) => sum + times, 0);
  return `${matches} matches, ${entries} entries, ${faultTotal} faults, ${violations.length} violations, ${entriesPerSecond} entries/s, trace ${traceHash}`;
}

function jsonOf(report: SimulationReport): Record<string, unknown> {
  const { seed, nodes, worlds, matches, ended, entries, faults, violations, markers, unmet } = report;
  return {
    seed,
    matches,
    faults,
    violations: violations.length,
    entries_per_s: report.entriesPerSecond,
    trace_hash: report.traceHash,
    markers,
    unmet: unmet.map(({ id }) => id),
    nodes,
    worlds,
    entries,
    ended,
  };
}

function nodes(): number {
  const wanted = count("nodes", values.nodes);
  if (wanted <= nodeNames.length) return wanted;
  console.error(`--nodes is ${wanted}; it takes a whole number from 1 to ${nodeNames.length}.`);
  return process.exit(2);
}

function count(name: string, text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 1) return value;
  console.error(`--${name} is ${text}; it takes a whole number of at least 1.`);
  return process.exit(2);
}
