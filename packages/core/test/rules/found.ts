import { analyseRules } from "../../src/rules/analysis/analyse-rules.ts";
import type { RulesFinding, RulesFindingCode } from "../../src/rules/analysis/finding.ts";
import { defineMode, defineRules } from "../../src/rules/define-mode.ts";
import type { ModeRules, Rules } from "../../src/rules/rules.ts";
import { rulesProblems } from "../../src/rules/rules-problems.ts";

export const any = Number.POSITIVE_INFINITY;
export const elo = { system: "elo", initial: 1200, k: 32, rounding: "truncate" } as const;
export const glicko2 = {
  system: "glicko2",
  initial: 1500,
  deviation: 350,
  volatility: 0.06,
  tau: 0.5,
  periodsPerMatch: 1,
} as const;

/** The steps of a widening: seconds and gaps in turn. */
export function steps(...numbers: readonly number[]): Pick<ModeRules["search"], "widening"> {
  const list = [];
  for (let at = 0; at < numbers.length; at += 2)
    list.push({ afterMs: numbers[at] * 1_000, gap: numbers[at + 1] });
  return { widening: { kind: "steps", steps: list } };
}

/** A rated mode with the duel's search; nothing is to be found in it. */
export function rated(changes: Partial<ModeRules> = {}): ModeRules {
  return defineMode({ id: "a", rating: elo, ...changes });
}

/** The same with other steps of its search, and no other rule of it. */
export function searching(search: Partial<ModeRules["search"]>, changes: Partial<ModeRules> = {}): ModeRules {
  return rated({ search: { ...steps(0, 100, 60, any), avoidRematch: null, ...search }, ...changes });
}

/** What is found in rules that can be used. */
export function foundIn(...modes: readonly ModeRules[]): RulesFinding[] {
  return foundInRules(defineRules({ modes }));
}

/** What is found, after making sure that the rules can be used. */
export function foundInRules(rules: Rules): RulesFinding[] {
  const problems = rulesProblems(rules);
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  return analyseRules(rules);
}

/** The codes and paths of what is found, as `CODE path`, without the mode. */
export function codesIn(...modes: readonly ModeRules[]): string[] {
  return foundIn(...modes).map(({ code, path }) => `${code} ${path.replace("modes.a.", "")}`);
}

export type { RulesFindingCode };
