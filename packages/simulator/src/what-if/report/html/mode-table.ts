import type { ModeSummary } from "../../outcomes/mode-summary.ts";
import type { Compared } from "../compared-modes.ts";
import { figure, percent } from "../figures.ts";
import { escapeHtml } from "./escape-html.ts";

/** The figures behind a mode's charts. */
export function modeTable({ runs }: Compared): string {
  const head = ["", "p50", "p90", "p95", "p99", "max"];
  const rows = runs.flatMap(({ label, summary }) => {
    const named = (name: string) => (label === "" ? name : `${name}, ${label}`);
    return measures.map(({ name, of, decimals, times }) => {
      const { p50, p90, p95, p99, max } = of(summary);
      return [named(name), ...[p50, p90, p95, p99, max].map((value) => figure(value * times, decimals))];
    });
  });
  const bands = runs.map(({ label, summary }) => bandTable(summary, label));
  return [table(head, rows), ...bands].join("\n");
}

const measures = [
  { name: "wait of matched, s", of: (mode: ModeSummary) => mode.waitSecs, decimals: 1, times: 1 },
  { name: "rating gap, points", of: (mode: ModeSummary) => mode.ratingGap, decimals: 0, times: 1 },
  { name: "cost of a match, s", of: (mode: ModeSummary) => mode.costSecs, decimals: 1, times: 1 },
  { name: "favourite wins, %", of: (mode: ModeSummary) => mode.favouriteChance, decimals: 1, times: 100 },
];

function bandTable({ bands }: ModeSummary, label: string): string {
  if (bands.length === 0) return "";
  const head = [
    label === "" ? "skill" : `skill, ${label}`,
    "tickets",
    "wait p50",
    "wait p95",
    "mean gap",
    "unmatched",
  ];
  const rows = bands.map(({ from, to, tickets, waitP50, waitP95, gapMean, unmatchedShare }) => [
    `${figure(from)} to ${figure(to)}`,
    figure(tickets),
    figure(waitP50, 1),
    figure(waitP95, 1),
    figure(gapMean),
    percent(unmatchedShare),
  ]);
  return table(head, rows);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const heads = head.map((text) => `<th scope="col">${escapeHtml(text)}</th>`).join("");
  const lines = rows.map(([first = "", ...rest]) => {
    const cells = rest.map((text) => `<td>${escapeHtml(text)}</td>`).join("");
    return `<tr><th scope="row">${escapeHtml(first)}</th>${cells}</tr>`;
  });
  return `<div class="scroll"><table><thead><tr>${heads}</tr></thead><tbody>${lines.join("")}</tbody></table></div>`;
}
