import type { ClientBase } from "pg";
import { storeLimits } from "../limits.ts";
import { type CheckOptions, checkPostgresSettings } from "./check-postgres-settings.ts";

/**
 * Makes a new connection ours. Settings are made here and not in the address, which may have some of its own, and
 * the server is judged again, because another one may answer after a failover.
 */
export async function prepareSession(
  client: ClientBase,
  { schema, statementMs, ...check }: CheckOptions & { readonly schema: string; readonly statementMs: number },
): Promise<void> {
  const settings = {
    search_path: schema,
    // Each statement of a transaction must see what was committed while it waited for its turn.
    default_transaction_isolation: "read committed",
    statement_timeout: `${statementMs}`,
    idle_in_transaction_session_timeout: `${storeLimits.postgresIdleTransactionMs}`,
  };
  await client.query(settingsSql, [JSON.stringify(settings)]);
  await client.query(compressionSql);
  await checkPostgresSettings(client, check);
}

const settingsSql = "SELECT set_config(key, value, false) FROM json_each_text($1)";

/** Long commands are compressed while an append has its turn; servers that know LZ4 take a fraction of the time. */
const compressionSql = `
  SELECT set_config(name, 'lz4', false) FROM pg_settings
  WHERE name = 'default_toast_compression' AND 'lz4' = ANY (enumvals)
`;
