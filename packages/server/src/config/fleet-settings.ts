import { supportedLevels } from "@matchforge/core";
import { isPeerAddress } from "@matchforge/stores/sockets";
import { choice, formedText, names, optionalText, wholeNumber } from "./setting.ts";

/** What an operator can accept by name although it can lose what was acknowledged, or be overheard. */
export const unsafeNames = [
  "synchronous_commit",
  "fsync",
  "full_page_writes",
  "maxmemory-policy",
  "appendonly",
  "relaxed_stakes",
  "admin_plain_text",
] as const;

/** One of {@link unsafeNames}. */
export type UnsafeName = (typeof unsafeNames)[number];

/** One server, or several of a cluster after each other; a password may hold the mark that ends it. */
export function isRedisUrl(text: string): boolean {
  if (!/^(rediss?|rediss?-cluster):\/\/\S+$/.test(text)) return false;
  const hosts = text.slice(text.lastIndexOf("@") + 1).replace(/^.*:\/\//, "");
  return hosts.split(",").every((host) => URL.canParse(`redis://${host}`));
}

/** What makes a server one node of a fleet: without a database it is alone, and everything is embedded. */
export const fleetSettings = {
  node: formedText<string | null>({
    environment: "MATCHFORGE_NODE",
    flag: "--node <name>",
    description: "this node's name, which no other node of the fleet has; without it the host's",
    otherwise: null,
    expected: "1 to 64 letters, digits, points, underscores and hyphens",
    form: /^[A-Za-z0-9_.-]{1,64}$/,
  }),
  database: formedText<string | null>({
    environment: "MATCHFORGE_DATABASE_URL",
    flag: null,
    description: "the PostgreSQL database of the fleet; without it the server is alone and keeps a file",
    otherwise: null,
    expected: "a URL such as postgres://user:password@host:5432/database",
    isSecret: true,
    form: { test: (text) => /^postgres(ql)?:\/\/\S+$/.test(text) && URL.canParse(text) },
  }),
  redis: formedText<string | null>({
    environment: "MATCHFORGE_REDIS_URL",
    flag: null,
    description: "the Redis of the fleet, redis:// or rediss://, or redis-cluster:// with all known nodes",
    otherwise: null,
    expected: "a URL such as redis://host:6379 or redis-cluster://host1:6379,host2:6379",
    isSecret: true,
    form: { test: isRedisUrl },
  }),
  log: choice({
    environment: "MATCHFORGE_LOG",
    flag: null,
    description: "where a fleet's log is: postgres, or redis, which is relaxed: it can lose its last moments",
    otherwise: "postgres",
    choices: ["postgres", "redis"],
  }),
  relay: choice({
    environment: "MATCHFORGE_RELAY",
    flag: null,
    description: "how live frames travel: redis, nodes (directly), or auto: redis where there is one",
    otherwise: "auto",
    choices: ["auto", "redis", "nodes"],
  }),
  relay_host: optionalText({
    environment: "MATCHFORGE_RELAY_HOST",
    flag: null,
    description: "the address on which other nodes reach this one; without it the host it listens on",
    otherwise: null,
  }),
  relay_port: wholeNumber({
    environment: "MATCHFORGE_RELAY_PORT",
    flag: null,
    description: "the port for other nodes; 0 for any free one",
    otherwise: 0,
    min: 0,
    max: 65_535,
  }),
  relay_address: formedText<string | null>({
    environment: "MATCHFORGE_RELAY_ADDRESS",
    flag: null,
    description: "what other nodes are told to connect to, where it is not relay_host and its port",
    otherwise: null,
    expected: "host:port, with a port from 1 to 65535; IPv6 in brackets",
    form: { test: isPeerAddress },
  }),
  allow_unsafe: names({
    environment: "MATCHFORGE_ALLOW_UNSAFE",
    flag: null,
    description: "settings that are accepted although they can lose what was acknowledged, or be overheard",
    otherwise: [],
    choices: unsafeNames,
  }),
  kernel_level_max: wholeNumber({
    environment: "MATCHFORGE_KERNEL_LEVEL_MAX",
    flag: null,
    description:
      "the highest kernel level the shard may rise to while this node runs, so that older builds can return",
    otherwise: Math.max(...supportedLevels),
    min: 1,
    max: Math.max(...supportedLevels),
  }),
} as const;
