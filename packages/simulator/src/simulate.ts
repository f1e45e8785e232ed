import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { contentHash, contentHashText, emptyContentHash } from "@matchforge/core";
import type { FoundViolation } from "./audit/auditor.ts";
import { type FaultKind, faultKinds } from "./faults/fault-counts.ts";
import { matchesToMeetAll, unmetIn } from "./scenarios/catalogue.ts";
import type { Scenario } from "./scenarios/scenario.ts";
import { worldDefaults } from "./world/limits.ts";
import type { WorldReport } from "./world/simulate-world.ts";
import type { WorldOptions } from "./world/world.ts";

/** What a simulation found: one seed, the same trace hash wherever it runs. */
export interface SimulationReport {
  readonly seed: number;
  readonly nodes: number;
  readonly worlds: number;
  readonly matches: number;
  readonly ended: WorldReport["ended"];
  readonly entries: number;
  readonly faults: Readonly<Record<FaultKind, number>>;
  readonly violations: readonly (FoundViolation & { readonly world: number; readonly worldSeed: number })[];
  readonly entriesPerSecond: number;
  readonly traceHash: string;
  readonly markers: Readonly<Record<string, number>>;
  /** Scenarios that a run of this size must have met and has not. */
  readonly unmet: readonly Scenario[];
}

export interface SimulationOptions {
  readonly seed: number;
  readonly matches: number;
  /** Coordinators of each world, 1 to 9; default 3. */
  readonly nodes?: number;
  readonly matchesPerWorld?: number;
  /** A run of so many matches must meet every scenario; default 20,000. */
  readonly meetsAllFrom?: number;
  /** Worker threads; the result does not depend on it. */
  readonly threads?: number;
  readonly onProgress?: (progress: { readonly matches: number; readonly violations: number }) => void;
}

/** The seed of one world of a simulation; to look at that world alone. */
export function worldSeed(seed: number, world: number): number {
  return (Math.imul(seed, 0x9e3779b1) ^ Math.imul(world + 1, 0x85ebca77)) >>> 0;
}

/**
 * Lives through as many small worlds as it takes to see `matches` matches to their end.
 *
 * @example
 * const report = await simulate({ seed: 7, matches: 10_000 });
 * if (report.violations.length > 0) process.exitCode = 1;
 */
export async function simulate(options: SimulationOptions): Promise<SimulationReport> {
  const { seed, matchesPerWorld: perWorld = worldDefaults.matches, nodes = worldDefaults.nodes } = options;
  const worlds = Math.max(1, Math.ceil(options.matches / perWorld));
  const reports: WorldReport[] = [];
  const startedAt = performance.now();
  let next = 0;
  let seen = 0;
  let violations = 0;
  const threads = Math.min(options.threads ?? availableParallelism(), worlds);
  const run = async () => {
    const worker = new Worker(new URL("./world/world-thread.ts", import.meta.url));
    try {
      while (next < worlds) {
        const world = next;
        next += 1;
        const matches = Math.min(perWorld, options.matches - world * perWorld);
        const report = await ask(worker, { seed: worldSeed(seed, world), matches, nodes });
        reports[world] = report;
        seen += report.matches;
        violations += report.violations.length;
        options.onProgress?.({ matches: seen, violations });
      }
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: threads }, run));
  const { meetsAllFrom = matchesToMeetAll } = options;
  return summary({ seed, nodes, meetsAllFrom }, reports, (performance.now() - startedAt) / 1_000);
}

function ask(worker: Worker, request: WorldOptions): Promise<WorldReport> {
  return new Promise((resolve, reject) => {
    worker.once("error", reject);
    worker.once("message", (report: WorldReport) => {
      worker.off("error", reject);
      resolve(report);
    });
    worker.postMessage(request);
  });
}

function summary(
  { seed, nodes, meetsAllFrom }: { seed: number; nodes: number; meetsAllFrom: number },
  reports: readonly WorldReport[],
  seconds: number,
): SimulationReport {
  const ended = { SETTLED: 0, CANCELLED: 0, VOIDED: 0 };
  const faults = Object.fromEntries(faultKinds.map((kind) => [kind, 0])) as Record<FaultKind, number>;
  const markers: Record<string, number> = {};
  const violations: SimulationReport["violations"][number][] = [];
  let entries = 0;
  let trace = emptyContentHash;
  reports.forEach((report, world) => {
    entries += report.entries;
    trace = contentHash(trace, report.traceHash);
    for (const state of ["SETTLED", "CANCELLED", "VOIDED"] as const) ended[state] += report.ended[state];
    for (const kind of faultKinds) faults[kind] += report.faults[kind];
    for (const [name, count] of Object.entries(report.markers)) markers[name] = (markers[name] ?? 0) + count;
    for (const violation of report.violations)
      violations.push({ world, worldSeed: worldSeed(seed, world), ...violation });
  });
  const matches = ended.SETTLED + ended.CANCELLED + ended.VOIDED;
  return {
    seed,
    nodes,
    worlds: reports.length,
    matches,
    ended,
    entries,
    faults,
    violations,
    entriesPerSecond: Math.round(entries / seconds),
    traceHash: contentHashText(trace),
    markers,
    unmet: matches < meetsAllFrom ? [] : unmetIn(markers, nodes),
  };
}
