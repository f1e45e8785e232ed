export { type FaultDirection, FaultProxy, type FaultProxyOptions } from "./proxy/fault-proxy.ts";
export type { Direction } from "./proxy/link.ts";
export {
  postgresForTests,
  type RunServers,
  redisClusterForTests,
  redisForTests,
  type ServerAddress,
  serversForRun,
} from "./servers/for-tests.ts";
export type { PrivateServer } from "./servers/private-server.ts";
export { type NatsOptions, startNats } from "./servers/start-nats.ts";
export { type PostgresOptions, startPostgres } from "./servers/start-postgres.ts";
export { type RedisOptions, startRedis } from "./servers/start-redis.ts";
export { type PrivateRedisCluster, startRedisCluster } from "./servers/start-redis-cluster.ts";
export { waitUntil } from "./wait-until.ts";
