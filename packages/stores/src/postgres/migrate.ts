import { readdirSync, readFileSync } from "node:fs";
import { Client, type ClientBase } from "pg";
import { StoreError } from "../errors.ts";
import { storeLimits } from "../limits.ts";
import { checkPostgresSettings } from "./check-postgres-settings.ts";
import { nameFailure } from "./name-failure.ts";
import { connectionConfig, type ServerAddress } from "./server-address.ts";

const folder = new URL("./migrations/", import.meta.url);

/** The first half of the advisory lock's key, "MFrg", by which our locks are told from others'. */
const LOCK_SPACE = 0x4d467267;

/**
 * Judges the server and brings the schema to its newest version, creating it if need be. Openers wait for each other.
 *
 * @throws StoreError `FILE_UNSUPPORTED`, `UNSAFE_SETTINGS` or `STORE_UNAVAILABLE`.
 */
export async function migrateServer(address: ServerAddress, allowUnsafe: readonly string[]): Promise<void> {
  const { version, newest } = await inspectServer(address, allowUnsafe);
  // Only who has something to migrate, or to wait for, has that much patience.
  if (version !== newest)
    await onServer(address, storeLimits.postgresMigrationMs, (client) => migrate(client, address));
}

/** Which version a schema has. */
export interface SchemaVersion {
  /** 0 where there is none yet. */
  readonly version: number;
  /** What this build would bring it to. */
  readonly newest: number;
}

/** Judges the server and looks at the schema, without changing either. Throws as {@link migrateServer} does. */
export function inspectServer(
  address: ServerAddress,
  allowUnsafe: readonly string[],
): Promise<SchemaVersion> {
  const { place } = address;
  return onServer(address, storeLimits.postgresStatementMs, async (client) => {
    await checkPostgresSettings(client, { place, allowUnsafe });
    return { version: await versionOf(client, address), newest: readMigrations().length };
  });
}

/** Works on a connection of its own, with which everything ends that was not committed. */
async function onServer<Result>(
  address: ServerAddress,
  statementMs: number,
  work: (client: ClientBase) => Promise<Result>,
): Promise<Result> {
  const client = new Client(connectionConfig(address, statementMs));
  // The statement that meets the loss of the connection tells of it.
  client.on("error", () => {});
  try {
    await client.connect();
    return await work(client);
  } catch (error) {
    throw nameFailure(error, address.place);
  } finally {
    await client.end();
  }
}

/**
 * Runs the migrations a schema lacks. Each runs in a transaction of its own, together with the version it reaches,
 * so a crash leaves a whole version. The lock that keeps others out ends with the connection.
 */
export async function migrate(client: ClientBase, address: Omit<ServerAddress, "url">): Promise<void> {
  const { schema } = address;
  await client.query("SET statement_timeout = 0");
  await client.query("SELECT pg_advisory_lock($1, hashtext($2))", [LOCK_SPACE, schema]);
  const version = await versionOf(client, address);
  await client.query(`SET search_path = ${schema}`);
  await client.query(`SET lock_timeout = ${storeLimits.postgresMigrationLockMs}`);
  if (version === 0) await createSchema(client, schema);
  for (const [index, { name, sql }] of readMigrations().entries()) {
    if (index < version) continue;
    await client.query("BEGIN");
    await client.query(sql);
    await client.query("INSERT INTO migration (number, name) VALUES ($1, $2)", [index + 1, name]);
    await client.query("COMMIT");
  }
}

/** How many migrations a schema has had, 0 where there is none. Throws unless it is ours, and not newer than this build. */
async function versionOf(client: ClientBase, { schema, place }: Omit<ServerAddress, "url">): Promise<number> {
  const { rows } = await client.query<{ objects: number; ours: boolean }>(foundSql, [schema]);
  const { objects, ours } = rows[0]!;
  if (!ours && objects > 0) {
    const advice = "Choose another schema or another database.";
    throw new StoreError("FILE_UNSUPPORTED", `${place} belongs to another program. ${advice}`);
  }
  if (!ours) return 0;
  const applied = await client.query(`SELECT number FROM ${schema}.migration ORDER BY number DESC LIMIT 1`);
  const version = Number(applied.rows[0]?.number ?? 0);
  const newest = readMigrations().length;
  if (version > newest) {
    const reason = `${place} has version ${version}, this build knows ${newest}.`;
    throw new StoreError("FILE_UNSUPPORTED", `${reason} Start the newer build that wrote it.`);
  }
  return version;
}

const foundSql = `
  SELECT count(*)::integer AS objects, coalesce(bool_or(relname = 'migration'), false) AS ours
  FROM pg_class WHERE relnamespace = to_regnamespace($1)
`;

/** A schema that is there already is used: whoever made it need not let our role make more. */
async function createSchema(client: ClientBase, schema: string): Promise<void> {
  await client.query("BEGIN");
  const { rows } = await client.query("SELECT to_regnamespace($1) IS NULL AS missing", [schema]);
  if (rows[0].missing) await client.query(`CREATE SCHEMA ${schema}`);
  await client.query(`
    CREATE TABLE IF NOT EXISTS migration (
      number integer PRIMARY KEY,
      name text NOT NULL,
      applied_at timestamptz NOT NULL DEFAULT now()
    )
  `);
  await client.query("COMMIT");
}

function readMigrations(): { readonly name: string; readonly sql: string }[] {
  const names = readdirSync(folder).sort();
  return names.map((name) => ({ name, sql: readFileSync(new URL(name, folder), "utf8") }));
}
