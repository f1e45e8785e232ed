import { accessSync, constants, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Rules } from "@matchforge/core";
import type { Command } from "commander";
import { describeProblem, type Problem } from "../../config/problem.ts";
import { loadRules } from "../../config/rules-file.ts";
import { UsageError } from "../usage-error.ts";

/** What commander gives for the flags both commands have. */
export interface AnswerFlags {
  readonly rules: string;
  readonly html?: string;
  readonly json?: boolean;
}

/** Gives a command the rules it asks about and the ways to answer. */
export function addAnswerFlags(command: Command): Command {
  return command
    .requiredOption("--rules <file>", "the rules to try")
    .option("--html <file>", "writes a page with charts, too; takes ten more runs")
    .option("--json", "prints the report as a line of JSON");
}

/** What both commands ask the simulator for. */
export function answerFrom({ rules, html, json }: AnswerFlags): {
  readonly rules: Rules;
  readonly html: string | null;
  readonly json: boolean;
} {
  const loaded = loadRules(rules);
  if (!loaded.ok) throw unusable(`The rules in ${rules}`, loaded.problems);
  return { rules: loaded.rules, html: html === undefined ? null : writableFile(html), json: json === true };
}

/** What is wrong with a file, as one message. */
export function unusable(what: string, problems: readonly Problem[]): UsageError {
  return new UsageError(
    `${what} cannot be used:\n${problems.map((one) => `  ${describeProblem(one)}`).join("\n")}`,
  );
}

/** A page that cannot be written is told before the long run, not after it. */
function writableFile(path: string): string {
  const full = resolve(path);
  const folder = dirname(full);
  try {
    if (statSync(full, { throwIfNoEntry: false })?.isDirectory())
      throw new UsageError(`--html is ${path}, a folder; it takes a file.`);
    accessSync(folder, constants.W_OK);
    return full;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`--html is ${path}; ${folder} is no folder that can be written.`, { cause: error });
  }
}
