import { exponential } from "../arithmetic/exponential.ts";
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

/** Two ends between which a function changes its sign, and its values there. */
interface Bracket {
  readonly a: number;
  readonly b: number;
  readonly fa: number;
  readonly fb: number;
}

/** As published. */
const tolerance = 1e-6;

/** The Illinois procedure takes 3 to 10 steps for real games; what is left after these is halved. */
const illinoisStepsMax = 50;

/**
 * The new volatility: step 5 of Glicko-2 by the Illinois procedure as published, in a form without the
 * paper's v and Δ, which overflow where games tell next to nothing. A volatility of 0 stays 0.
 */
export function glicko2Volatility(change: VolatilityChange): number {
  if (change.volatility === 0) return 0;
  const start = 2 * logarithm(change.volatility);
  const slope = slopeAt(change, start);
  return exponential(rootBetween(slope, { start, end: otherEnd(change, { start, slope }) }) / 2);
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

function rootBetween(
  slope: (x: number) => number,
  { start, end }: { readonly start: number; readonly end: number },
): number {
  let bracket: Bracket = { a: start, b: end, fa: slope(start), fb: slope(end) };
  for (let step = 1; Math.abs(bracket.b - bracket.a) > tolerance; step += 1) {
    const { a, b, fa, fb } = bracket;
    const c = step <= illinoisStepsMax ? a + ((a - b) * fa) / (fb - fa) : a + (b - a) / 2;
    const fc = slope(c);
    bracket = fc * fb <= 0 ? { a: b, b: c, fa: fb, fb: fc } : { a, b: c, fa: fa / 2, fb: fc };
  }
  return bracket.a;
}
