/**
 * Tries every mutant of the catalogue in ever larger worlds until a check notices it, and prints a table.
 *
 * Run: node packages/simulator/src/mutants/run.ts [--only ID] [--pinned]
 */
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { mutants } from "./catalogue.ts";
import { inTurn } from "./in-turn.ts";
import type { Mutant } from "./mutant.ts";
import type { Trial, Verdict } from "./trial.ts";
import { tryMutant } from "./try-mutant.ts";

/** Worlds of a search, the quick ones first. */
const budgets: readonly Omit<Trial, "mutant">[] = [
  ...[1, 2, 3, 4, 5, 6].map((seed) => ({ seed, matches: 40 })),
  ...[1, 2, 3, 4].map((seed) => ({ seed, matches: 150 })),
  ...[5, 6, 7, 8, 9, 10, 11, 12].map((seed) => ({ seed, matches: 400 })),
];

const { values } = parseArgs({
  options: { only: { type: "string" }, pinned: { type: "boolean", default: false } },
});
const chosen = values.only === undefined ? mutants : mutants.filter(({ id }) => id === values.only);
if (chosen.length === 0) {
  process.stderr.write(`--only is ${values.only}; no mutant of the catalogue has this id.\n`);
  process.exit(2);
}
const verdicts = await inTurn(chosen, availableParallelism(), async (mutant) => {
  const verdict = await (values.pinned ? tryMutant({ mutant: mutant.id, ...mutant.dies }) : search(mutant));
  process.stdout.write(`${lineOf(verdict)}\n`);
  return verdict;
});
const alive = verdicts.filter(({ killedBy }) => killedBy === null);
process.stdout.write(`${verdicts.length - alive.length} of ${verdicts.length} mutants are noticed\n`);
if (alive.length > 0) process.exitCode = 1;

async function search({ id }: Mutant): Promise<Verdict> {
  let verdict: Verdict | null = null;
  for (const budget of budgets) {
    verdict = await tryMutant({ mutant: id, ...budget });
    if (verdict.killedBy !== null) break;
  }
  return verdict as Verdict;
}

function lineOf({ mutant, seed, matches, after, killedBy }: Verdict): string {
  const world = `seed ${seed}, ${after} of ${matches} matches`;
  return `| ${mutant} | ${world} | ${killedBy ?? "ALIVE"} |`;
}
