import type { ClientBase } from "pg";
import { StoreError } from "../errors.ts";

/** Settings that may be accepted by name when they are off, and what that costs. */
const unsafeWhenOff = {
  synchronous_commit: "what was acknowledged is lost when the server dies",
  fsync: "what was acknowledged is lost, and the whole database damaged, when its machine dies",
  full_page_writes: "pages half written are lost for good when its machine dies",
} as const;

export interface CheckOptions {
  /** The server, as errors name it. */
  readonly place: string;
  /** Names of settings that are accepted although they are unsafe; those of other stores are passed over. */
  readonly allowUnsafe: readonly string[];
}

/** The oldest version the migrations run on and the tests could be run on. */
const oldestVersion = 130_000;

/**
 * Refuses a server that may lose what it acknowledged, or cannot hold a log, as this connection's role and database
 * have it. `local` and `remote_write` are accepted as values of `synchronous_commit`: they wait for this server's
 * own disk, and which standbys are waited for is a choice only the operator can make.
 *
 * @throws StoreError `UNSAFE_SETTINGS` naming each setting, where it was made and what to do; `STORE_UNAVAILABLE`
 * for a read replica, which may become the primary.
 * @example
 * await checkPostgresSettings(client, { place: "PostgreSQL at db.internal", allowUnsafe: [] });
 */
export async function checkPostgresSettings(client: ClientBase, options: CheckOptions): Promise<void> {
  const { place, allowUnsafe } = options;
  const { rows } = await client.query<ServerFacts>(factsSql);
  refuseServer(place, rows[0]!);
  const off = await client.query<SettingRow>(settingsSql, [Object.keys(unsafeWhenOff)]);
  const refused = off.rows.filter(({ name }) => !allowUnsafe.includes(name));
  if (refused.length === 0) return;
  const reasons = refused.map((row) => `${row.name} is off (${sourceOf(row)}): ${unsafeWhenOff[row.name]}`);
  const names = refused.map(({ name }) => name).join(", ");
  const advice = `Set it to on, or accept it by its name where unsafe settings are allowed (${names}).`;
  throw new StoreError("UNSAFE_SETTINGS", `${place} is unsafe: ${reasons.join("; ")}. ${advice}`);
}

const factsSql = `
  SELECT current_setting('server_version_num')::integer AS version, current_setting('server_version') AS named,
    current_setting('server_encoding') AS encoding, pg_is_in_recovery() AS replica
`;

interface ServerFacts {
  readonly version: number;
  readonly named: string;
  readonly encoding: string;
  readonly replica: boolean;
}

const settingsSql = `
  SELECT name, source, sourcefile, sourceline FROM pg_settings
  WHERE name = ANY ($1) AND setting = 'off' ORDER BY name
`;

interface SettingRow {
  readonly name: keyof typeof unsafeWhenOff;
  readonly source: string;
  readonly sourcefile: string | null;
  readonly sourceline: number | null;
}

export function refuseServer(place: string, { version, named, encoding, replica }: ServerFacts): void {
  if (version < oldestVersion) {
    const advice = "Use PostgreSQL 13 or newer.";
    throw new StoreError("UNSAFE_SETTINGS", `${place} is of version ${named}, which is too old. ${advice}`);
  }
  if (encoding !== "UTF8") {
    const advice = "Create one with ENCODING 'UTF8'.";
    throw new StoreError("UNSAFE_SETTINGS", `${place} is in a database of encoding ${encoding}. ${advice}`);
  }
  if (replica) {
    const advice = "Use the address of the primary, or promote this server.";
    throw new StoreError("STORE_UNAVAILABLE", `${place} is a read replica and takes no appends. ${advice}`);
  }
}

const sources: Readonly<Record<string, string>> = {
  "command line": "on the server's command line",
  database: "by ALTER DATABASE",
  user: "by ALTER ROLE",
  "database user": "by ALTER ROLE IN DATABASE",
  client: "in the address or PGOPTIONS",
};

/** Where a setting was made; only some roles are told the file. */
function sourceOf({ source, sourcefile, sourceline }: SettingRow): string {
  if (sourcefile !== null) return `set in ${sourcefile}, line ${sourceline}`;
  return `set ${sources[source] ?? `in the server's ${source}`}`;
}
