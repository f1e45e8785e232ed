import type { ModeSummary } from "../../outcomes/mode-summary.ts";
import type { WhatIfReport } from "../../what-if.ts";
import { type Compared, comparedModes } from "../compared-modes.ts";
import { duration, figure, percent } from "../figures.ts";
import { escapeHtml } from "./escape-html.ts";
import { modeCharts } from "./mode-charts.ts";
import { modeTable } from "./mode-table.ts";
import { reportStyle } from "./report-style.ts";

/** A report as one page that loads nothing: no script, no font, no picture from elsewhere. */
export function reportPage(report: WhatIfReport): string {
  const title = report.kind === "simulate" ? "What these rules come to" : "The log under these rules";
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<title>MatchForge: ${title}</title>
<style>${reportStyle}</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p>${escapeHtml(introduction(report))}</p>
<p>Matches are formed by the same waves that a server runs, in virtual time. Everybody is taken to accept their match.</p>
${comparedModes(report)
  .map((compared) => modeSection(compared, report))
  .join("\n")}
${skippedList(report)}
</main>
</body>
</html>
`;
}

function introduction({ seed, after }: WhatIfReport): string {
  const extent = `${figure(after.tickets)} tickets in ${duration(after.durationMs)}`;
  if (seed !== null) return `${extent} of synthetic arrivals, seed ${seed}.`;
  return `${extent} of a recorded log. Before: as it happened. After: the same tickets under these rules.`;
}

function modeSection(compared: Compared, { frontier }: WhatIfReport): string {
  const ofMode = frontier.find(({ mode }) => mode === compared.mode);
  return `<section>
<h2>${escapeHtml(compared.mode)}</h2>
${compared.runs.map(({ label, summary }) => tiles(summary, label)).join("\n")}
<div class="charts">
${modeCharts(compared, ofMode)}
</div>
<details>
<summary>All figures</summary>
${modeTable(compared)}
</details>
</section>`;
}

function tiles(summary: ModeSummary, label: string): string {
  const facts = [
    [figure(summary.matches), "matches"],
    [`${figure(summary.waitSecs.p50, 1)} s`, "half are matched within"],
    [`${figure(summary.waitSecs.p95, 1)} s`, "95 % of the matched within"],
    [figure(summary.ratingGap.mean, 1), "mean rating gap"],
    [percent(summary.unmatchedShare), "not matched"],
  ];
  const items = facts.map(
    ([value = "", what = ""]) => `<li><strong>${escapeHtml(value)}</strong>${what}</li>`,
  );
  return `${label === "" ? "" : `<p>${label}</p>\n`}<ul class="tiles">${items.join("")}</ul>`;
}

function skippedList({ skipped }: WhatIfReport): string {
  if (skipped.length === 0) return "";
  const items = skipped.map(({ mode, reason }) => `<li>${escapeHtml(`${mode}: ${reason}`)}</li>`);
  return `<section>\n<h2>Left out</h2>\n<ul>${items.join("")}</ul>\n</section>`;
}
