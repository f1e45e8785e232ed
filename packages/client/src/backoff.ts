/** How long to wait between tries to connect. */
export interface BackoffOptions {
  readonly firstMs: number;
  readonly maxMs: number;
  /** From 0 up to, not including, 1. */
  readonly random: () => number;
}

/**
 * The pause before try number `attempt` (from 0): anything up to a bound that doubles each time and is
 * capped. Full jitter spreads the clients of a node that went away.
 *
 * @example
 * backoffMs(3, { firstMs: 250, maxMs: 10_000, random: Math.random }); // 0 to 2000
 */
export function backoffMs(attempt: number, { firstMs, maxMs, random }: BackoffOptions): number {
  const bound = Math.min(maxMs, firstMs * 2 ** Math.min(attempt, 30));
  return Math.round(random() * bound);
}
