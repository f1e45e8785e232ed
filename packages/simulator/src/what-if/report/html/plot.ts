import { roundWidth } from "../../outcomes/histogram.ts";
import { figure } from "../figures.ts";
import { escapeHtml } from "./escape-html.ts";

/** An axis from 0, or from `min`, to `max`, and where it says what. */
export interface Axis {
  readonly label: string;
  readonly min?: number;
  readonly max: number;
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
}

/** Where values lie in a chart. */
export interface Scales {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  /** Where the y axis is 0. */
  readonly baseY: number;
}

const width = 360;
const height = 250;
const left = 46;
const right = 12;
const top = 12;
const bottom = 44;

/** Drawn as wide as a phone, so that its letters stay readable there. */
export function plot(options: {
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly marks: (scales: Scales) => string;
}): string {
  const { title, x, y, marks } = options;
  const scales = scalesOf(x, y);
  const labels = [
    `<text class="axis" x="${(left + width - right) / 2}" y="${height - 6}" text-anchor="middle">${escapeHtml(x.label)}</text>`,
    `<text class="axis" x="12" y="${(top + height - bottom) / 2}" text-anchor="middle" transform="rotate(-90 12 ${(top + height - bottom) / 2})">${escapeHtml(y.label)}</text>`,
  ];
  return `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeHtml(title)}">
${[...gridOf(x, y, scales), marks(scales), ...labels].join("\n")}
</svg>`;
}

/** An axis from 0 to a little beyond the greatest of some numbers, with round ticks. */
export function numberAxis(label: string, values: readonly number[]): Axis {
  const greatest = Math.max(...values, 0);
  const step = greatest > 0 ? roundWidth(greatest / 5) : 1;
  const count = Math.max(1, Math.ceil(greatest / step));
  const decimals = step < 1 ? Math.ceil(-Math.log10(step)) : 0;
  const ticks = Array.from({ length: count + 1 }, (_, place) => ({
    at: place * step,
    text: figure(place * step, decimals),
  }));
  return { label, max: count * step, ticks };
}

/** A number of the drawing, short. */
export function short(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function scalesOf(x: Axis, y: Axis): Scales {
  const place = ({ min = 0, max }: Axis, value: number) => (value - min) / (max - min || 1);
  const baseY = height - bottom;
  return {
    x: (value) => left + place(x, value) * (width - left - right),
    y: (value) => baseY - place(y, value) * (baseY - top),
    baseY,
  };
}

function gridOf(x: Axis, y: Axis, scales: Scales): string[] {
  const across = y.ticks.map(({ at, text }) => {
    const place = short(scales.y(at));
    return `<line class="grid" x1="${left}" x2="${width - right}" y1="${place}" y2="${place}" /><text class="tick" x="${left - 6}" y="${short(scales.y(at) + 4)}" text-anchor="end">${escapeHtml(text)}</text>`;
  });
  const along = x.ticks.map(
    ({ at, text }) =>
      `<text class="tick" x="${short(scales.x(at))}" y="${scales.baseY + 16}" text-anchor="middle">${escapeHtml(text)}</text>`,
  );
  return [...across, ...along];
}
