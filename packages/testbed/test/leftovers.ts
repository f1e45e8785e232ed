import { existsSync } from "node:fs";
import { waitUntil } from "../src/index.ts";
import { testbedLimits } from "../src/limits.ts";
import { isRunning } from "../src/processes/process-tree.ts";

/** Processes and folders of servers that should be gone. */
export interface Leftovers {
  readonly pids: readonly number[];
  readonly folders: readonly string[];
}

/** Resolves when none of them is there any more. */
export async function untilGone({ pids, folders }: Leftovers): Promise<void> {
  await waitUntil(() => !pids.some(isRunning) && !folders.some((folder) => existsSync(folder)), {
    what: `the end of ${[...pids, ...folders].join(", ")}`,
    withinMs: testbedLimits.stopMs,
  });
}
