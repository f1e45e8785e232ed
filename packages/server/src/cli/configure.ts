import type { Rules } from "@matchforge/core";
import { type Config, loadConfig } from "../config/config.ts";
import type { Overrides } from "../config/gather-settings.ts";
import { describeProblem, type Problem } from "../config/problem.ts";
import { loadRules } from "../config/rules-file.ts";

/** Something a person did that cannot work; says what to do instead. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/**
 * The configuration from file, environment and flags.
 *
 * @throws UsageError with everything that is wrong with it.
 */
export function configFrom(flags: Overrides & { readonly config?: string }): Config {
  const { config: file, ...given } = flags;
  const loaded = loadConfig({ file, environment: process.env, given });
  if (!loaded.ok) throw new UsageError(`The configuration cannot be used:\n${listOf(loaded.problems)}`);
  return loaded.config;
}

/** The rules of a configuration. */
export function rulesOf(config: Config): Rules {
  const loaded = loadRules(config.rulesFile);
  if (!loaded.ok)
    throw new UsageError(`The rules in ${config.rulesFile} cannot be used:\n${listOf(loaded.problems)}`);
  return loaded.rules;
}

/** A whole number given on the command line. */
export function countFrom(text: string, { name, atLeast }: { name: string; atLeast: number }): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= atLeast) return value;
  throw new UsageError(`${name} is ${text}; it takes a whole number of at least ${atLeast}.`);
}

/** Runs a command; what goes wrong is told in one sentence and ends with exit code 1. */
export async function runCommand(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    console.error(explain(error));
    process.exitCode = 1;
  }
}

function explain(error: unknown): string {
  const { code, message, port, address } = error as NodeJS.ErrnoException & {
    port?: number;
    address?: string;
  };
  switch (code) {
    case "EADDRINUSE":
      return `${address}:${port} is in use by another program. Stop it, or choose another port: --port 9000`;
    case "EACCES":
    case "EPERM":
      return `${message}. Check who owns it, or choose another place: --data-dir ./data --port 8080`;
    case "ECONNREFUSED":
      return "Nothing answers there. Start a server first: npm start";
    default:
      return message ?? String(error);
  }
}

function listOf(problems: readonly Problem[]): string {
  return problems.map((problem) => `  ${describeProblem(problem)}`).join("\n");
}
