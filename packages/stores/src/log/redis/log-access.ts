import type { ChainableCommander } from "ioredis";
import type { RedisConnection } from "../../redis/redis-connection.ts";
import { runScript, type Script } from "../../redis/script.ts";
import type { ShardKeys } from "../../redis/shard-keys.ts";
import type { Subscriptions } from "../../redis/subscriptions.ts";

/** What the log works with. */
export interface LogAccess {
  readonly connection: RedisConnection;
  readonly subscriptions: Subscriptions;
  readonly keys: ShardKeys;
}

/** Runs one of the log's scripts. */
export function run(
  { connection }: LogAccess,
  script: Script,
  options: { readonly keys: readonly string[]; readonly values: readonly (string | number)[] },
): Promise<unknown> {
  return connection.run((client) => runScript(client, script, options));
}

/** Runs commands as one step that no other command divides, and answers what each of them answered. */
export function atOnce(
  { connection }: LogAccess,
  add: (commands: ChainableCommander) => ChainableCommander,
): Promise<unknown[]> {
  return connection.run(async (client) => {
    const answers = (await add(client.multi()).exec()) ?? [];
    return answers.map(([error, answer]) => {
      if (error !== null) throw error;
      return answer;
    });
  });
}
