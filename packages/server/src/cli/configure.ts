import type { Rules } from "@matchforge/core";
import { type Config, loadConfig } from "../config/config.ts";
import { describeProblem, type Problem } from "../config/problem.ts";
import { loadRules } from "../config/rules-file.ts";
import { overridesIn, type SettingFlags } from "./setting-flags.ts";
import { UsageError } from "./usage-error.ts";

/**
 * The configuration from file, environment and flags.
 *
 * @throws UsageError with everything that is wrong with it.
 */
export function configFrom(flags: SettingFlags): Config {
  const loaded = loadConfig({ file: flags.config, environment: process.env, given: overridesIn(flags) });
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
  if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value >= atLeast) return value;
  throw new UsageError(`${name} is ${text}; it takes a whole number of at least ${atLeast}.`);
}

/** The address of a server given on the command line. */
export function serverUrlFrom(text: string): string {
  const url = URL.parse(text);
  if (url?.protocol === "http:" || url?.protocol === "https:") return url.origin;
  throw new UsageError(`--url is ${text}; it takes a server such as http://127.0.0.1:8080.`);
}

function listOf(problems: readonly Problem[]): string {
  return problems.map((problem) => `  ${describeProblem(problem)}`).join("\n");
}
