/**
 * Holds specification and tests together: every rule of docs/spec has a test whose title names it, every
 * test names a rule that exists.
 *
 * Run: node tools/check-rules.ts
 */
import { globSync, readFileSync } from "node:fs";

interface Place {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

const rulePattern = /^- \*\*([A-Z]{1,2}\d+)\*\* /;
const titlePattern = /\b(?:test|it|check)(?:\.\w+)?\(\s*(["'`])((?:(?!\1).)*)\1?/;

const rules = new Map<string, Place>();
const problems: string[] = [];

for (const file of globSync("docs/spec/*.md").sort()) {
  linesOf(file).forEach((place) => {
    const id = rulePattern.exec(place.text)?.[1];
    if (id === undefined) return;
    const known = rules.get(id);
    if (known !== undefined) problems.push(`${at(place)} ${id} is a rule of ${at(known)} already`);
    rules.set(id, place);
  });
}

const tested = new Set<string>();
let tests = 0;
for (const file of globSync([
  "packages/*/test/**/*.ts",
  "docs/test/*.ts",
  "packages/*/src/**/*conformance.ts",
]).sort()) {
  const lines = linesOf(file);
  lines.forEach((place, index) => {
    const title = titlePattern.exec(`${place.text} ${lines[index + 1]?.text.trim() ?? ""}`)?.[2];
    if (title === undefined || !/\b(?:test|it|check)(?:\.\w+)?\(/.test(place.text)) return;
    tests += 1;
    const ids = [...title.matchAll(/\[([^\]]+)\]/g)]
      .flatMap(([, inside]) => inside.split(/[,\s]+/))
      .filter((id) => /^[A-Z]{1,2}\d+$/.test(id));
    if (ids.length === 0 && !title.includes("${")) problems.push(`${at(place)} names no rule: ${title}`);
    for (const id of ids) {
      tested.add(id);
      if (!rules.has(id)) problems.push(`${at(place)} names ${id}, which no file of docs/spec has`);
    }
  });
  for (const [, id] of readFileSync(file, "utf8").matchAll(/["'`[]([A-Z]{1,2}\d+)["'`\]]/g))
    if (rules.has(id)) tested.add(id);
}

for (const [id, place] of rules) if (!tested.has(id)) problems.push(`${at(place)} ${id} has no test`);

for (const problem of problems) console.error(problem);
console.log(`${rules.size} rules, ${tests} tests by title, ${problems.length} problems`);
if (problems.length > 0) process.exitCode = 1;

function linesOf(file: string): Place[] {
  return readFileSync(file, "utf8")
    .split("\n")
    .map((text, index) => ({ file, line: index + 1, text }));
}

function at({ file, line }: Place): string {
  return `${file}:${line}`;
}
