import type { LogMirror } from "../log/mirror-port.ts";
import type { Log } from "../log/port.ts";
import type { RedisStores } from "../redis/open-redis.ts";
import { RelaxedLog } from "./relaxed-log.ts";
import { restoreLog } from "./restore-log.ts";

/**
 * Opens the relaxed log of a shard: in Redis, with a faithful copy elsewhere. A log that is behind its copy or another
 * one is restored first. When a handle answers `LOG_DIVERGED`, close it, open another one, and rebuild the node from it.
 *
 * @throws StoreError `UNSAFE_SETTINGS`, `STORE_UNAVAILABLE`, or `CORRUPT` when the copy lacks what the log has trimmed.
 * @example
 * const log = await openRelaxedLog({ redis, copy: postgres.log(), mirror: postgres.mirror() });
 * const archive = new MirroredArchive({ log, archive: postgres.archive() });
 */
export async function openRelaxedLog(options: {
  readonly redis: RedisStores;
  /** The copy, for reading and for snapshots; closed together with the log. */
  readonly copy: Log;
  /** The same copy, for writing. */
  readonly mirror: LogMirror;
}): Promise<RelaxedLog> {
  const { redis } = options;
  await redis.checkForLog();
  const copy = { log: options.copy, mirror: options.mirror };
  const log = redis.log();
  const agreed = await restoreLog(log.restorer(), copy);
  // Seen from the first moment on, so that not even an empty server is taken for this log again.
  log.see(agreed);
  return new RelaxedLog({ redis: log, source: redis.log(), copy });
}
