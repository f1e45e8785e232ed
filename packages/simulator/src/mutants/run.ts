/**
 * Tries every mutant of the catalogue until a world notices it, prints a table, and with --pin notes the worlds.
 *
 * Run: node packages/simulator/src/mutants/run.ts [--only ID] [--pin]
 */
import { writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { mutants } from "./catalogue.ts";
import { inTurn } from "./in-turn.ts";
import { pinned, searchMutant } from "./search-mutant.ts";
import type { Verdict } from "./trial.ts";

const pinsFile = new URL("./pins.json", import.meta.url);

const { values } = parseArgs({
  options: { only: { type: "string" }, pin: { type: "boolean", default: false } },
});
const chosen = values.only === undefined ? mutants : mutants.filter(({ id }) => id === values.only);
if (chosen.length === 0) {
  process.stderr.write(`--only is ${values.only}; no mutant of the catalogue has this id.\n`);
  process.exit(2);
}
const verdicts = await inTurn(chosen, availableParallelism(), async ({ id }) => {
  const verdict = await searchMutant(id);
  process.stdout.write(`${lineOf(verdict)}\n`);
  return verdict;
});
const alive = verdicts.filter(({ killedBy }) => killedBy === null);
process.stdout.write(`${verdicts.length - alive.length} of ${verdicts.length} mutants are noticed\n`);
if (values.pin) writeFileSync(pinsFile, `${JSON.stringify(pinsAfter(verdicts), null, 2)}\n`);
if (alive.length > 0) process.exitCode = 1;

/** The pins of all mutants there are, with those that were found now. */
function pinsAfter(found: readonly Verdict[]): Record<string, unknown> {
  const worlds = new Map(found.map(({ mutant, seed, matches }) => [mutant, { seed, matches }]));
  return Object.fromEntries(mutants.map(({ id }) => [id, worlds.get(id) ?? pinned[id]]));
}

function lineOf({ mutant, seed, matches, after, killedBy }: Verdict): string {
  const world = `seed ${seed}, ${after} of ${matches} matches`;
  return `| ${mutant} | ${world} | ${killedBy?.split("\n")[0] ?? "ALIVE"} |`;
}
