import { compareIds } from "@matchforge/core";
import { wireLimits } from "@matchforge/protocol";
import type { Refusal } from "../problems.ts";

/** The query of a list, as its schema has it. */
export interface PageQuery {
  readonly limit?: string;
  readonly after?: string;
}

/** How many rows a page is to have. */
export function limitOf({ limit }: PageQuery): number {
  return limit === undefined ? wireLimits.pageRowsMax : Number(limit);
}

/** Why a page of so many rows is not given; a pattern can tell what a number is, and not how large. */
export function limitFault(query: PageQuery): Refusal | undefined {
  const { pageRowsMax } = wireLimits;
  if (limitOf(query) <= pageRowsMax) return undefined;
  return { code: "INVALID_FIELD", detail: `limit must be: whole number from 1 to ${pageRowsMax}.` };
}

/**
 * The rows of a page by their keys, and where the next one begins. One look at each row: lists of the state are long, and
 * sorting them would hold up everybody.
 *
 * @example
 * const page = pageOf(state.matches.values(), { query, keyOf: ({ id }) => id });
 */
export function pageOf<Row>(
  rows: Iterable<Row>,
  { query, keyOf }: { readonly query: PageQuery; readonly keyOf: (row: Row) => string },
): { readonly rows: readonly Row[]; readonly next: string | null } {
  const limit = limitOf(query);
  const { after } = query;
  // One more than is shown tells whether there is another page.
  const first: Row[] = [];
  for (const row of rows) {
    const key = keyOf(row);
    if (after !== undefined && compareIds(key, after) <= 0) continue;
    const last = first[limit];
    if (last !== undefined && compareIds(key, keyOf(last)) > 0) continue;
    insert(first, row, keyOf);
    first.length = Math.min(first.length, limit + 1);
  }
  const shown = first.slice(0, limit);
  const last = shown.at(-1);
  return { rows: shown, next: first.length > limit && last !== undefined ? keyOf(last) : null };
}

function insert<Row>(sorted: Row[], row: Row, keyOf: (row: Row) => string): void {
  const key = keyOf(row);
  let place = sorted.length;
  while (place > 0 && compareIds(keyOf(sorted[place - 1] as Row), key) > 0) place -= 1;
  sorted.splice(place, 0, row);
}
