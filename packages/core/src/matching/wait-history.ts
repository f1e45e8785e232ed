/** How long tickets of similar rating waited until they were matched, the latest ones. Plain data. */
export interface WaitHistory {
  /** By rating band: waits in ms, at most {@link waitsKept}, the oldest overwritten first. */
  readonly bands: Record<number, { readonly waits: number[]; next: number }>;
}

/** What the waits of others tell somebody who waits. Both in ms from now. */
export interface WaitEstimate {
  /** Half of those who had waited as long waited no longer than this. */
  readonly medianMs: number;
  /** Nine in ten waited no longer than this. */
  readonly longMs: number;
  /** How many waits that is taken from. */
  readonly samples: number;
}

/** How many waits a band remembers, and how many points of rating it is wide. */
export const waitsKept = 64;
const bandPoints = 200;
/** With fewer samples the neighbours are asked too, ever further away. */
const samplesLeast = 8;

/**
 * A history without a single wait.
 *
 * @example
 * estimateWait(createWaitHistory(), { rating: 1_500, waitedMs: 0 }); // null
 */
export function createWaitHistory(): WaitHistory {
  return { bands: {} };
}

/**
 * Remembers that a ticket of this rating was matched after a wait.
 *
 * @example
 * rememberWait(pool.waits, { rating: 1_500, waitMs: 4_000 });
 */
export function rememberWait(
  history: WaitHistory,
  { rating, waitMs }: { rating: number; waitMs: number },
): void {
  const band = bandOf(rating);
  history.bands[band] ??= { waits: [], next: 0 };
  const kept = history.bands[band];
  kept.waits[kept.next] = waitMs;
  kept.next = (kept.next + 1) % waitsKept;
}

/**
 * How much longer somebody will wait who has waited for `waitedMs`, from the last waits of similar ratings that were
 * at least as long. Null while there are too few to say.
 *
 * @example
 * const estimate = estimateWait(pool.waits, { rating: 1_500, waitedMs: 0 });
 */
export function estimateWait(
  history: WaitHistory,
  { rating, waitedMs }: { readonly rating: number; readonly waitedMs: number },
): WaitEstimate | null {
  const bands = Object.keys(history.bands).map(Number);
  const own = bandOf(rating);
  bands.sort((left, right) => Math.abs(left - own) - Math.abs(right - own) || left - right);
  const left: number[] = [];
  for (const band of bands) {
    for (const waitMs of history.bands[band].waits) if (waitMs >= waitedMs) left.push(waitMs - waitedMs);
    if (left.length >= samplesLeast) break;
  }
  if (left.length < samplesLeast) return null;
  left.sort((one, other) => one - other);
  return { medianMs: quantile(left, 0.5), longMs: quantile(left, 0.9), samples: left.length };
}

function bandOf(rating: number): number {
  return Math.floor(rating / bandPoints);
}

/** The smallest of sorted values that the share of them does not exceed. */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}
