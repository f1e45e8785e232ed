import type { ModeSummary } from "../outcomes/mode-summary.ts";
import type { Percentiles } from "../outcomes/percentiles.ts";
import type { WhatIfReport } from "../what-if.ts";
import { type Compared, comparedModes } from "./compared-modes.ts";
import { duration, figure, percent } from "./figures.ts";

/** A report as a table for a terminal. */
export function reportAsText(report: WhatIfReport): string {
  const { after, skipped } = report;
  const head =
    report.seed === null
      ? `The log's ${figure(after.tickets)} tickets of ${duration(after.durationMs)}: as it happened, and under these rules`
      : `${figure(after.tickets)} tickets in ${duration(after.durationMs)} of arrivals, seed ${report.seed}`;
  const modes = comparedModes(report).map(modeAsText);
  const left = skipped.map(({ mode, reason }) => `${mode} is left out: ${reason}.`);
  return [head, ...modes, left.join("\n")].filter((part) => part !== "").join("\n\n");
}

const labelWidth = 26;
const cellWidth = 10;

function modeAsText({ mode, runs }: Compared): string {
  const lines = [mode, row("", ["p50", "p90", "p95", "p99", "max"])];
  const measure = (name: string, cells: (summary: ModeSummary) => string[]) => {
    for (const { label, summary } of runs) lines.push(row(join(name, label), cells(summary)));
  };
  measure("wait of matched, s", ({ waitSecs }) => spread(waitSecs, 1));
  measure("rating gap, points", ({ ratingGap }) => spread(ratingGap, 0));
  measure("cost of a match, s", ({ costSecs }) => spread(costSecs, 1));
  measure("favourite wins, %", ({ favouriteChance }) => spread(favouriteChance, 1, 100));
  for (const { label, summary } of runs) lines.push(`  ${join(unmatched(summary), label)}`);
  for (const { label, summary } of runs) lines.push(...bandsAsText(summary, label));
  return lines.join("\n");
}

function unmatched({
  tickets,
  matches,
  ends,
  unmatchedShare,
  leftShare,
  timedOutShare,
}: ModeSummary): string {
  const shares = `${percent(unmatchedShare)} unmatched (${percent(leftShare)} left, ${percent(timedOutShare)} timed out)`;
  const rest = [
    [ends.elsewhere, "matched in another mode"],
    [ends.waiting, "still waiting at the end"],
    [ends.refused, "refused"],
  ] as const;
  const others = rest.filter(([count]) => count > 0).map(([count, what]) => `${figure(count)} ${what}`);
  return [`${figure(tickets)} tickets, ${figure(matches)} matches, ${shares}`, ...others].join("; ");
}

function bandsAsText({ bands }: ModeSummary, label: string): string[] {
  if (bands.length === 0) return [];
  const head = row(join("by skill", label), ["tickets", "wait p50", "wait p95", "mean gap", "unmatched"]);
  const rows = bands.map(({ from, to, tickets, waitP50, waitP95, gapMean, unmatchedShare }) =>
    row(`  ${figure(from)} to ${figure(to)}`, [
      figure(tickets),
      figure(waitP50, 1),
      figure(waitP95, 1),
      figure(gapMean),
      percent(unmatchedShare),
    ]),
  );
  return [head, ...rows];
}

function spread({ p50, p90, p95, p99, max }: Percentiles, decimals: number, times = 1): string[] {
  return [p50, p90, p95, p99, max].map((value) => figure(value * times, decimals));
}

function join(name: string, label: string): string {
  return label === "" ? name : `${name}, ${label}`;
}

function row(label: string, cells: readonly string[]): string {
  return `  ${label.padEnd(labelWidth)}${cells.map((cell) => cell.padStart(cellWidth)).join("")}`;
}
