import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSqliteFile } from "@matchforge/stores";

const appends = 2_000;
const commands = JSON.stringify([
  {
    type: "server.choose",
    key: "allocate:match_0190a0c2f6c27000bb6ba6b2f81d36c5:1",
    allocator: "registry",
    isUnsure: false,
  },
]);

/** What one durable append of one command takes on a log that does nothing else: sorted, in ms. */
export async function bareAppends(): Promise<number[]> {
  const folder = mkdtempSync(join(tmpdir(), "matchforge-bench-"));
  const file = await openSqliteFile({ path: join(folder, "log.db") });
  const log = file.log();
  const boot = randomUUID();
  const times: number[] = [];
  for (let sequence = 1; sequence <= appends; sequence += 1) {
    const startedAt = performance.now();
    await log.append({ node: "bench", boot, sequence, count: 1, commands });
    times.push(performance.now() - startedAt);
  }
  await file.close();
  rmSync(folder, { recursive: true, force: true });
  return times.sort((left, right) => left - right);
}
