/** A relaxed log on real servers: Redis, with its copy in PostgreSQL. */
import type { Log } from "../src/index.ts";
import { batchOf } from "../src/log/conformance.ts";
import { MirroredArchive, openRelaxedLog, type RedisStores, type RelaxedLog } from "../src/redis.ts";
import { type TestSchema, testSchema } from "./postgres-schema.ts";
import { type TestShard, testShard, withRedis } from "./redis-shard.ts";

/** A relaxed log on real servers, as many nodes open it as are wanted. */
export interface Place extends AsyncDisposable {
  readonly shard: TestShard;
  readonly schema: TestSchema;
  open(): Promise<Node>;
  /** Loses everything that Redis holds of it. */
  empty(): Promise<void>;
}

export interface Node {
  readonly redis: RedisStores;
  readonly log: RelaxedLog;
  readonly archive: MirroredArchive;
  readonly copy: Log;
}

/** A log that no other test uses. */
export async function newPlace(): Promise<Place> {
  const [shard, schema] = [await testShard(), await testSchema()];
  return {
    shard,
    schema,
    async open() {
      const [redis, postgres] = [await shard.open(), await schema.open()];
      const log = await openRelaxedLog({ redis, copy: postgres.log(), mirror: postgres.mirror() });
      const archive = new MirroredArchive({ log, archive: postgres.archive() });
      return { redis, log, archive, copy: postgres.log() };
    },
    async empty() {
      const names = ["head", "batches", "writers"];
      await withRedis(String(shard.url), (client) => client.unlink(...names.map(shard.key)));
    },
    async [Symbol.asyncDispose]() {
      await shard.end();
      await schema.end();
    },
  };
}

/** Appends the batches of a node from one sequence to another. */
export async function appendAll(
  log: Log,
  options: { node?: string; from?: number; to: number },
): Promise<void> {
  const { node = "a", from = 1, to } = options;
  for (let sequence = from; sequence <= to; sequence += 1)
    await log.append(batchOf(sequence, { node, count: 2 }));
}

/** Archives a stretch in which nothing happened. */
export async function commitUpTo(archive: MirroredArchive, cursor: number): Promise<void> {
  await archive.commit({ cursor, events: [], rows: [] });
}
