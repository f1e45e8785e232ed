import { exponential } from "../arithmetic/exponential.ts";
import { orderedSum } from "../arithmetic/ordered-sum.ts";

/**
 * Probabilities in proportion to the exponential of each strength (Luce's choice rule): for two teams the
 * logistic function of their difference. They add up to one, up to the rounding of the sum.
 *
 * @example
 * winProbabilities([0, 0]); // [0.5, 0.5]
 */
export function winProbabilities(strengths: readonly number[]): number[] {
  // From the greatest down, so that no exponential overflows and the sum is at least one.
  const greatest = Math.max(...strengths);
  const weights = strengths.map((strength) => exponential(strength - greatest));
  const sum = orderedSum(weights);
  return weights.map((weight) => weight / sum);
}
