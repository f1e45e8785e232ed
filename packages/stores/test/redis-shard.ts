import { randomBytes } from "node:crypto";
import { redisForTests } from "@matchforge/testbed";
import { Redis } from "ioredis";
import { openRedis, type RedisStores, type StoreReportCode } from "../src/redis.ts";

/** A shard of its own in a Redis. */
export interface TestShard extends AsyncDisposable {
  readonly url: string | readonly string[];
  readonly shard: string;
  /** What all openers reported. */
  readonly reports: { readonly code: StoreReportCode; readonly detail: string }[];
  /** Opens it once more, as another process would. */
  open(): Promise<RedisStores>;
  /** The name of one of its keys. */
  key(name: string): string;
  /** Closes everything that was opened. */
  end(): Promise<void>;
}

/**
 * A shard that no other test uses, on the server for tests or on a given one.
 *
 * @example
 * await using shard = await testShard();
 * const log = (await shard.open()).log();
 */
export async function testShard(server?: { readonly url: string | readonly string[] }): Promise<TestShard> {
  const { url } = server ?? (await redisForTests());
  const shard = `test-${randomBytes(8).toString("hex")}`;
  const opened: RedisStores[] = [];
  const reports: TestShard["reports"] = [];
  const end = async () => {
    await Promise.all(opened.map((one) => one.close()));
  };
  return {
    url,
    shard,
    reports,
    end,
    async open() {
      const one = await openRedis({ url, shard, report: (problem) => reports.push(problem) });
      opened.push(one);
      return one;
    },
    key: (name) => `{mf:${shard}}:${name}`,
    [Symbol.asyncDispose]: end,
  };
}

/** Runs commands past the adapters. */
export async function withRedis<Answer>(
  url: string,
  work: (client: Redis) => Promise<Answer>,
): Promise<Answer> {
  const client = new Redis(url);
  try {
    return await work(client);
  } finally {
    client.disconnect();
  }
}
