import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

test("[L27] the library runs where there is nothing of Node", () => {
  const program = fileURLToPath(new URL("in-a-browser.ts", import.meta.url));
  const run = spawnSync(process.execPath, ["--experimental-vm-modules", "--no-warnings", program], {
    encoding: "utf8",
  });
  assert.equal(run.status, 0, run.stderr);
  assert.equal(run.stdout.trim(), "1 undefined undefined");
});
