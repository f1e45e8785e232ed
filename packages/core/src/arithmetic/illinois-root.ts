/** Two ends between which a function changes its sign, and its values there. */
interface Bracket {
  readonly a: number;
  readonly b: number;
  readonly fa: number;
  readonly fb: number;
}

/** Where to look for a root, and how closely. */
export interface RootSearch {
  /** The function has opposite signs here, or is 0 at one of them. */
  readonly from: number;
  readonly to: number;
  /** How wide the bracket may be in the end. */
  readonly tolerance: number;
}

/** Smooth functions take a handful of steps. After these the bracket is halved, which is sure to end. */
const illinoisStepsMax = 50;

/**
 * A root of a continuous function by the Illinois variant of regula falsi (Dowell and Jarratt, 1971), in a
 * bounded number of steps.
 *
 * @example
 * illinoisRoot((x) => x * x - 2, { from: 0, to: 2, tolerance: 1e-9 }); // 1.414213562…
 */
export function illinoisRoot(f: (x: number) => number, { from, to, tolerance }: RootSearch): number {
  let bracket: Bracket = { a: from, b: to, fa: f(from), fb: f(to) };
  for (let step = 1; Math.abs(bracket.b - bracket.a) > tolerance; step += 1) {
    const { a, b, fa, fb } = bracket;
    const c = step <= illinoisStepsMax ? a + ((a - b) * fa) / (fb - fa) : a + (b - a) / 2;
    const fc = f(c);
    // By signs: a product of tiny values could vanish.
    const changed = Math.sign(fc) * Math.sign(fb) <= 0;
    bracket = changed ? { a: b, b: c, fa: fb, fb: fc } : { a, b: c, fa: fa / 2, fb: fc };
  }
  return bracket.a;
}
