import { figure } from "../figures.ts";
import { escapeHtml } from "./escape-html.ts";
import { numberAxis, plot, type Scales, short } from "./plot.ts";

/** Bars side by side, in groups along the x axis. */
export interface BarGroup {
  readonly label: string;
  readonly bars: readonly { readonly value: number; readonly name: string; readonly told: string }[];
}

/** A chart of groups of bars; `name` of a bar is the class that colours it. */
export function barGroups(options: {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly groups: readonly BarGroup[];
  /** Names every group below the axis, or every so many. */
  readonly labelEvery?: number;
}): string {
  const { title, xLabel, yLabel, groups, labelEvery = 1 } = options;
  const values = groups.flatMap(({ bars }) => bars.map(({ value }) => value));
  const ticks = groups.flatMap(({ label }, place) =>
    place % labelEvery === 0 ? [{ at: place, text: label }] : [],
  );
  return plot({
    title,
    x: { label: xLabel, min: -0.5, max: groups.length - 0.5, ticks },
    y: numberAxis(yLabel, values),
    marks: (scales) => groups.map((group, place) => barsOf(group, place, scales)).join("\n"),
  });
}

function barsOf({ bars }: BarGroup, place: number, { x, y, baseY }: Scales): string {
  const wide = ((x(1) - x(0)) * 0.84) / Math.max(1, bars.length);
  const from = x(place) - (wide * bars.length) / 2;
  return bars
    .map(({ value, name, told }, nth) => {
      const top = y(value);
      const box = `x="${short(from + nth * wide)}" y="${short(top)}" width="${short(wide - 0.6)}" height="${short(Math.max(0, baseY - top))}"`;
      return `<rect class="bar ${name}" ${box}><title>${escapeHtml(told)}</title></rect>`;
    })
    .join("");
}

/** What a bar of seconds says. */
export function secondsTold(what: string, secs: number): string {
  return `${what}: ${figure(secs, 1)} s`;
}
