import type { ModeFrontier } from "../../frontier/trace-frontier.ts";
import type { ModeSummary } from "../../outcomes/mode-summary.ts";
import type { Compared } from "../compared-modes.ts";
import { figure } from "../figures.ts";
import { type BarGroup, barGroups, secondsTold } from "./bar-groups.ts";
import { frontierChart } from "./frontier-chart.ts";
import { legend } from "./legend.ts";

/** A chart and what it shows. */
interface Chart {
  readonly caption: string;
  readonly drawing: string;
}

type Runs = Compared["runs"];

/** The charts of one mode; those without anything to show are left out. */
export function modeCharts({ runs }: Compared, frontier: ModeFrontier | undefined): string {
  const shown = runs.at(-1)?.summary as ModeSummary;
  const charts = [
    ...(frontier?.points.some(({ gapMean }) => gapMean > 0) ? [frontierOf(frontier)] : []),
    ...(shown.bands.length > 1 ? [waitByBand(shown)] : []),
    ...(runs.length > 1 ? [beforeAndAfter(runs)] : []),
    ...(shown.gapHistogram.length > 0 ? [gapDistribution(runs)] : []),
  ];
  return charts
    .map(({ caption, drawing }) => `<figure>\n<figcaption>${caption}</figcaption>\n${drawing}\n</figure>`)
    .join("\n");
}

function frontierOf(frontier: ModeFrontier): Chart {
  return { caption: "What better matches cost in waiting", drawing: frontierChart(frontier) };
}

function waitByBand({ bands }: ModeSummary): Chart {
  const groups = bands.map(({ from, to, waitP50, waitP95 }): BarGroup => {
    const who = `skill ${figure(from)} to ${figure(to)}`;
    return {
      label: figure(to),
      bars: [
        { value: waitP50, name: "first", told: secondsTold(`${who}, half wait no longer than`, waitP50) },
        { value: waitP95, name: "second", told: secondsTold(`${who}, 95 % wait no longer than`, waitP95) },
      ],
    };
  });
  const title = "Wait by tenths of skill";
  const labelEvery = groups.length > 6 ? 2 : 1;
  const drawing = barGroups({ title, xLabel: "skill up to", yLabel: "wait, s", groups, labelEvery });
  return {
    caption: title,
    drawing: `${drawing}\n${legend([
      ["first", "p50"],
      ["second", "p95"],
    ])}`,
  };
}

const classOf = { "": "first", before: "second", after: "first" } as const;

function beforeAndAfter(runs: Runs): Chart {
  const groups = (["p50", "p90", "p95", "p99"] as const).map((part): BarGroup => {
    const bars = runs.map(({ label, summary }) => {
      const value = summary.waitSecs[part];
      return { value, name: classOf[label], told: secondsTold(`${part} ${label}`, value) };
    });
    return { label: part, bars };
  });
  const title = "Wait, before and after";
  const drawing = barGroups({ title, xLabel: "percentile", yLabel: "wait, s", groups });
  return { caption: title, drawing: `${drawing}\n${runsLegend(runs)}` };
}

/** Runs may have bins of other widths, so each is drawn for itself where there are two. */
function gapDistribution(runs: Runs): Chart {
  const drawings = runs.flatMap(({ label, summary }) => {
    const { gapHistogram, matches } = summary;
    if (gapHistogram.length === 0) return [];
    const groups = gapHistogram.map(({ from, to, count }, place): BarGroup => {
      const share = (count / matches) * 100;
      const range =
        place === gapHistogram.length - 1 ? `${figure(from)} and more` : `${figure(from)} to ${figure(to)}`;
      const told = `${range} points: ${figure(share, 1)} % of matches`;
      return { label: figure(from), bars: [{ value: share, name: classOf[label], told }] };
    });
    const title = label === "" ? "Rating gaps of matches" : `Rating gaps of matches, ${label}`;
    const labelEvery = Math.max(1, Math.ceil(groups.length / 5));
    return barGroups({ title, xLabel: "rating gap from", yLabel: "% of matches", groups, labelEvery });
  });
  const names = runs.length > 1 ? `\n${runsLegend(runs)}` : "";
  return { caption: "How far apart opponents are", drawing: `${drawings.join("\n")}${names}` };
}

function runsLegend(runs: Runs): string {
  return legend(runs.map(({ label }) => [classOf[label], label] as const));
}
