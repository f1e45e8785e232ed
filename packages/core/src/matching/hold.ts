import type { SearchRules } from "./search-rules.ts";
import type { Standing } from "./standing.ts";
import { ArrivalDensity, type Traffic } from "./traffic.ts";
import { lastStepAfterMs } from "./window.ts";

/** Up to which gap a ticket takes an opponent, in rating points. */
export type HoldLimit = (standing: Standing) => number;

/**
 * The factor of the gap from which waiting pays. With arrivals of density ρ (a second and point) and a price of
 * λ points a second, √(λ ÷ ρ) is the only length there is, so the best limit is a multiple of it whatever ρ
 * and λ are; the factor was found against the optimum in hindsight (`npm run bench -- wait`).
 */
const limitInLengths = 1.15;

/**
 * How picky tickets are at one moment; null where the rules keep nothing back. A ticket past the last step of
 * its search takes whatever the rules allow.
 *
 * @param options.at shard time in ms.
 * @example
 * const limit = holdLimit({ search: mode.search, traffic: pool.traffic, at: state.time });
 */
export function holdLimit(options: {
  readonly search: SearchRules;
  readonly traffic: Traffic;
  readonly at: number;
}): HoldLimit | null {
  const { search, traffic, at } = options;
  const { hold } = search;
  if (hold === undefined) return null;
  const lastStepMs = lastStepAfterMs(search);
  const freeAfterMs = Math.min(
    lastStepMs === 0 ? Number.POSITIVE_INFINITY : lastStepMs,
    hold.kind === "fixed" ? hold.forMs : Number.POSITIVE_INFINITY,
  );
  const density = hold.kind === "arrivals" ? new ArrivalDensity(traffic, at) : null;
  return (standing) => {
    const waitedMs = at - standing.enqueuedAt;
    if (waitedMs >= freeAfterMs) return Number.POSITIVE_INFINITY;
    const paid = (hold.pointsPerSecond * waitedMs) / 1_000;
    const arriving = density?.at(standing.rating) ?? 0;
    if (arriving === 0) return paid;
    return Math.max(paid, limitInLengths * Math.sqrt(hold.pointsPerSecond / arriving));
  };
}

/** When a ticket that is held back is looked at again: after another quarter of its wait, a tenth of a second at least. */
export function nextHoldLookAt(standing: Standing, at: number): number {
  return at + Math.max(100, (at - standing.enqueuedAt) / 4);
}
