import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Log, openSqliteFile } from "@matchforge/stores";
import { openPostgres } from "@matchforge/stores/postgres";
import { openRedis, openRelaxedLog } from "@matchforge/stores/redis";
import { rounded } from "../report.ts";

const measureMs = 3_000;
const commandsPerBatch = 20;
/** As long as a checkpoint of a duel. */
const command = {
  type: "match.checkpoint",
  match: "match_0190a0c2f6c27000bb6ba6b2f81d36c5",
  player: "player_0190a0c2f6c27000bb6ba6b2f81d36c5",
  epoch: 123_456,
  typed: { keys: 42, position: 40, wrong: 0, errors: 2 },
  final: false,
};
const commands = JSON.stringify(Array.from({ length: commandsPerBatch }, () => command));
const report = () => {};

/** What each log takes from one node that does nothing else: one batch of 20 commands in flight, as a node has it. */
export async function appendRates(stores: {
  database: string;
  redis: string;
}): Promise<Record<string, number>> {
  const folder = mkdtempSync(join(tmpdir(), "matchforge-bench-"));
  const sqlite = await openSqliteFile({ path: join(folder, "log.db") });
  const postgres = await openPostgres({ url: stores.database, schema: "matchforge_appends", report });
  const mirrored = await openPostgres({ url: stores.database, schema: "matchforge_relaxed", report });
  const redis = await openRedis({ url: stores.redis, shard: "appends", report });
  const relaxed = await openRelaxedLog({ redis, copy: mirrored.log(), mirror: mirrored.mirror() });
  const figures = {
    ...(await rateOf("sqlite", sqlite.log())),
    ...(await rateOf("postgres", postgres.log())),
    ...(await rateOf("relaxed_redis", relaxed)),
  };
  await sqlite.close();
  await postgres.close();
  await redis.close();
  await mirrored.close();
  rmSync(folder, { recursive: true, force: true });
  return figures;
}

async function rateOf(name: string, log: Log): Promise<Record<string, number>> {
  const boot = randomUUID();
  const append = (sequence: number) =>
    log.append({ node: "bench", boot, sequence, count: commandsPerBatch, commands });
  await append(1);
  let batches = 0;
  const startedAt = performance.now();
  while (performance.now() - startedAt < measureMs) {
    await append(batches + 2);
    batches += 1;
  }
  const seconds = (performance.now() - startedAt) / 1_000;
  return {
    [`append_${name}_batches_per_s`]: rounded(batches / seconds),
    [`append_${name}_commands_per_s`]: rounded((batches * commandsPerBatch) / seconds),
  };
}
