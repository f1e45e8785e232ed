import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { quantile, rounded } from "../../report.ts";
import type { Traffic } from "../load-player.ts";
import { type ProcessUsage, usageOf } from "../process-usage.ts";
import { metricsOf } from "../server-metrics.ts";
import type { ServerProcess } from "../server-process.ts";
import type { Crowd } from "./crowd.ts";
import type { CrowdFigures } from "./crowd-figures.ts";

/** What a stretch of time with a crowd came to. */
export interface CrowdMeasured {
  readonly seen: CrowdFigures;
  readonly seconds: number;
  /** In and out together, as the load counts them. */
  readonly messagesPerSecond: number;
  readonly queueOperationsPerSecond: number;
  readonly matchesPerSecond: number;
  /** Of each server: 1 is one processor. */
  readonly cpus: readonly number[];
  readonly cpuMillisPerMatch: number;
  readonly rssBytes: number;
  /** The worst server's event loop: how late it was, at most, in all but one of a hundred looks. */
  readonly serverDelayP99Ms: number;
  readonly loadCpu: number;
  readonly loadDelayP99Ms: number;
}

/** Lets a crowd go on for some seconds and measures it and its servers. */
export async function measureCrowd(
  crowd: Crowd,
  { servers, traffic, seconds }: { servers: readonly ServerProcess[]; traffic: Traffic; seconds: number },
): Promise<CrowdMeasured> {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  // Asking for the metrics begins their own stretch of time anew.
  await Promise.all(servers.map(({ port }) => metricsOf(port)));
  const load = process.cpuUsage();
  const before = servers.map(({ pid }) => usageOf(pid));
  const frames = traffic.sent + traffic.received;
  const startedAt = performance.now();
  crowd.turnPage();
  delay.enable();
  await pause(seconds * 1_000);
  delay.disable();
  const seen = crowd.turnPage();
  const elapsed = (performance.now() - startedAt) / 1_000;
  const after = servers.map(({ pid }) => usageOf(pid));
  const { user, system } = process.cpuUsage(load);
  const messages = traffic.sent + traffic.received - frames;
  const metrics = await Promise.all(servers.map(({ port }) => metricsOf(port)));
  const delays = metrics.map((figures) => figures.get("nodejs_eventloop_lag_p99_seconds") ?? Number.NaN);
  const cpuSeconds = after.map((usage, index) => usage.cpuSeconds - before[index].cpuSeconds);
  return {
    seen,
    seconds: elapsed,
    messagesPerSecond: messages / elapsed,
    queueOperationsPerSecond: (seen.entered + seen.left) / elapsed,
    matchesPerSecond: seen.finished / elapsed,
    cpus: cpuSeconds.map((spent) => spent / elapsed),
    cpuMillisPerMatch: (sum(cpuSeconds) * 1_000) / Math.max(1, seen.finished),
    rssBytes: sum(after.map((usage: ProcessUsage) => usage.rssBytes)),
    serverDelayP99Ms: Math.max(...delays) * 1_000,
    loadCpu: (user + system) / 1e6 / elapsed,
    loadDelayP99Ms: delay.percentile(99) / 1e6,
  };
}

/** The figures of a measurement, named for a report. */
export function crowdFigures(prefix: string, measured: CrowdMeasured): Record<string, number | string> {
  const { seen } = measured;
  const named: Record<string, number | string> = {
    live_matches_p05: quantile(sorted(seen.live), 0.05),
    messages_per_s: rounded(measured.messagesPerSecond),
    queue_operations_per_s: rounded(measured.queueOperationsPerSecond),
    matches_per_s: rounded(measured.matchesPerSecond),
    ...quantilesOf("queue_enter_reply", seen.enqueueMs),
    ...quantilesOf("queue_leave_reply", seen.leaveMs),
    ...quantilesOf("match_found", seen.foundMs),
    ...quantilesOf("match_found_across_nodes", seen.foundAcrossMs),
    ...quantilesOf("ready_update", seen.readyMs),
    ...quantilesOf("progress_relay", seen.relayMs),
    server_cpu_percent: measured.cpus.map((cpu) => Math.round(cpu * 100)).join(" + "),
    server_cpu_ms_per_match: rounded(measured.cpuMillisPerMatch),
    server_rss_mb: Math.round(measured.rssBytes / 1e6),
    server_event_loop_delay_p99_ms: rounded(measured.serverDelayP99Ms),
    load_cpu_percent: Math.round(measured.loadCpu * 100),
    load_event_loop_delay_p99_ms: rounded(measured.loadDelayP99Ms),
    cancelled_matches: seen.cancelled,
    refusals: [...seen.refusals].map(([code, count]) => `${code} ${count}`).join(", ") || "none",
  };
  return Object.fromEntries(Object.entries(named).map(([name, value]) => [`${prefix}_${name}`, value]));
}

/** The same, in order. */
export function sorted(values: readonly number[]): number[] {
  return [...values].sort((left, right) => left - right);
}

/** What all but one of a hundred values stay below; where nothing was seen, longer than any wait. */
export function p99(values: readonly number[]): number {
  return values.length === 0 ? Number.MAX_SAFE_INTEGER : quantile(sorted(values), 0.99);
}

function quantilesOf(name: string, unsorted: readonly number[]): Record<string, number> {
  if (unsorted.length === 0) return {};
  const values = sorted(unsorted);
  return {
    [`${name}_p50_ms`]: rounded(quantile(values, 0.5)),
    [`${name}_p99_ms`]: rounded(quantile(values, 0.99)),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
