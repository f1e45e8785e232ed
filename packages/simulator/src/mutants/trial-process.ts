/**
 * A process of its own for one trial: it changes the product as it loads it, lives through one small world, and prints
 * the verdict. Takes the trial as its one argument, as JSON.
 */
import { enableCompileCache } from "node:module";
import { applyMutant } from "./apply-mutant.ts";
import { mutants } from "./catalogue.ts";
import type { Trial, Verdict } from "./trial.ts";

/** Few enough players to live fast, enough to meet each other; and more goes wrong than usual. */
const world = { players: 40, hostility: 5, turbulence: 2, stopsAtViolation: true };

// All but one file are the same every time; that one has another text, by which it is known.
enableCompileCache();
const trial = JSON.parse(process.argv[2] ?? "") as Trial;

const mutant = mutants.find(({ id }) => id === trial.mutant);
if (mutant !== undefined) applyMutant(mutant);
process.on("uncaughtException", (error) => tell(`it throws: ${error.message}`, 0));
process.on("unhandledRejection", (error) => tell(`it throws: ${(error as Error).message}`, 0));
const { simulateWorld } = await import("../world/simulate-world.ts");
const { seed, matches } = trial;
const { violations, matches: after } = await simulateWorld({ seed, matches, ...world });
tell(violations[0]?.sentence ?? null, after);

function tell(killedBy: string | null, after: number): never {
  const verdict: Verdict = { ...trial, killedBy, after };
  process.stdout.write(JSON.stringify(verdict));
  process.exit(0);
}
