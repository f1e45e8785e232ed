/**
 * Adds finite numbers from the least to the greatest, so that the sum is the same bits whatever order they
 * come in.
 *
 * @example
 * orderedSum([0.3, 0.1, 0.2]) === orderedSum([0.1, 0.2, 0.3]); // true
 */
export function orderedSum(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right).reduce((sum, value) => sum + value, 0);
}
