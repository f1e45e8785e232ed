/** Loaded before a program: it meets a product in which faults of ours extend no deadline. */
import { applyMutant } from "../src/mutants/apply-mutant.ts";
import { mutants } from "../src/mutants/catalogue.ts";

const mutant = mutants.find(({ id }) => id === "no-extension");
if (mutant !== undefined) applyMutant(mutant);
