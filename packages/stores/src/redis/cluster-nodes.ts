import { Redis, type RedisOptions } from "ioredis";
import { storeLimits } from "../limits.ts";
import type { RedisAddress, RedisNode } from "./address.ts";

/** Servers that hold one slot of a cluster. */
export interface SlotNodes {
  readonly master: RedisNode;
  readonly replicas: readonly RedisNode[];
  /** Every server of the cluster. */
  readonly all: readonly RedisNode[];
}

/** What every connection of ours is made with. */
export function commonOptions(address: RedisAddress): RedisOptions {
  return {
    username: address.username,
    password: address.password,
    db: address.database,
    connectTimeout: storeLimits.redisConnectMs,
    commandTimeout: storeLimits.redisAnswerMs,
    socketTimeout: storeLimits.redisAnswerMs,
    keepAlive: storeLimits.redisPingEveryMs,
    disableClientInfo: true,
    lazyConnect: true,
    enableOfflineQueue: false,
    // A command is sent once; whether it is sent again is for its caller to decide.
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
  };
}

/** Asks the server at a node something over a connection of its own. */
export async function askNode<Answer>(
  { address, node }: { readonly address: RedisAddress; readonly node: RedisNode },
  ask: (client: Redis) => Promise<Answer>,
): Promise<Answer> {
  const client = new Redis({
    ...commonOptions(address),
    ...node,
    ...(address.tls && { tls: { servername: node.host } }),
    enableReadyCheck: false,
    retryStrategy: () => null,
  });
  let failure: unknown;
  client.on("error", (error) => {
    failure = error;
  });
  try {
    await client.connect();
    return await ask(client);
  } catch (error) {
    throw failure ?? error;
  } finally {
    client.disconnect();
  }
}

/** Where the slot of `key` is, as one server of the cluster sees it; undefined if it sees nobody. */
export async function slotNodesOf(
  options: { readonly address: RedisAddress; readonly node: RedisNode },
  key: string,
): Promise<SlotNodes | undefined> {
  const [slot, answer] = await askNode(options, (client) =>
    Promise.all([client.cluster("KEYSLOT", key), client.cluster("SLOTS")]),
  );
  const ranges = (answer as SlotRange[]).map(([first, last, ...nodes]) => ({
    holds: first <= slot && slot <= last,
    // A server that does not know its own name leaves it to whoever reached it.
    nodes: nodes.map(([host, port]) => ({ host: host || options.node.host, port })),
  }));
  const [master, ...replicas] = ranges.find(({ holds }) => holds)?.nodes ?? [];
  if (master === undefined) return undefined;
  return { master, replicas, all: ranges.flatMap(({ nodes }) => nodes) };
}

type SlotRange = [first: number, last: number, ...nodes: [host: string | null, port: number, ...unknown[]][]];
