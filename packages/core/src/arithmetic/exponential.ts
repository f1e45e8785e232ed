import { timesPowerOfTwo } from "./powers-of-two.ts";

/**
 * The exponential function from + − × ÷ alone, so that every runtime gives the same bits. The argument is
 * reduced by multiples of ln 2 split in two parts (Cody and Waite, Software Manual for the Elementary
 * Functions, 1980). Accurate to 2 units in the last place where the result is normal.
 *
 * @returns 0 below −745.2, Infinity above 709.8, NaN for NaN.
 * @example
 * exponential(1); // 2.718281828459045
 */
export function exponential(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 709.782712893384) return Number.POSITIVE_INFINITY;
  if (x < -745.1332191019412) return 0;
  const twos = Math.round(x * Math.LOG2E);
  // The first part of ln 2 ends in so many zero bits that its product is exact.
  const rest = x - twos * 0.6931471803691238 - twos * 1.9082149292705877e-10;
  return timesPowerOfTwo(exponentialNearZero(rest), twos);
}

/**
 * 10 to the power of x, by the same method with log₁₀ 2 in two parts. Accurate to 2 units in the last place
 * where the result is normal.
 *
 * @returns 0 below −324, Infinity above 308.3, NaN for NaN.
 * @example
 * powerOfTen(-0.5); // 0.31622776601683794
 */
export function powerOfTen(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 309) return Number.POSITIVE_INFINITY;
  if (x < -325) return 0;
  const twos = Math.round(x * 3.321928094887362);
  const rest = x - twos * 0.30102999566361177 - twos * 3.694239077158931e-13;
  return timesPowerOfTwo(exponentialNearZero(rest * Math.LN10), twos);
}

/** The Taylor polynomial of degree 13: for |x| ≤ ln 2 ÷ 2 what it leaves out is below 2⁻⁵³. */
function exponentialNearZero(x: number): number {
  let sum = 1;
  for (let n = 13; n >= 1; n -= 1) sum = 1 + (x * sum) / n;
  return sum;
}
