import assert from "node:assert/strict";

/** A server of Redis. */
export interface RedisNode {
  readonly host: string;
  readonly port: number;
}

/** Where Redis is and how to enter. */
export interface RedisAddress {
  /** One server, or those of a cluster that are asked for the others. */
  readonly nodes: readonly RedisNode[];
  readonly cluster: boolean;
  readonly tls: boolean;
  readonly username: string | undefined;
  readonly password: string | undefined;
  /** Always 0 in a cluster, which has no others. */
  readonly database: number;
  /** For messages: without the password. */
  readonly place: string;
}

const schemes: Readonly<Record<string, { readonly cluster: boolean; readonly tls: boolean }>> = {
  redis: { cluster: false, tls: false },
  rediss: { cluster: false, tls: true },
  "redis-cluster": { cluster: true, tls: false },
  "rediss-cluster": { cluster: true, tls: true },
};

const defaultPort = 6379;

/**
 * Reads `redis://user:password@host:port/database`, `rediss://…` (TLS), `redis-cluster://host:port,host:port`,
 * or the same as an array of `redis://` addresses. A wrong address throws an `AssertionError`.
 */
export function parseRedisAddress(url: string | readonly string[]): RedisAddress {
  if (typeof url !== "string") return ofCluster(url);
  const [scheme = ""] = url.split("://", 1);
  const rest = url.slice(scheme.length + "://".length);
  const kind = schemes[scheme];
  assert(
    kind,
    `A Redis address begins with redis://, rediss://, redis-cluster:// or rediss-cluster://, not ${scheme}.`,
  );
  // A password may hold the mark that ends it, so the last one counts.
  const access = rest.slice(0, rest.lastIndexOf("@") + 1);
  const hosts = rest.slice(access.length);
  const parts = kind.cluster ? hosts.split(",") : [hosts];
  const urls = parts.map((part) => parsed(`redis://${access}${part}`));
  return addressOf(urls, kind);
}

function ofCluster(urls: readonly string[]): RedisAddress {
  assert(urls.length > 0, "A Redis cluster is reached by at least one address.");
  return addressOf(urls.map(parsed), { cluster: true, tls: urls[0].startsWith("rediss://") });
}

function addressOf(
  urls: readonly URL[],
  kind: { readonly cluster: boolean; readonly tls: boolean },
): RedisAddress {
  const [first] = urls;
  const nodes = urls.map((url) => ({
    // The brackets of an IPv6 address belong to the URL, not to the address.
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: url.port === "" ? defaultPort : Number(url.port),
  }));
  const database = Number(first.pathname.slice(1));
  assert(
    Number.isSafeInteger(database) && database >= 0,
    "A Redis database is a number, as in redis://host/1.",
  );
  assert(!kind.cluster || database === 0, "A Redis cluster has database 0 alone.");
  const text = nodes.map(({ host, port }) => `${host}:${port}`).join(",");
  return {
    ...kind,
    nodes,
    username: first.username === "" ? undefined : decodeURIComponent(first.username),
    password: first.password === "" ? undefined : decodeURIComponent(first.password),
    database,
    place: `Redis at ${text}`,
  };
}

function parsed(url: string): URL {
  assert(
    URL.canParse(url) && new URL(url).hostname !== "",
    "A Redis address names a host, as in redis://host:6379.",
  );
  return new URL(url);
}
