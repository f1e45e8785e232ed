/**
 * The exponential function from + − × ÷ alone, so that every runtime gives the same bits. The argument is
 * reduced by multiples of ln 2 split in two parts (Cody and Waite, 1980), the rest is a Taylor polynomial of
 * degree 13, whose error for |r| ≤ ln 2 / 2 is below 2⁻⁵³. Accurate to 2 units in the last place.
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
  const rest = x - twos * 0.6931471803691238 - twos * 1.9082149292705877e-10;
  let sum = 1;
  for (let n = 13; n >= 1; n -= 1) sum = 1 + (rest * sum) / n;
  return timesPowerOfTwo(sum, twos);
}

/** 10 to the power of x, as `exponential(x × ln 10)`: relative error below |x| × 10⁻¹⁵ for the |x| ≤ 10 of ratings. */
export function powerOfTen(x: number): number {
  return exponential(x * Math.LN10);
}

/** Scales by 2ⁿ exactly where the result is normal, in steps that neither overflow nor lose bits on the way. */
function timesPowerOfTwo(value: number, exponent: number): number {
  let scaled = value;
  let left = exponent;
  for (; left > 1_000; left -= 1_000) scaled *= twoTo(1_000);
  for (; left < -1_000; left += 1_000) scaled *= twoTo(-1_000);
  return scaled * twoTo(left);
}

function twoTo(exponent: number): number {
  let result = 1;
  let base = exponent < 0 ? 0.5 : 2;
  for (let left = Math.abs(exponent); left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result *= base;
    base *= base;
  }
  return result;
}
