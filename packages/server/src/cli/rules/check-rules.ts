import { basename } from "node:path";
import type { Rules } from "@matchforge/core";
import { type FileFinding, findingsInFile } from "../../config/findings-in-file.ts";
import { describeProblem, fixOf, type Problem } from "../../config/problem.ts";
import { parseRules } from "../../config/rules-file.ts";
import { readTextFile } from "./read-rules-file.ts";

/** What a file that cannot be used ends with. */
const refusedExitCode = 2;

/** `matchforge rules check`: prints what is wrong with a file, or what it will not do. */
export function checkRules(path: string, { strict, json }: { strict?: boolean; json?: boolean }): void {
  const [name, text] = [basename(path), readTextFile(path)];
  const parsed = parseRules(text, name);
  if (!parsed.ok) {
    const problems = parsed.problems.toSorted((left, right) => (left.line ?? 0) - (right.line ?? 0));
    process.exitCode = refusedExitCode;
    if (json === true)
      console.log(JSON.stringify({ file: path, ok: false, problems: problems.map(problemAnswer) }));
    else console.error(refusalText(path, problems));
    return;
  }
  const findings = findingsInFile({ text, rules: parsed.rules });
  if (json === true) console.log(JSON.stringify({ file: path, ok: true, findings }));
  else console.log(checkedText(name, { rules: parsed.rules, findings }));
  if (strict === true && findings.some(({ severity }) => severity !== "note")) process.exitCode = 1;
}

function problemAnswer(problem: Problem) {
  const { key = null, line = null, expected, found } = problem;
  return { key, line, expected, found, fix: fixOf(problem), message: describeProblem(problem) };
}

function refusalText(path: string, problems: readonly Problem[]): string {
  const lines = problems.flatMap((problem) => {
    const { fix } = problem;
    return [describeProblem(problem), ...(fix === undefined ? [] : [`  fix: ${fix}`])];
  });
  return `${path} cannot be used; a running server would keep its old rules.\n\n${lines.join("\n")}`;
}

function checkedText(
  name: string,
  { rules, findings }: { rules: Rules; findings: readonly FileFinding[] },
): string {
  const offered = rules.modes.filter(({ enabled, available }) => enabled && available).length;
  const passedOver = rules.modes.length - offered;
  const others = passedOver === 0 ? "" : `, ${passedOver} not offered and passed over`;
  const head = `${name} can be used: ${counted(offered, "mode")} checked${others}; ${counted(findings.length, "finding")}.`;
  return [head, ...findings.map((finding) => findingText(name, finding))].join("\n\n");
}

/** A finding as lines for people. */
export function findingText(name: string, { line, key, severity, code, message, fix }: FileFinding): string {
  const place = line === null ? name : `${name}:${line}`;
  return `${place}: ${key}: ${severity} ${code}\n  ${message}\n  fix: ${fix}`;
}

/** So many of something, in words. */
export function counted(count: number, what: string): string {
  if (count === 0) return `no ${what}s`;
  return count === 1 ? `1 ${what}` : `${count} ${what}s`;
}
