/** The parts of a positive number: `fraction × 2^exponent` with a fraction from 1 up to, but not, 2. */
export interface BinaryParts {
  readonly fraction: number;
  readonly exponent: number;
}

/**
 * Takes a finite number above 0 apart, exactly: multiplying by a power of two loses no bits.
 *
 * @example
 * binaryParts(10); // { fraction: 1.25, exponent: 3 }
 */
export function binaryParts(value: number): BinaryParts {
  let fraction = value;
  let exponent = 0;
  for (const { step, power, inverse } of steps) {
    if (fraction >= power) {
      fraction *= inverse;
      exponent += step;
    } else if (fraction < 2 * inverse) {
      fraction *= power;
      exponent -= step;
    }
  }
  // A subnormal number is still below 1: the steps add up to 1,023, and it lies further down.
  for (; fraction < 1; exponent -= 1) fraction *= 2;
  return { fraction, exponent };
}

/**
 * Scales by 2 to the power of a whole exponent, exactly where the result is normal, in steps that neither
 * overflow nor lose bits on the way.
 */
export function timesPowerOfTwo(value: number, exponent: number): number {
  let scaled = value;
  let left = exponent;
  for (; left > 1_000; left -= 1_000) scaled *= twoTo(1_000);
  for (; left < -1_000; left += 1_000) scaled *= twoTo(-1_000);
  return scaled * twoTo(left);
}

const steps = [512, 256, 128, 64, 32, 16, 8, 4, 2, 1].map((step) => ({
  step,
  power: twoTo(step),
  inverse: twoTo(-step),
}));

function twoTo(exponent: number): number {
  let result = 1;
  let base = exponent < 0 ? 0.5 : 2;
  for (let left = Math.abs(exponent); left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result *= base;
    base *= base;
  }
  return result;
}
