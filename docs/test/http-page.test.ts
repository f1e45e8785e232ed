import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { blocks, pages, root } from "./pages.ts";

const cli = join(root, "packages/server/src/cli/main.ts");

test("[HT28] the page on playing without a socket runs from its first block to its last", async () => {
  const page = pages().find(({ path }) => path === "docs/http.md");
  assert.ok(page !== undefined);
  const dataDir = mkdtempSync(join(tmpdir(), "matchforge-page-"));
  const server = spawn(process.execPath, [cli, "serve", "--port", "0", "--data-dir", dataDir, "--json"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const [line] = (await once(createInterface({ input: server.stdout }), "line")) as [string];
    const { url } = JSON.parse(line) as { url: string };
    const script = blocks(page, "sh").join("\n").replace("http://127.0.0.1:8080", url);
    assert.ok(script.includes(url));
    const run = spawnSync("bash", ["-euo", "pipefail", "-c", script], { encoding: "utf8", timeout: 60_000 });
    assert.equal(run.status, 0, `${run.stdout}\n${run.stderr}`);
    for (const told of ["cancelled", "forfeit", "event: update", "ended", "ID_REUSED"])
      assert.ok(run.stdout.includes(told), `${told} is missing in\n${run.stdout}`);
  } finally {
    server.kill("SIGINT");
    await once(server, "exit");
    rmSync(dataDir, { recursive: true });
  }
});
