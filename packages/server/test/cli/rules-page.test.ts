import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { findingCatalogue } from "@matchforge/core";
import { matchforge } from "../e2e/command-line.ts";
import { TestFolder } from "./rules-files.ts";

const page = readFileSync(new URL("../../../../docs/rules.md", import.meta.url), "utf8");

function blocks(language: string): string[] {
  return [...page.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, "gms"))].map(([, text]) => text);
}

/** What `rules check` prints of a file, called as the page calls it. */
function printed(name: string, text: string): string {
  using folder = new TestFolder();
  const path = folder.file(name, text);
  const { stdout, stderr } = matchforge("rules", "check", path);
  return (stdout + stderr).replaceAll(path, name);
}

test("[U9] what the page on rules shows is what the command prints", () => {
  const [wrong = "", odd = ""] = blocks("toml");
  const corrected = wrong.replace("countdwon", "countdown").replace("-1", "90");
  const shown = [printed("wrong.toml", wrong), printed("wrong.toml", corrected), printed("odd.toml", odd)];
  assert.deepEqual(blocks("text"), shown);
});

test("[U9] the page lists every finding with its severity and meaning", () => {
  const rows = Object.entries(findingCatalogue).map(
    ([code, { severity, means }]) => `| \`${code}\` | ${severity} | ${means} |`,
  );
  for (const row of rows) assert.ok(page.includes(`${row}\n`), row);
  const listed = [...page.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, code]) => code);
  assert.deepEqual(
    listed.filter((code) => !(code in findingCatalogue)),
    ["KEY_WITHOUT_EFFECT"],
  );
});
