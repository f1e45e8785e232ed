/** Exact arithmetic on whole numbers, to measure how far a floating-point result is from the truth. */

const bits = 400n;
const one = 1n << bits;

/** ln 10 = 3 ln 2 + ln 1.25, each from the series of artanh. */
const ln10 = 6n * artanhOfInverse(3n) + 2n * artanhOfInverse(9n);

/** How many units in the last place `actual` is from e to the power of x; x may be taken times ln 10. */
export function ulpsFromPower(actual: number, { x, base }: { x: number; base: "e" | "ten" }): number {
  const exponent = base === "e" ? fixed(x) : (fixed(x) * ln10) >> bits;
  return inUlps(fixed(actual) - exponentialOf(exponent), actual);
}

/** How many units in the last place `actual` is from the natural logarithm of x, found from exp(actual) ÷ x. */
export function ulpsFromLogarithm(actual: number, x: number): number {
  return inUlps((exponentialOf(fixed(actual)) << bits) / fixed(x) - one, actual);
}

function inUlps(difference: bigint, of: number): number {
  return Math.abs(Number((difference << 60n) / fixed(ulpOf(of)))) / 2 ** 60;
}

function ulpOf(value: number): number {
  const word = new BigInt64Array(Float64Array.of(Math.abs(value)).buffer);
  word[0] += 1n;
  return new Float64Array(word.buffer)[0] - Math.abs(value);
}

/** The exact value of a double between 2⁻³⁴⁷ and 2¹⁰²³, as a multiple of 2⁻⁴⁰⁰. */
function fixed(value: number): bigint {
  let scaled = value;
  let shift = bits;
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    shift -= 1n;
  }
  return shift >= 0n ? BigInt(scaled) << shift : BigInt(scaled) >> -shift;
}

function exponentialOf(x: bigint): bigint {
  const halvings = 20n;
  const small = x >> halvings;
  let term = one;
  let sum = one;
  for (let n = 1n; term !== 0n && term !== -1n; n += 1n) {
    term = (term * small) / (n << bits);
    sum += term;
  }
  for (let count = 0n; count < halvings; count += 1n) sum = (sum * sum) >> bits;
  return sum;
}

function artanhOfInverse(n: bigint): bigint {
  let power = one / n;
  let sum = 0n;
  for (let odd = 1n; power !== 0n; odd += 2n) {
    sum += power / odd;
    power /= n * n;
  }
  return sum;
}
