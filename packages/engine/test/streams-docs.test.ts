import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const page = readFileSync(new URL("../../../docs/streams.md", import.meta.url), "utf8");

/** What stands in the sources of a folder where a pattern asks for it. */
function namesIn(folder: string, pattern: RegExp): string[] {
  const files = globSync(fileURLToPath(new URL(`../src/streams/${folder}/*.ts`, import.meta.url)));
  const texts = files.map((file) => readFileSync(file, "utf8"));
  return texts.flatMap((text) => [...text.matchAll(pattern)].map(([, name = ""]) => name));
}

test("[SK36] every type of record and message stands on the page for users", () => {
  const records = namesIn("records", /type: "([A-Z]\w+)"/g);
  const messages = namesIn("channels", /(?:type: |tell\(|to\(player, |\(\[)"([a-z_]+)"/g);
  assert.ok(records.length > 20 && messages.length > 10);
  for (const name of [...records, ...messages]) assert.ok(page.includes(`\`${name}\``), name);
});
