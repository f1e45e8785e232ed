import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { test } from "node:test";
import { blocks, pages, root } from "./pages.ts";

const scripts = Object.keys(
  (JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: object }).scripts,
);

test("[Y1] every link within the project leads somewhere", () => {
  let links = 0;
  for (const { path, text } of pages()) {
    for (const [, target = ""] of text.matchAll(/\]\((?!https?:)([^)\s]+)\)/g)) {
      links += 1;
      const [file = "", heading] = target.split("#");
      const full = file === "" ? join(root, path) : resolve(root, dirname(path), file);
      assert.ok(existsSync(full), `${path} links to ${target}`);
      if (heading !== undefined) assert.ok(headingsOf(full).includes(heading), `${path} links to ${target}`);
    }
  }
  assert.ok(links > 20);
});

function headingsOf(file: string): string[] {
  return [...readFileSync(file, "utf8").matchAll(/^#+ (.*)$/gm)].map(([, title = ""]) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .replace(/\s/g, "-"),
  );
}

test("[Y2] every TypeScript block runs", () => {
  const folder = mkdtempSync(join(root, "docs/test/block-"));
  try {
    const found = pages().flatMap((page) => blocks(page, "ts").map((code) => ({ path: page.path, code })));
    assert.ok(found.length > 0);
    for (const { path, code } of found) {
      const file = join(folder, "block.ts");
      writeFileSync(file, code);
      const run = spawnSync(process.execPath, [file], { encoding: "utf8", cwd: root, timeout: 30_000 });
      assert.equal(run.status, 0, `${path}:\n${code}\n${run.stderr}`);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("[Y3] what a shell block calls exists", () => {
  const lines = pages().flatMap((page) => blocks(page, "sh").flatMap((block) => block.trim().split("\n")));
  assert.ok(lines.length > 5);
  for (const line of lines) {
    for (const [, script = ""] of line.matchAll(/npm run (?:--silent )?(\S+)/g))
      assert.ok(scripts.includes(script), line);
    for (const [, script = ""] of line.matchAll(/npm (start|test)\b/g))
      assert.ok(scripts.includes(script), line);
    for (const [, file = ""] of line.matchAll(/\bnode (\S+\.ts)/g))
      assert.ok(existsSync(join(root, file)), line);
  }
});

test("[Y4] the architecture fits in 200 lines", () => {
  const page = pages().find(({ path }) => path === "ARCHITECTURE.md");
  assert.ok(page !== undefined && page.text.split("\n").length < 200);
});
