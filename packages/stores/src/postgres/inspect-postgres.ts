import { inspectServer, type SchemaVersion } from "./migrate.ts";
import type { PostgresOptions } from "./open-postgres.ts";
import { serverAddress } from "./server-address.ts";

/**
 * Looks at what {@link openPostgres} would open, and changes nothing: neither is a schema made nor an old one migrated.
 *
 * @throws StoreError what `openPostgres` throws where it cannot be opened.
 * @example
 * const { version, newest } = await inspectPostgres({ url: "postgres://db.internal/arcade", schema: "matchforge_eu" });
 */
export function inspectPostgres(
  options: Pick<PostgresOptions, "url" | "schema" | "allowUnsafe">,
): Promise<SchemaVersion> {
  return inspectServer(serverAddress(options), options.allowUnsafe ?? []);
}
