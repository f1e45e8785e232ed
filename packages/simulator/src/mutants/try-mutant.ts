import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Trial, Verdict } from "./trial.ts";

const script = fileURLToPath(new URL("./trial-process.ts", import.meta.url));
/** A mutant that makes a world go on for ever is noticed by that. */
const endsWithinMs = 90_000;

/**
 * Lives through one trial in a process of its own, with an empty environment: nothing that is loaded there differently
 * reaches the coverage of this one.
 *
 * @example
 * const { killedBy } = await tryMutant({ mutant: "accept-twice", seed: 1, matches: 40 });
 */
export function tryMutant(trial: Trial): Promise<Verdict> {
  return new Promise((resolve, reject) => {
    const options = { env: {}, timeout: endsWithinMs };
    execFile(process.execPath, [script, JSON.stringify(trial)], options, (error, output) => {
      if (error?.killed === true) resolve({ ...trial, killedBy: "it does not end", after: 0 });
      else if (error !== null) reject(error);
      else resolve(JSON.parse(output) as Verdict);
    });
  });
}
