import { diffRules, isSameRules, type ModeChange, type RuleChange } from "@matchforge/core";
import { type FileFinding, findingsInFile } from "../../config/findings-in-file.ts";
import { fileKeyOf } from "../../config/rules-keys.ts";
import { findingText } from "./check-rules.ts";
import { type RulesText, readRulesFile } from "./read-rules-file.ts";
import { ruleText } from "./rule-text.ts";

/** `matchforge rules diff`: prints how two files differ, and what is found in one alone. */
export function showRulesDiff(
  paths: { readonly older: string; readonly newer: string },
  { json }: { json?: boolean },
): void {
  const [older, newer] = [readRulesFile(paths.older), readRulesFile(paths.newer)];
  const diff = diffRules(older.rules, newer.rules);
  const findings = findingsApart(older, newer);
  if (json === true) {
    const { modes, shard } = diff;
    console.log(
      JSON.stringify({
        modes: modes.map(modeAnswer),
        rules: shard.map((change) => changeAnswer(change)),
        findings,
      }),
    );
    return;
  }
  const changes = isSameRules(diff) ? ["The rules are the same."] : changeLines(diff);
  const told = [
    ...findings.new.map((finding) => `new: ${findingText(newer.name, finding)}`),
    ...findings.gone.map((finding) => `gone: ${findingText(older.name, finding)}`),
  ];
  console.log([changes.join("\n"), ...told].join("\n\n"));
}

/** The findings that only one of two files has, whatever the lines. */
function findingsApart(older: RulesText, newer: RulesText): { new: FileFinding[]; gone: FileFinding[] } {
  const [before, after] = [findingsInFile(older), findingsInFile(newer)];
  const without = (list: FileFinding[], known: FileFinding[]) =>
    list.filter(({ code, key }) => !known.some((one) => one.code === code && one.key === key));
  return { new: without(after, before), gone: without(before, after) };
}

/** How rules differ, as lines for people. */
export function changeLines({ modes, shard }: ReturnType<typeof diffRules>): string[] {
  return [...modes.flatMap(modeLines), ...shard.map((change) => changeText(null, change))];
}

function modeLines(change: ModeChange): string[] {
  if (change.kind !== "changed") return [`${change.mode}: ${change.kind}`];
  return [`${change.mode}:`, ...change.changes.map((one) => `  ${changeText(change.mode, one)}`)];
}

function changeText(mode: string | null, change: RuleChange): string {
  const { key, before, after } = changeAnswer(change, mode);
  return `${key}: ${before} → ${after}`;
}

function modeAnswer(change: ModeChange) {
  if (change.kind !== "changed") return change;
  return { ...change, changes: change.changes.map((one) => changeAnswer(one, change.mode)) };
}

/** A change with the key of a rules file, and its values with their units; of a mode, or of the shard. */
export function changeAnswer({ key, before, after }: RuleChange, mode: string | null = null) {
  const path = mode === null ? key : `modes.${mode}.${key}`;
  const inFile = fileKeyOf(path).slice(path.length - key.length);
  return { key: inFile, before: ruleText(key, before), after: ruleText(key, after) };
}
