import pins from "./pins.json" with { type: "json" };
import type { Trial, Verdict } from "./trial.ts";
import { tryMutant } from "./try-mutant.ts";

type SearchedWorld = Omit<Trial, "mutant">;

/** Worlds of a search, the quick ones first. */
const worlds: readonly SearchedWorld[] = [
  ...[1, 2, 3, 4, 5, 6].map((seed) => ({ seed, matches: 40 })),
  ...[1, 2, 3, 4].map((seed) => ({ seed, matches: 150 })),
  ...Array.from({ length: 24 }, (_, index) => ({ seed: 5 + index, matches: 400 })),
];

/** The world in which each mutant was noticed last, by id. */
export const pinned: Readonly<Record<string, SearchedWorld | undefined>> = pins;

/**
 * Looks for a world that notices a mutant: first the one that did last time, then ever larger ones. What changes in the
 * product changes what happens in a world, so the last one may not do any more.
 *
 * @example
 * const { killedBy } = await searchMutant("accept-twice");
 */
export async function searchMutant(mutant: string): Promise<Verdict> {
  const known = pinned[mutant];
  let verdict: Verdict | null = null;
  for (const world of known === undefined ? worlds : [known, ...worlds]) {
    verdict = await tryMutant({ mutant, ...world });
    if (verdict.killedBy !== null) break;
  }
  return verdict as Verdict;
}
