/** PostgreSQL adapters of log and archive; apart from the others, because they need its driver. */
export type { LogMirror } from "./log/mirror-port.ts";
export { inspectPostgres } from "./postgres/inspect-postgres.ts";
export type { SchemaVersion } from "./postgres/migrate.ts";
export { openPostgres, type PostgresOptions, type PostgresSchema } from "./postgres/open-postgres.ts";
