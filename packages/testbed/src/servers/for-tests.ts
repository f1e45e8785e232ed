import { givenUrl, type ServerKind, urlVariables } from "../environment.ts";
import { lazy } from "../lazy.ts";
import type { ProgramName } from "../programs/find-program.ts";
import { requirePrograms } from "../programs/require-programs.ts";
import { startPostgres } from "./start-postgres.ts";
import { startRedis } from "./start-redis.ts";
import { startRedisCluster } from "./start-redis-cluster.ts";

/** Where a server is. */
export interface ServerAddress {
  readonly url: string;
}

/** A server that we started has to be removed, one that was there has not. */
interface FoundServer extends ServerAddress {
  remove?(): Promise<void>;
}

const programs: Readonly<Record<ServerKind, readonly ProgramName[]>> = {
  postgres: ["postgres", "initdb"],
  redis: ["redis-server"],
  redisCluster: ["redis-server", "redis-cli"],
};

const shared: Readonly<Record<ServerKind, () => Promise<FoundServer>>> = {
  postgres: lazy(async () => startPostgres()),
  redis: lazy(async () => startRedis()),
  redisCluster: lazy(async () => startRedisCluster()),
};

/**
 * A PostgreSQL for tests: the one `DATABASE_URL` names, else one of this process, which ends with it. Others
 * may use the same one, so each test keeps to a schema of its own.
 *
 * @example
 * const { url } = await postgresForTests();
 */
export function postgresForTests(): Promise<ServerAddress> {
  return forTests("postgres");
}

/**
 * A Redis for tests: the one `REDIS_URL` names, else one of this process, which ends with it. Others may use
 * the same one, so each test keeps to keys of its own.
 *
 * @example
 * const { url } = await redisForTests();
 */
export function redisForTests(): Promise<ServerAddress> {
  return forTests("redis");
}

/**
 * A Redis cluster for tests: the one whose nodes `REDIS_CLUSTER_URL` names, comma-separated, else one of this
 * process, which ends with it.
 *
 * @example
 * const nodes = (await redisClusterForTests()).url.split(",");
 */
export function redisClusterForTests(): Promise<ServerAddress> {
  return forTests("redisCluster");
}

/** The servers of a run of many test processes. */
export interface RunServers {
  /** The variables by which the test processes find them. */
  readonly variables: Readonly<Record<string, string>>;
  /** Ends those that we started; otherwise they end with this process. */
  stop(): Promise<void>;
}

/**
 * One server of each kind for a run of many test processes.
 *
 * @example
 * const servers = await serversForRun();
 * spawn(command, { env: { ...process.env, ...servers.variables } });
 */
export async function serversForRun(): Promise<RunServers> {
  const kinds = Object.keys(urlVariables) as ServerKind[];
  // All at once, for two installations would have to wait for one another.
  const missing = kinds.flatMap((kind) => (givenUrl(kind) === undefined ? programs[kind] : []));
  // Tests that need a NATS start their own.
  await requirePrograms("nats-server", ...missing);
  const servers = await Promise.all(kinds.map(async (kind) => [kind, await forTests(kind)] as const));
  return {
    variables: Object.fromEntries(servers.map(([kind, { url }]) => [urlVariables[kind], url])),
    async stop() {
      await Promise.all(servers.map(([, server]) => server.remove?.()));
    },
  };
}

async function forTests(kind: ServerKind): Promise<FoundServer> {
  const url = givenUrl(kind);
  return url === undefined ? shared[kind]() : { url };
}
