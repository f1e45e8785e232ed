import { exponential } from "../arithmetic/exponential.ts";
import { illinoisRoot } from "../arithmetic/illinois-root.ts";
import { logarithm } from "../arithmetic/logarithm.ts";

/** What step 5 of Glicko-2 works on, all on its own scale. */
export interface VolatilityChange {
  readonly volatility: number;
  readonly deviation: number;
  /** How much the period's games tell: the paper's 1 ÷ v. */
  readonly information: number;
  /** How far they went better than expected: the paper's Δ ÷ v. */
  readonly surplus: number;
  readonly tau: number;
}

/** As published. */
const tolerance = 1e-6;

/**
 * The new volatility: step 5 of Glicko-2 by the Illinois procedure as published, in a form without the
 * paper's v and Δ, which overflow where games tell next to nothing. A volatility of 0 stays 0.
 */
export function glicko2Volatility(change: VolatilityChange): number {
  if (change.volatility === 0) return 0;
  const start = 2 * logarithm(change.volatility);
  const slope = slopeAt(change, start);
  const to = otherEnd(change, { start, slope });
  return exponential(illinoisRoot(slope, { from: start, to, tolerance }) / 2);
}

/** The derivative of the logarithm of the posterior by x, the logarithm of the squared volatility. */
function slopeAt(change: VolatilityChange, start: number): (x: number) => number {
  const { deviation, information, surplus, tau } = change;
  return (x) => {
    const variance = exponential(x);
    // The paper's φ² + v + eˣ, times 1 ÷ v; likewise the fraction below is multiplied by 1 ÷ v twice.
    const spread = 1 + information * (deviation * deviation + variance);
    const fit = (variance * (surplus * surplus - information * spread)) / (2 * spread * spread);
    return fit - (x - start) / (tau * tau);
  };
}

/** Where the slope has the other sign, or is 0. */
function otherEnd(
  { deviation, information, surplus, tau }: VolatilityChange,
  { start, slope }: { readonly start: number; readonly slope: (x: number) => number },
): number {
  const surprise = surplus * surplus - information * (1 + information * deviation * deviation);
  if (surprise > 0) return logarithm(surprise) - 2 * logarithm(information);
  // The fit is never below −½, so this ends by the time that steps exceed tau ÷ 2.
  let steps = 1;
  while (slope(start - steps * tau) < 0) steps += 1;
  return start - steps * tau;
}
