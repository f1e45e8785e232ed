import { spawnSync } from "node:child_process";
import { globSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

/**
 * Removes the folder of a server that has ended. A PostgreSQL that was killed leaves its pid file, and with
 * it a segment of shared memory which outlives every process and would use up the machine's few.
 */
export function removeServerFolder(folder: string): void {
  for (const pidFile of globSync(join(folder, "*", "postmaster.pid"))) {
    const segment = /^\s*\d+\s+(\d+)\s*$/.exec(readFileSync(pidFile, "utf8").split("\n")[6] ?? "")?.[1];
    if (segment !== undefined) spawnSync("ipcrm", ["-m", segment], { stdio: "ignore" });
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
