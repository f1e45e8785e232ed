import { percentile } from "./percentiles.ts";

/** How many numbers lie from `from` up to, not including, `to`; in the last one also those above. */
export interface HistogramBin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

const binCount = 20;

/** Bins of one round width from 0 up to the 99th percentile; the last takes in the tail. Numbers are ≥ 0. */
export function histogramOf(values: Float64Array): HistogramBin[] {
  const top = percentile(values.slice().sort(), 0.99);
  if (!(top > 0)) return [];
  const width = roundWidth(top / binCount);
  const counts = new Array<number>(Math.ceil(top / width)).fill(0);
  for (const value of values) counts[Math.min(counts.length - 1, Math.floor(value / width))] += 1;
  return counts.map((count, bin) => ({ from: bin * width, to: (bin + 1) * width, count }));
}

/** The nearest of 1, 2, 5, 10 … that is not below. */
export function roundWidth(least: number): number {
  let unit = 1;
  while (unit > least) unit /= 10;
  while (unit * 10 <= least) unit *= 10;
  return [1, 2, 5, 10].map((times) => times * unit).find((width) => width >= least) ?? least;
}
