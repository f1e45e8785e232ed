import { writeFileSync } from "node:fs";
import { ownKeeper } from "../processes/own-keeper.ts";
import { requirePrograms } from "../programs/require-programs.ts";
import { askRedis } from "./ask-redis.ts";
import type { PrivateServer } from "./private-server.ts";
import { makeServerFolder } from "./server-folder.ts";
import { startOnFreePort } from "./start-on-free-port.ts";

export interface RedisOptions {
  /** Lines of its configuration, beside ours or instead of them. */
  readonly settings?: Readonly<Record<string, string>>;
  /** The master it copies, if it is a replica. */
  readonly replicaOf?: { readonly host: string; readonly port: number };
}

/** Safe as a log must be: every write reaches a file, and memory that runs out refuses instead of forgetting. */
const defaults = {
  appendonly: "yes",
  appendfsync: "everysec",
  "maxmemory-policy": "noeviction",
  save: '""',
  // A replica is there as soon as it can be, instead of waiting for others that might come along.
  "repl-diskless-sync-delay": "0",
} as const;

/**
 * Starts a Redis of our own.
 *
 * @returns When it answers.
 * @throws Error with the end of its log, when it does not start.
 * @example
 * await using redis = await startRedis({ settings: { appendfsync: "always" } });
 * const client = new Redis(redis.url);
 */
export async function startRedis({ settings, replicaOf }: RedisOptions = {}): Promise<PrivateServer> {
  const { "redis-server": program } = await requirePrograms("redis-server");
  const keeper = ownKeeper();
  const place = await makeServerFolder(keeper);
  const following: Record<string, string> =
    replicaOf === undefined ? {} : { replicaof: `${replicaOf.host} ${replicaOf.port}` };
  const all = { ...defaults, ...following, ...settings };
  return startOnFreePort((port) => {
    const configuration = { port: `${port}`, bind: "127.0.0.1", dir: place.dataFolder, ...all };
    const lines = Object.entries(configuration).map(([key, value]) => `${key} ${value}\n`);
    writeFileSync(place.path("redis.conf"), lines.join(""));
    return {
      ...place,
      name: `Redis on port ${port}`,
      keeper,
      program,
      args: [place.path("redis.conf")],
      port,
      url: `redis://127.0.0.1:${port}`,
      settings: all,
      stopSignal: "SIGTERM",
      isReady: (pid) => isReady(port, pid),
    };
  });
}

/** Whether it is this process that answers on the port, and with all its data. */
async function isReady(port: number, pid: number): Promise<boolean> {
  const information = (await askRedis(port, "INFO")) ?? "";
  return information.includes(`process_id:${pid}\r\n`) && information.includes("loading:0\r\n");
}
