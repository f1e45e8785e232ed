import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { defineRules, type Rules, rulesProblems } from "@matchforge/core";
import { linesOf } from "./line-of.ts";
import { amountOf, readMode } from "./mode-reader.ts";
import { describeFound, type Problem, placeAt } from "./problem.ts";
import { parseToml } from "./read-toml.ts";
import { fileKeyOf } from "./rules-keys.ts";
import { TableReader } from "./table-reader.ts";

/** Rules that can be used, or everything that is wrong with them. */
export type LoadedRules =
  | { readonly ok: true; readonly rules: Rules }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Reads a rules file: TOML with times in seconds and stakes in whole tokens. The same rules give the same
 * JSON, however the file spells them.
 *
 * @example
 * const loaded = loadRules("rules/arcade.toml");
 */
export function loadRules(path: string): LoadedRules {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    const found = (error as Error).message;
    return { ok: false, problems: [{ where: path, expected: "a rules file that can be read", found }] };
  }
  return parseRules(text, basename(path));
}

/** The rules in a text; `name` is how problems call it. */
export function parseRules(text: string, name: string): LoadedRules {
  const parsed = parseToml(text, name);
  if (!parsed.ok) return { ok: false, problems: [parsed.problem] };
  const problems: Problem[] = [];
  const root = new TableReader(parsed.table, "", problems);
  const rules = readRules(root);
  root.end();
  // What does not have the right form is told first: its meaning is anybody's guess.
  if (problems.length === 0) problems.push(...meaningProblems(rules, parsed.table));
  if (problems.length === 0) return { ok: true, rules };
  const lineOf = linesOf(text);
  return {
    ok: false,
    problems: problems.map((problem) => {
      const { where: key } = problem;
      const line = lineOf(key);
      return {
        ...problem,
        where: placeAt(name, { path: key, line }),
        key,
        ...(line !== undefined && { line }),
      };
    }),
  };
}

function readRules(root: TableReader): Rules {
  const ledger = root.table("ledger");
  const modes = root.tables("modes", (table, index) => {
    const { id } = (table ?? {}) as { id?: unknown };
    return typeof id === "string" ? `modes.${id}` : `modes[${index}]`;
  });
  if (modes.length === 0) root.note("modes", "at least one [[modes]]", root.value("modes"));
  const rules = defineRules({
    modes: modes.map(readMode),
    ledger: { faucet: amountOf(ledger, "faucet"), faucetEveryMs: ledger.seconds("faucet_every", 600) },
  });
  ledger.end();
  return rules;
}

/** What the kernel has against rules of the right form, in the words of the file. */
function meaningProblems(rules: Rules, table: Readonly<Record<string, unknown>>): Problem[] {
  return rulesProblems(rules).map(({ path, ...problem }) => {
    const key = fileKeyOf(path);
    return { ...problem, where: key, found: describeFound(valueAt(table, key)) };
  });
}

/** The value at a path; the modes of a list are found by their id, what is in other lists by its place. */
function valueAt(table: unknown, path: string): unknown {
  let value = table;
  for (const part of path.replaceAll("[", ".[").split(".")) {
    if (typeof value !== "object" || value === null) return undefined;
    const place = /^\[(\d+)\]$/.exec(part)?.[1];
    if (!Array.isArray(value)) value = (value as Record<string, unknown>)[part];
    else if (place !== undefined) value = value[Number(place)];
    else value = value.find((mode: { readonly id?: unknown }) => mode.id === part);
  }
  return value;
}
