import { existsSync } from "node:fs";
import { findProgram, type ProgramName } from "./find-program.ts";
import { installPackages } from "./install-packages.ts";
import { installPlan } from "./install-plan.ts";

const aptGet = "/usr/bin/apt-get";
/**
 * Finds programs, and installs their Debian packages where they are missing and we may.
 *
 * @returns The file of each program.
 * @throws Error with the one command to run, where we may not.
 * @example
 * const { postgres, initdb } = await requirePrograms("postgres", "initdb");
 */
export async function requirePrograms<Name extends ProgramName>(
  ...names: readonly Name[]
): Promise<Readonly<Record<Name, string>>> {
  const plan = installPlan({
    missing: names.filter((name) => findProgram(name) === undefined),
    isRoot: process.getuid?.() === 0,
    hasApt: existsSync(aptGet),
  });
  if (plan.kind === "ask") throw new Error(plan.message);
  if (plan.kind === "install") await installPackages(plan.packages);
  const files = names.map((name) => {
    const file = findProgram(name);
    if (file === undefined) throw new Error(`${name} cannot be found, though its package is installed.`);
    return [name, file];
  });
  return Object.fromEntries(files) as Record<Name, string>;
}
