import { knownInstead } from "../../config/problem.ts";
import type { TableReader } from "../../config/table-reader.ts";

/** The largest share: they are weights, so only how they compare means anything. */
const shareMax = 1_000_000;

/** A number within bounds; outside them it is a problem, and `otherwise` is taken. */
export function numberWithin(
  table: TableReader,
  key: string,
  { otherwise, low, high }: { readonly otherwise: number; readonly low: number; readonly high: number },
): number {
  const given = table.number(key, otherwise);
  if (given >= low && given <= high) return given;
  table.note(key, `a number from ${low} to ${high}`, given);
  return otherwise;
}

/** A list of shares, of which at least one is above 0. */
export function shareList(table: TableReader, key: string, otherwise: readonly number[]): readonly number[] {
  const given = table.value(key);
  if (given === undefined) return otherwise;
  if (Array.isArray(given) && given.every(isShare) && given.some((share) => share > 0)) return given;
  table.note(key, `a list of numbers from 0 to ${shareMax}, one above 0`, given);
  return otherwise;
}

function isShare(value: unknown): value is number {
  return typeof value === "number" && value >= 0 && value <= shareMax;
}

/** All keys of a table as numbers from 0 up, such as the shares of tiers. With `known`, other keys are problems. */
export function sharesIn(
  table: TableReader,
  { high = shareMax, known }: { readonly high?: number; readonly known?: readonly string[] } = {},
): Readonly<Record<string, number>> {
  const shares = table.keys().map((key) => {
    const share = numberWithin(table, key, { otherwise: 1, low: 0, high });
    if (known !== undefined && !known.includes(key)) table.note(key, expectedAmong(known, key), share);
    return [key, share] as const;
  });
  return Object.fromEntries(shares);
}

function expectedAmong(known: readonly string[], given: string): string {
  return known.length === 0
    ? "no such table: the rules have nothing of the kind"
    : knownInstead(given, known);
}
