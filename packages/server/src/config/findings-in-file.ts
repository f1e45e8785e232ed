import { analyseRules, type Rules, type RulesFinding } from "@matchforge/core";
import { idleKeys } from "./idle-keys.ts";
import { linesOf } from "./line-of.ts";
import { fileKeyOf } from "./rules-keys.ts";

/** A finding in the words of a file. */
export interface FileFinding extends Omit<RulesFinding, "code" | "path"> {
  readonly code: RulesFinding["code"] | "KEY_WITHOUT_EFFECT";
  /** The key in the file: `modes.code_duel.search.widening[3]`. */
  readonly key: string;
  /** The line that gives it, or what is nearest around it; null where nothing is. */
  readonly line: number | null;
}

/** What is found in a rules file, in the order of its lines. */
export function findingsInFile({
  text,
  rules,
}: {
  readonly text: string;
  readonly rules: Rules;
}): FileFinding[] {
  const found = analyseRules(rules).map(({ path, ...finding }) => ({ ...finding, key: fileKeyOf(path) }));
  const all = [...found, ...idleKeys(text, rules)];
  const lineOf = linesOf(text);
  const placed = all.map((finding) => ({ ...finding, line: lineOf(finding.key) ?? null }));
  return placed.sort((left, right) => (left.line ?? 0) - (right.line ?? 0));
}
