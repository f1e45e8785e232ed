/** Adapters of Redis: the relay, the relaxed log, and the log that is copied to a store that does not forget. */

export { RedisChannels, type RedisChannelsOptions } from "./channels/redis/redis-channels.ts";
export {
  checkRedisSettings,
  type RedisSetting,
  type RedisSettingsOptions,
} from "./redis/check-redis-settings.ts";
export type { LazyRedisOptions } from "./redis/lazy-connection.ts";
export { openRedis, type RedisOptions, type RedisStores } from "./redis/open-redis.ts";
export { MirroredArchive } from "./relaxed/mirrored-archive.ts";
export { openRelaxedLog } from "./relaxed/open-relaxed-log.ts";
export { RelaxedLog } from "./relaxed/relaxed-log.ts";
export type { StoreReport, StoreReportCode } from "./report.ts";
export { type RedisStreamsOptions, RedisStreamsSink } from "./sink/redis-streams/redis-streams-sink.ts";
