import { StoreError } from "../errors.ts";
import { RedisLog } from "../log/redis/redis-log.ts";
import type { Relay } from "../relay/port.ts";
import { Publisher } from "../relay/redis/publisher.ts";
import { RedisRelay } from "../relay/redis/redis-relay.ts";
import type { StoreReport } from "../report.ts";
import type { OutsideView } from "../view/port.ts";
import { RedisView } from "../view/redis/redis-view.ts";
import { parseRedisAddress } from "./address.ts";
import { checkRedisSettings } from "./check-redis-settings.ts";
import { RedisConnection } from "./redis-connection.ts";
import { shardKeys } from "./shard-keys.ts";
import { Subscriptions } from "./subscriptions.ts";

export interface RedisOptions {
  /**
   * `redis://user:password@host:6379/0`, `rediss://…` with TLS, `redis-cluster://host:port,host:port` for a cluster, or
   * the `redis://` addresses of some of its servers.
   */
  readonly url: string | readonly string[];
  /** The shard's name: letters, digits, `_`, `-` and `.`. Shards of one Redis do not see each other. */
  readonly shard: string;
  /** Told when a connection is lost and back, and what a relay dropped. */
  readonly report: StoreReport;
  /** Names of settings that are accepted although they are unsafe, such as `appendonly`. */
  readonly allowUnsafe?: readonly string[];
}

/** A shard's part of a Redis. */
export interface RedisStores {
  /** A new handle on the relay. */
  relay(): Relay;
  /** A new handle on the relaxed log. On its own it can diverge but not be restored: see `openRelaxedLog`. */
  log(): RedisLog;
  /** A new handle on the view for outside readers. */
  view(): OutsideView;
  /** Throws `UNSAFE_SETTINGS` unless the server can hold a log. */
  checkForLog(): Promise<void>;
  /** Ends all connections; what is under way fails with `STORE_UNAVAILABLE`. */
  close(): Promise<void>;
}

/**
 * Opens a shard's part of a Redis, version 7.0 or newer. Connections that are lost are renewed for as long as it is
 * open, also to another server of a cluster.
 *
 * @throws StoreError `STORE_UNAVAILABLE` when Redis cannot be reached, `UNSAFE_SETTINGS` when it is too old.
 * @example
 * const redis = await openRedis({ url: "redis://127.0.0.1", shard: "eu", report: ({ code, detail }) => warn(code, detail) });
 * const relay = redis.relay();
 */
export async function openRedis(options: RedisOptions): Promise<RedisStores> {
  const { url, shard, report, allowUnsafe } = options;
  const address = parseRedisAddress(url);
  const keys = shardKeys(shard);
  await checkRedisSettings({ url, shard, use: "relay", allowUnsafe });
  const open = (use: string) =>
    RedisConnection.open({ address, key: keys.head, name: `matchforge:${shard}:${use}`, report });
  // The relay has connections of its own, so that a long read of the log holds up no frame, and no frame an append.
  const opened = await Promise.allSettled(["log", "publish", "subscribe"].map(open));
  const connections = opened.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  const failed = opened.find((result) => result.status === "rejected");
  if (failed !== undefined) {
    for (const connection of connections) connection.close();
    throw failed.reason;
  }
  const [forLog, forPublishing, forSubscribing] = connections;
  const subscriptions = new Subscriptions(forSubscribing);
  const publisher = new Publisher(forPublishing, report);
  const views: OutsideView[] = [];
  let closed = false;
  const connectView = async () => {
    if (closed) throw new StoreError("STORE_CLOSED", `${address.place} was closed.`);
    return open("view");
  };
  return {
    relay: () => new RedisRelay({ publisher, subscriptions, keys, report }),
    log: () => new RedisLog({ connection: forLog, subscriptions, keys }),
    view() {
      const view = new RedisView({ keys, connect: connectView });
      views.push(view);
      return view;
    },
    checkForLog: () => checkRedisSettings({ url, shard, use: "log", allowUnsafe }),
    async close() {
      closed = true;
      publisher.close();
      subscriptions.close();
      for (const connection of connections) connection.close();
      await Promise.all(views.map((view) => view.close()));
    },
  };
}
