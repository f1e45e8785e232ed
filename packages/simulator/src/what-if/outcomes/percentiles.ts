/** How numbers are spread. All 0 where there are none. */
export interface Percentiles {
  readonly count: number;
  readonly mean: number;
  readonly p50: number;
  readonly p90: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/**
 * The least number that at least so large a part of sorted numbers does not exceed (nearest rank): always one of
 * them. 0 where there are none.
 *
 * @example
 * percentile(Float64Array.of(1, 2, 3, 4), 0.5); // 2
 */
export function percentile(sorted: Float64Array, part: number): number {
  if (sorted.length === 0) return 0;
  // A product such as 0.95 × 20 may come out a little above the whole number it is.
  const rank = Math.ceil(part * sorted.length - 1e-9);
  return sorted[Math.min(sorted.length, Math.max(1, rank)) - 1];
}

/** The percentiles of numbers in any order; they are left as they are. */
export function percentilesOf(values: Float64Array): Percentiles {
  const sorted = values.slice().sort();
  const count = sorted.length;
  const sum = sorted.reduce((total, value) => total + value, 0);
  return {
    count,
    mean: count === 0 ? 0 : sum / count,
    p50: percentile(sorted, 0.5),
    p90: percentile(sorted, 0.9),
    p95: percentile(sorted, 0.95),
    p99: percentile(sorted, 0.99),
    max: percentile(sorted, 1),
  };
}
