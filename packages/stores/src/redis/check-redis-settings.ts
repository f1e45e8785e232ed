import { StoreError } from "../errors.ts";
import { parseRedisAddress, type RedisAddress, type RedisNode } from "./address.ts";
import { askNode, slotNodesOf } from "./cluster-nodes.ts";
import { codeOf, isReply, nameFailure } from "./name-failure.ts";
import { shardKeys } from "./shard-keys.ts";

/** Settings by which a Redis may be unsafe. */
export type RedisSetting = "redis_version" | "maxmemory-policy" | "appendonly";

export interface RedisSettingsOptions {
  readonly url: string | readonly string[];
  readonly shard: string;
  /** A relay, and the view beside it, can be made anew: they need no file. */
  readonly use: "log" | "relay";
  /** Names of {@link RedisSetting}s that are accepted as they are. */
  readonly allowUnsafe?: readonly string[] | undefined;
}

interface Requirement {
  readonly setting: RedisSetting;
  /** What `INFO` calls it. */
  readonly field: string;
  readonly forRelay: boolean;
  isSafe(value: string): boolean;
  readonly advice: string;
}

const oldestMajor = 7;

const requirements: readonly Requirement[] = [
  {
    setting: "redis_version",
    field: "redis_version",
    forRelay: true,
    isSafe: (value) => Number.parseInt(value, 10) >= oldestMajor,
    advice: `Version ${oldestMajor}.0 or newer is needed.`,
  },
  {
    setting: "maxmemory-policy",
    field: "maxmemory_policy",
    forRelay: true,
    isSafe: (value) => value === "noeviction",
    advice: "A server that evicts forgets parts of what it holds without a word: set it to noeviction.",
  },
  {
    setting: "appendonly",
    field: "aof_enabled",
    forRelay: false,
    isSafe: (value) => value === "1",
    advice: "Without its file every restart empties the log: set it to yes.",
  },
];

/**
 * Refuses a Redis that would lose a log in ordinary operation, before anything is stored in it: on a cluster the master
 * of the shard and its replicas. `INFO` tells all of it, so `CONFIG`, which hosted servers forbid, is never needed.
 *
 * @throws StoreError `UNSAFE_SETTINGS`, naming every such setting, or `STORE_UNAVAILABLE`.
 * @example
 * await checkRedisSettings({ url: "redis://127.0.0.1", shard: "eu", use: "log", allowUnsafe: ["appendonly"] });
 */
export async function checkRedisSettings(options: RedisSettingsOptions): Promise<void> {
  const { url, shard, use, allowUnsafe = [] } = options;
  const address = parseRedisAddress(url);
  const required = requirements.filter(
    ({ setting, forRelay }) => (forRelay || use === "log") && !allowUnsafe.includes(setting),
  );
  if (required.length === 0) return;
  for (const node of await nodesOf(address, shard)) await check({ address, node }, required);
}

async function nodesOf(address: RedisAddress, shard: string): Promise<readonly RedisNode[]> {
  if (!address.cluster) return address.nodes;
  let failure: unknown;
  for (const node of address.nodes) {
    try {
      const found = await slotNodesOf({ address, node }, shardKeys(shard).head);
      if (found !== undefined) return [found.master, ...found.replicas];
    } catch (error) {
      failure = error;
    }
  }
  throw nameFailure(failure ?? new Error("No server knows who holds the shard."), address.place);
}

async function check(
  at: { readonly address: RedisAddress; readonly node: RedisNode },
  required: readonly Requirement[],
): Promise<void> {
  const place = `Redis at ${at.node.host}:${at.node.port}`;
  const names = required.map(({ setting }) => `"${setting}"`).join(", ");
  try {
    const values = fieldsOf(await askNode(at, (client) => client.info()));
    const unsafe = required.filter(({ field, isSafe }) => !isSafe(values.get(field) ?? ""));
    if (unsafe.length === 0) return;
    const reasons = unsafe.map(
      ({ setting, field, advice }) => `${setting} is ${values.get(field) ?? "unknown"}. ${advice}`,
    );
    const unsafeNames = unsafe.map(({ setting }) => `"${setting}"`).join(", ");
    const allow = `To accept it as it is, name ${unsafeNames} in allowUnsafe.`;
    throw new StoreError("UNSAFE_SETTINGS", `${place} is unsafe: ${reasons.join(" ")} ${allow}`);
  } catch (error) {
    if (!(isReply(error) && codeOf(error) === "NOPERM")) throw nameFailure(error, place);
    const advice = `Allow the user INFO (ACL SETUSER name +info), or name ${names} in allowUnsafe.`;
    throw new StoreError(
      "UNSAFE_SETTINGS",
      `${place} tells this user no settings: ${error.message}. ${advice}`,
    );
  }
}

function fieldsOf(information: string): ReadonlyMap<string, string> {
  const lines = information.split("\r\n").map((line) => line.split(":"));
  return new Map(lines.map(([field = "", ...value]) => [field, value.join(":")]));
}
