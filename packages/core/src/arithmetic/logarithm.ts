import { binaryParts } from "./powers-of-two.ts";

/**
 * The natural logarithm from + − × ÷ alone, so that every runtime gives the same bits: x = 2ᵏ × (1 + f) with
 * 1 + f between √½ and √2, and log(1 + f) from the series of artanh in s = f ÷ (2 + f), arranged as in
 * fdlibm's `e_log.c` (Sun Microsystems, 1993) so that small terms are added to large ones last. Accurate to
 * 1 unit in the last place.
 *
 * @returns −Infinity for 0, NaN below 0 and for NaN.
 * @example
 * logarithm(2); // 0.6931471805599453
 */
export function logarithm(x: number): number {
  if (Number.isNaN(x) || x < 0) return Number.NaN;
  if (x === 0) return Number.NEGATIVE_INFINITY;
  if (x === Number.POSITIVE_INFINITY) return x;
  const { fraction, exponent } = binaryParts(x);
  const isUpper = fraction > Math.SQRT2;
  const twos = isUpper ? exponent + 1 : exponent;
  const f = (isUpper ? fraction / 2 : fraction) - 1;
  const s = f / (2 + f);
  const half = (f * f) / 2;
  const tail = s * (half + artanhRest(s * s)) + twos * 1.9082149292705877e-10;
  return twos * 0.6931471803691238 - (half - tail - f);
}

/** 2z ÷ 3 + 2z² ÷ 5 + … up to z¹⁰: for z ≤ 0.0295 what it leaves out is below 2⁻⁵⁸. */
function artanhRest(z: number): number {
  let sum = 0;
  for (let n = 10; n >= 1; n -= 1) sum = z * (2 / (2 * n + 1) + sum);
  return sum;
}
