/**
 * Sums the line coverage of an lcov report by package and fails when one that must be covered is not.
 *
 * Run: node tools/check-coverage.ts coverage.lcov
 */
import { readFileSync } from "node:fs";

const required = ["core", "engine", "stores"];
const least = 0.9;

const [report] = process.argv.slice(2);
if (report === undefined) throw new Error("Usage: node tools/check-coverage.ts FILE");

const totals = new Map<string, { lines: number; hit: number }>();
let current: { lines: number; hit: number } | undefined;
for (const line of readFileSync(report, "utf8").split("\n")) {
  const source = /^SF:.*packages[/\\](\w+)[/\\]src[/\\]/.exec(line)?.[1];
  if (line.startsWith("SF:")) {
    current = source === undefined ? undefined : (totals.get(source) ?? { lines: 0, hit: 0 });
    if (source !== undefined && current !== undefined) totals.set(source, current);
  } else if (current !== undefined) {
    if (line.startsWith("LF:")) current.lines += Number(line.slice(3));
    if (line.startsWith("LH:")) current.hit += Number(line.slice(3));
  }
}

for (const [name, { lines, hit }] of [...totals].sort()) {
  console.log(`${name.padEnd(12)} ${((100 * hit) / lines).toFixed(1).padStart(6)} % of ${lines} lines`);
}
for (const name of required) {
  const total = totals.get(name);
  if (total !== undefined && total.hit / total.lines > least) continue;
  console.error(`Line coverage of ${name} must be above ${least * 100} %.`);
  process.exitCode = 1;
}
