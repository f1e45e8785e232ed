import type { Archive } from "../archive/port.ts";
import { PostgresArchive } from "../archive/postgres/postgres-archive.ts";
import type { LogMirror } from "../log/mirror-port.ts";
import type { Log } from "../log/port.ts";
import { PostgresLog } from "../log/postgres/postgres-log.ts";
import { PostgresMirror } from "../log/postgres/postgres-mirror.ts";
import type { StoreReport } from "../report.ts";
import { claimKind, type LogKind } from "./claim-kind.ts";
import { migrateServer } from "./migrate.ts";
import { postgresLines } from "./postgres-lines.ts";
import { serverAddress } from "./server-address.ts";

export interface PostgresOptions {
  /** `postgres://role:password@host:5432/database`: the primary itself, not a pooler that shares connections. */
  readonly url: string;
  /** The shard's schema, `matchforge_` and its name; it is created at the first start. */
  readonly schema: string;
  /** Names of settings that are accepted although they are unsafe, such as `synchronous_commit`. */
  readonly allowUnsafe?: readonly string[];
  /** What the schema's batches are, where only one is right; whoever opens it as something else is refused. */
  readonly holds?: LogKind;
  /** Told when the line that wakes watchers is lost and back; nothing else goes on by itself. */
  readonly report?: StoreReport;
}

/** An open schema, of which other threads, processes and machines may have as many as they like. */
export interface PostgresSchema {
  /** A new handle on the log. */
  log(): Log;
  /** A new handle on the archive. */
  archive(): Archive;
  /** The log as the copy of another one. */
  mirror(): LogMirror;
  /** Waits for what is running and closes all connections. */
  close(): Promise<void>;
}

/**
 * Opens a PostgreSQL schema that holds a log and an archive, creating it if need be. Appends, reads of the log and
 * the archive have connections of their own, so that none waits for another kind.
 *
 * @throws StoreError `UNSAFE_SETTINGS` for a server that may lose what it acknowledged or holds something else, `FILE_UNSUPPORTED` for a
 * schema of another program or a newer build, `STORE_UNAVAILABLE` when the server cannot be used.
 * @example
 * const shard = await openPostgres({ url: "postgres://matchforge@db.internal/arcade", schema: "matchforge_eu" });
 * const log = shard.log();
 */
export async function openPostgres(options: PostgresOptions): Promise<PostgresSchema> {
  const { allowUnsafe = [], holds, report = () => {} } = options;
  const address = serverAddress(options);
  await migrateServer(address, allowUnsafe);
  const lines = postgresLines({ address, allowUnsafe, report });
  const close = async () => {
    const { appends, log, archive, wakes } = lines;
    await Promise.all([appends.close(), log.close(), archive.close()]);
    await wakes.close();
  };
  if (holds !== undefined) {
    const { place } = address;
    await claimKind(lines.log.query, { kind: holds, place }).catch(async (error: unknown) => {
      await close();
      throw error;
    });
  }
  return {
    log: () => new PostgresLog(lines),
    archive: () => new PostgresArchive(lines.archive),
    mirror: () => new PostgresMirror(lines),
    close,
  };
}
