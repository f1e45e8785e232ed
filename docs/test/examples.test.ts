import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { root } from "./pages.ts";

const cli = join(root, "packages/server/src/cli/main.ts");

test("[Y5] two guests play on a running server", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "matchforge-example-"));
  const server = spawn(process.execPath, [cli, "serve", "--port", "0", "--data-dir", dataDir, "--json"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const [line] = (await once(createInterface({ input: server.stdout }), "line")) as [string];
    const { url } = JSON.parse(line) as { url: string };
    const run = spawnSync(process.execPath, [join(root, "examples/two-guests.ts"), url], {
      encoding: "utf8",
      timeout: 60_000,
    });
    assert.equal(run.status, 0, run.stderr);
    assert.match(run.stdout, /ada: found match_/);
    assert.match(run.stdout, /end_reason: 'completed'/);
  } finally {
    server.kill("SIGINT");
    await once(server, "exit");
    rmSync(dataDir, { recursive: true });
  }
});

for (const [example, lines] of Object.entries({
  parties: [/the party of three is rated 1517/, /a match in us-east/, /team 1: .*\(tank\)/, /the best:/],
  "custom-rating": [/chances: 50 % to 50 %/, /player_ada: \d+ points, \d+ after a month away/],
  "custom-matcher": [
    /cup: ada \(1900\) meets cyd \(1850\)/,
    /MATCHER_FAILED: .* a mistake/,
    /1 wait in the cup/,
  ],
})) {
  test(`[Y5] the example ${example} runs and prints what it says`, () => {
    const run = spawnSync(process.execPath, [join(root, "examples", `${example}.ts`)], { encoding: "utf8" });
    assert.equal(run.status, 0, run.stderr);
    for (const line of lines) assert.match(run.stdout, line);
  });
}
