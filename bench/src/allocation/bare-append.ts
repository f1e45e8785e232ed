import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { openSqliteFile } from "@matchforge/stores";

const commands = JSON.stringify([
  {
    type: "server.choose",
    key: "allocate:match_0190a0c2f6c27000bb6ba6b2f81d36c5:1",
    allocator: "registry",
    isUnsure: false,
  },
]);

/**
 * Appends one command now and then to a log of its own, until it is told to stop: what a durable append takes on this
 * machine in these very minutes, whatever else it does. Sorted, in ms.
 */
export async function bareAppends(options: {
  readonly everyMs: number;
  readonly until: Promise<void>;
}): Promise<number[]> {
  let isOver = false;
  void options.until.then(() => {
    isOver = true;
  });
  const folder = mkdtempSync(join(tmpdir(), "matchforge-bench-"));
  const file = await openSqliteFile({ path: join(folder, "log.db") });
  const log = file.log();
  const boot = randomUUID();
  const times: number[] = [];
  for (let sequence = 1; !isOver; sequence += 1) {
    const startedAt = performance.now();
    await log.append({ node: "bench", boot, sequence, count: 1, commands });
    times.push(performance.now() - startedAt);
    await pause(options.everyMs);
  }
  await file.close();
  rmSync(folder, { recursive: true, force: true });
  return times.sort((left, right) => left - right);
}
