import { openPostgres } from "@matchforge/stores/postgres";
import { MirroredArchive, openRedis, openRelaxedLog } from "@matchforge/stores/redis";
import type { Report } from "matchforge";
import type { OpenStores } from "./store-source.ts";

/** Where a fleet keeps a shard; it can be sent to another thread. */
export interface FleetStores {
  readonly shard: string;
  readonly database: string;
  /** Set where the log is in Redis: relaxed, with a copy in the database. */
  readonly redisLog: string | null;
  readonly allowUnsafe: readonly string[];
}

/** The schema of a shard in the fleet's database. */
export function schemaOf(shard: string): string {
  return `matchforge_${shard}`;
}

/**
 * Opens log and archive of a fleet's shard.
 *
 * @throws StoreError `UNSAFE_SETTINGS` where a server can lose what it acknowledged and nobody accepted that by name.
 */
export async function openFleetStores(
  { shard, database, redisLog, allowUnsafe }: FleetStores,
  report: Report,
): Promise<OpenStores> {
  const holds = redisLog === null ? "log" : "copy";
  const postgres = await openPostgres({ url: database, schema: schemaOf(shard), allowUnsafe, holds, report });
  if (redisLog === null) {
    return { log: postgres.log(), archive: postgres.archive(), close: () => postgres.close() };
  }
  try {
    const redis = await openRedis({ url: redisLog, shard, allowUnsafe, report });
    try {
      const log = await openRelaxedLog({ redis, copy: postgres.log(), mirror: postgres.mirror() });
      const archive = new MirroredArchive({ archive: postgres.archive(), log });
      const close = async () => {
        await redis.close();
        await postgres.close();
      };
      return { log, archive, see: (batch) => log.see(batch), close };
    } catch (error) {
      await redis.close();
      throw error;
    }
  } catch (error) {
    await postgres.close();
    throw error;
  }
}
