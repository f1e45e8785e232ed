/** More changes than this make another word. */
const changesMax = 2;

/**
 * The word somebody most likely meant; undefined when none is near.
 *
 * @example
 * nearestWord("prot", ["host", "port"]); // port
 */
export function nearestWord(given: string, words: readonly string[]): string | undefined {
  const near = words
    .map((word) => ({ word, changes: changesBetween(given, word) }))
    .filter(({ word, changes }) => changes <= changesMax && changes * 3 <= word.length);
  return near.sort((left, right) => left.changes - right.changes)[0]?.word;
}

/** Letters to add, to drop or to replace until one text is the other; two neighbours exchanged count once. */
function changesBetween(from: string, to: string): number {
  let before: number[] = [];
  let row = Array.from({ length: to.length + 1 }, (_, count) => count);
  for (let at = 1; at <= from.length; at += 1) {
    const next = [at];
    for (let other = 1; other <= to.length; other += 1) {
      const isSame = from[at - 1] === to[other - 1];
      const isExchanged = from[at - 1] === to[other - 2] && from[at - 2] === to[other - 1];
      next[other] = Math.min(
        next[other - 1] + 1,
        row[other] + 1,
        row[other - 1] + (isSame ? 0 : 1),
        isExchanged ? before[other - 2] + 1 : Number.POSITIVE_INFINITY,
      );
    }
    [before, row] = [row, next];
  }
  return row[to.length];
}
