/**
 * Run by hand after adding a migration: writes the schema the migrations lead to into schema.sql. Works in a schema
 * of its own on any server, and drops it.
 *
 * Run: node packages/stores/src/postgres/generate-schema.ts postgres://role@host/database
 */
import { writeFileSync } from "node:fs";
import { Client } from "pg";
import { dumpSchema } from "./dump-schema.ts";
import { migrate } from "./migrate.ts";
import { serverAddress } from "./server-address.ts";

const [url = ""] = process.argv.slice(2);
const address = serverAddress({ url, schema: "matchforge_generate_schema" });
const client = new Client({ connectionString: url });
await client.connect();
try {
  await migrate(client, address);
  writeFileSync(new URL("./schema.sql", import.meta.url), await dumpSchema(client));
  await client.query(`DROP SCHEMA ${address.schema} CASCADE`);
} finally {
  await client.end();
}
