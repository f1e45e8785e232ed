import type { FrontierPoint, ModeFrontier } from "../../frontier/trace-frontier.ts";
import { figure, percent } from "../figures.ts";
import { escapeHtml } from "./escape-html.ts";
import { legend } from "./legend.ts";
import { numberAxis, plot, type Scales, short } from "./plot.ts";

/** Quality against wait: one point for each setting around the given rules. */
export function frontierChart({ points }: ModeFrontier): string {
  const drawing = plot({
    title: "Mean rating gap against the 95th percentile of waiting, by setting",
    x: numberAxis(
      "wait p95, s",
      points.map(({ waitP95Secs }) => waitP95Secs),
    ),
    y: numberAxis(
      "mean rating gap",
      points.map(({ gapMean }) => gapMean),
    ),
    marks: (scales) => marksOf(points, scales),
  });
  const names = legend([
    ["given", "the given rules"],
    ["first", "windows that widen slower or faster"],
    ["second", "matches held back more or less"],
  ]);
  return `${drawing}\n${names}`;
}

const classOf = { given: "given", speed: "first", hold: "second" } as const;

function marksOf(points: readonly FrontierPoint[], scales: Scales): string {
  const given = points.filter(({ kind }) => kind === "given");
  const bySpeed = points.filter(({ kind }) => kind === "speed");
  const byHold = points.filter(({ kind }) => kind === "hold");
  // The given rules are the setting ×1 of the widening, between the slower and the faster ones.
  const speeds = [...bySpeed.slice(0, bySpeed.length / 2), ...given, ...bySpeed.slice(bySpeed.length / 2)];
  const lines = [lineThrough(speeds, "first", scales), lineThrough(byHold, "second", scales)];
  return [...lines, ...[...bySpeed, ...byHold, ...given].map((point) => dot(point, scales))].join("\n");
}

function lineThrough(points: readonly FrontierPoint[], name: string, { x, y }: Scales): string {
  const places = points.map(({ waitP95Secs, gapMean }) => `${short(x(waitP95Secs))},${short(y(gapMean))}`);
  return `<polyline class="line ${name}" points="${places.join(" ")}" />`;
}

function dot({ kind, name, waitP95Secs, gapMean, unmatchedShare }: FrontierPoint, { x, y }: Scales): string {
  const told = `${name}: wait p95 ${figure(waitP95Secs, 1)} s, mean gap ${figure(gapMean, 1)}, ${percent(unmatchedShare)} unmatched`;
  return `<circle class="dot ${classOf[kind]}" cx="${short(x(waitP95Secs))}" cy="${short(y(gapMean))}" r="${kind === "given" ? 6 : 4}"><title>${escapeHtml(told)}</title></circle>`;
}
