import { randomBytes } from "node:crypto";
import { postgresForTests } from "@matchforge/testbed";
import { Client } from "pg";
import { openPostgres, type PostgresOptions, type PostgresSchema } from "../src/postgres.ts";

/** A schema that no other test uses. */
export interface TestSchema extends AsyncDisposable {
  readonly url: string;
  readonly schema: string;
  /** Opens it once more, as another process would. */
  open(options?: Partial<PostgresOptions>): Promise<PostgresSchema>;
  /** Runs statements in it, past the adapters. */
  run(sql: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>;
  /** Closes everything that was opened and drops the schema. */
  end(): Promise<void>;
}

/**
 * A schema of its own on the server for tests, or on a given one.
 *
 * @example
 * await using schema = await testSchema();
 * const log = (await schema.open()).log();
 */
export async function testSchema(server?: { readonly url: string }): Promise<TestSchema> {
  const { url } = server ?? (await postgresForTests());
  // A name that needs quotes, as a shard's may.
  const schema = `matchforge_Test-${randomBytes(8).toString("hex")}`;
  const opened: PostgresSchema[] = [];
  const run = async (sql: string, values: readonly unknown[] = []) => {
    const client = clientIn({ url, schema });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(sql, [...values])).rows;
    } finally {
      await client.end();
    }
  };
  const end = async () => {
    await Promise.all(opened.map((one) => one.close()));
    await run(`DROP SCHEMA IF EXISTS "${schema}" CASCADE`);
  };
  return {
    url,
    schema,
    run,
    end,
    async open(options = {}) {
      const one = await openPostgres({ url, schema, ...options });
      opened.push(one);
      return one;
    },
    [Symbol.asyncDispose]: end,
  };
}

/** A connection past the adapters, not yet made. */
export function clientIn({ url, schema }: { readonly url: string; readonly schema: string }): Client {
  return new Client({ connectionString: url, options: `-c search_path="${schema}"` });
}
