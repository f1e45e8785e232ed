import { readFileSync } from "node:fs";

/** The kernel counts processor time in these. */
const ticksPerSecond = 100;

/** What a process takes of the machine. */
export interface ProcessUsage {
  readonly rssBytes: number;
  /** Processor time of all its threads since it began. */
  readonly cpuSeconds: number;
}

/**
 * What a process takes, as Linux tells it.
 *
 * @throws Error where there is no `/proc`, or no such process.
 */
export function usageOf(pid: number): ProcessUsage {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const kilobytes = Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]);
  // The name in parentheses may contain anything; the fields after it are numbered from 3.
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const ticks = Number(fields[14 - 3]) + Number(fields[15 - 3]);
  return { rssBytes: kilobytes * 1_024, cpuSeconds: ticks / ticksPerSecond };
}
