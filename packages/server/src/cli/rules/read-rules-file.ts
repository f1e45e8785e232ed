import { readFileSync } from "node:fs";
import { basename } from "node:path";
import type { Rules } from "@matchforge/core";
import { describeProblem } from "../../config/problem.ts";
import { parseRules } from "../../config/rules-file.ts";
import { UsageError } from "../usage-error.ts";

/** A rules file that can be used. */
export interface RulesText {
  /** The file's name without its folders. */
  readonly name: string;
  readonly text: string;
  readonly rules: Rules;
}

/** The text of a file somebody named. */
export function readTextFile(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const reason = code === "ENOENT" ? "there is no such file" : message;
    throw new UsageError(`${path} cannot be read: ${reason}.`, { cause });
  }
}

/**
 * Reads a rules file.
 *
 * @throws UsageError with everything that is wrong with it.
 */
export function readRulesFile(path: string): RulesText {
  const [name, text] = [basename(path), readTextFile(path)];
  const parsed = parseRules(text, name);
  if (parsed.ok) return { name, text, rules: parsed.rules };
  const problems = parsed.problems.map((problem) => `  ${describeProblem(problem)}`).join("\n");
  throw new UsageError(`${path} cannot be used:\n${problems}`);
}
