import { readdirSync, readFileSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { StoreError } from "../errors.ts";

/** "MFrg" in the file's header tells our files from other programs'. */
const APPLICATION_ID = 0x4d467267;

const folder = new URL("./migrations/", import.meta.url);

/**
 * Brings a database to the newest schema. Each numbered migration runs in a transaction of its own, together with
 * the version it reaches, so a crash leaves a whole version. Throws `FILE_UNSUPPORTED` for a file of another
 * program or of a newer build, without touching it.
 */
export function migrate(database: DatabaseSync): void {
  const version = versionOf(database);
  for (const [index, sql] of readMigrations().entries()) {
    if (index < version) continue;
    database.exec("BEGIN IMMEDIATE");
    database.exec(sql);
    database.exec(`PRAGMA application_id = ${APPLICATION_ID}`);
    database.exec(`PRAGMA user_version = ${index + 1}`);
    database.exec("COMMIT");
  }
}

/** Throws `FILE_UNSUPPORTED` unless the file is new or ours, and not newer than this build. */
export function versionOf(database: DatabaseSync): number {
  const version = numberOf(database, "SELECT user_version FROM pragma_user_version");
  const application = numberOf(database, "SELECT application_id FROM pragma_application_id");
  const objects = numberOf(database, "SELECT count(*) FROM sqlite_schema");
  if (application !== APPLICATION_ID && (application !== 0 || objects > 0)) {
    throw new StoreError("FILE_UNSUPPORTED", "The file belongs to another program. Choose another path.");
  }
  const newest = readMigrations().length;
  if (version > newest) {
    const reason = `The file has schema ${version}, this build knows ${newest}.`;
    throw new StoreError("FILE_UNSUPPORTED", `${reason} Start the newer build that wrote it.`);
  }
  return version;
}

/** The schema as SQLite holds it, one statement per object; `schema.sql` is this text. */
export function dumpSchema(database: DatabaseSync): string {
  const rows = database
    .prepare("SELECT sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY name")
    .all();
  return rows.map(({ sql }) => `${sql};\n`).join("\n");
}

function readMigrations(): string[] {
  const names = readdirSync(folder).sort();
  return names.map((name) => readFileSync(new URL(name, folder), "utf8"));
}

function numberOf(database: DatabaseSync, sql: string): number {
  return Number(Object.values(database.prepare(sql).get() ?? {})[0]);
}
