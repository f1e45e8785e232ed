import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = mkdtempSync(join(tmpdir(), "matchforge-e2e-"));
process.on("exit", () => rmSync(root, { recursive: true, force: true }));

/** A new folder of our own, which goes with this process at the latest. */
export function temporaryFolder(): string {
  return mkdtempSync(join(root, "data-"));
}
