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

type Add = (commands: ChainableCommander) => ChainableCommander;

/** Runs commands one after the other and answers what each answered; those of others may come between them. */
export function inTurn({ connection }: LogAccess, add: Add): Promise<unknown[]> {
  return connection.run((client) => answersOf(add(client.pipeline())));
}

/**
 * Runs commands as one step that no other command divides. For writing alone: a server whose memory is used up takes
 * nothing in such a step, not even reads.
 */
export function atOnce({ connection }: LogAccess, add: Add): Promise<unknown[]> {
  return connection.run((client) => answersOf(add(client.multi())));
}

async function answersOf(commands: ChainableCommander): Promise<unknown[]> {
  const answers = (await commands.exec()) ?? [];
  return answers.map(([error, answer]) => {
    if (error !== null) throw error;
    return answer;
  });
}
