import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../../server/src/cli/main.ts", import.meta.url));

/** Makes the secrets of a fleet in a folder, as its operator would. */
export function matchforgeSecrets(folder: string): string {
  const made = spawnSync(process.execPath, [main, "secrets", "--data-dir", folder], { encoding: "utf8" });
  assert.equal(made.status, 0, made.stderr);
  return folder;
}
