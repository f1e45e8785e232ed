import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { startPostgres, waitUntil } from "@matchforge/testbed";
import { Client } from "pg";
import type { StoreError } from "../src/index.ts";
import { batchOf } from "../src/log/conformance.ts";
import { refuseServer } from "../src/postgres/check-postgres-settings.ts";
import { dumpSchema } from "../src/postgres/dump-schema.ts";
import { openPostgres } from "../src/postgres.ts";
import { clientIn, testSchema } from "./postgres-schema.ts";

const codeIs = (code: string) => (error: { code?: string }) => error.code === code;

test("[S60] openers at the same time make a schema once, and all of them use it", async () => {
  await using schema = await testSchema();
  const opened = await Promise.all(Array.from({ length: 4 }, () => schema.open()));
  await Promise.all(opened.map((one, index) => one.log().append(batchOf(1, { node: `${index}` }))));
  assert.equal((await opened[0]?.log().head())?.position, 4);
  const migrations = await schema.run("SELECT name FROM migration ORDER BY number");
  const files = readdirSync(new URL("../src/postgres/migrations/", import.meta.url)).sort();
  assert.deepEqual(
    migrations.map(({ name }) => name),
    files,
  );
});

test("[S110] a schema that holds a copy is not opened as a log, nor the other way round", async () => {
  for (const [first, second] of [
    ["copy", "log"],
    ["log", "copy"],
  ] as const) {
    await using schema = await testSchema();
    await schema.open({ holds: first });
    await schema.open({ holds: first });
    await assert.rejects(schema.open({ holds: second }), (error: Error & { code?: string }) => {
      assert.match(error.message, /Give all nodes of a shard the same setting for the log\.$/);
      return error.code === "UNSAFE_SETTINGS";
    });
  }
});

test("[S61] a schema of a newer build is not touched, and says which build to start", async () => {
  await using schema = await testSchema();
  await schema.open();
  await schema.run("INSERT INTO migration (number, name) VALUES (99, '0099-later.sql')");
  await assert.rejects(schema.open(), (error: Error & { code?: string }) => {
    assert.match(error.message, /version 99, this build knows \d+\. Start the newer build/);
    return error.code === "FILE_UNSUPPORTED";
  });
});

test("[S61] a schema of another program is left alone, an empty one is used", async () => {
  await using schema = await testSchema();
  await schema.run(`CREATE SCHEMA "${schema.schema}"`);
  await schema.run("CREATE TABLE theirs (id integer)");
  await assert.rejects(schema.open(), codeIs("FILE_UNSUPPORTED"));
  await schema.run("DROP TABLE theirs");
  await schema.open();
});

test("[S62] the migrations lead to the schema that schema.sql shows", async () => {
  await using schema = await testSchema();
  await schema.open();
  const client = clientIn(schema);
  await client.connect();
  const dumped = await dumpSchema(client).finally(() => client.end());
  assert.equal(dumped, readFileSync(new URL("../src/postgres/schema.sql", import.meta.url), "utf8"));
});

test("[S63] settings that lose what was acknowledged are refused, each by its name, place and remedy", async () => {
  const off = { synchronous_commit: "off", fsync: "off", full_page_writes: "off" };
  await using server = await startPostgres({ settings: off });
  await using schema = await testSchema(server);
  await assert.rejects(schema.open(), (error: Error & { code?: string }) => {
    const settings = ["fsync", "full_page_writes", "synchronous_commit"];
    for (const name of settings)
      assert.match(error.message, new RegExp(`${name} is off \\(set in .*postgresql.conf, line`));
    assert.match(
      error.message,
      /Set it to on, or accept it by its name .*\(fsync, full_page_writes, synchronous_commit\)/,
    );
    return error.code === "UNSAFE_SETTINGS";
  });
  await assert.rejects(
    schema.open({ allowUnsafe: ["fsync", "full_page_writes"] }),
    /unsafe: synchronous_commit is off .*\(synchronous_commit\)/,
  );
  const accepted = await schema.open({ allowUnsafe: Object.keys(off) });
  await accepted.log().append(batchOf(1));
});

test("[S63] the settings of the role count, those of the address too, and on every new connection", async () => {
  await using server = await startPostgres();
  await using schema = await testSchema(server);
  const opened = await schema.open();
  await schema.run("ALTER ROLE CURRENT_USER SET synchronous_commit = off");
  await assert.rejects(opened.log().append(batchOf(1)), /synchronous_commit is off \(set by ALTER ROLE\)/);
  const url = new URL(server.url);
  url.searchParams.set("options", "-c synchronous_commit=local");
  await (await schema.open({ url: url.href })).log().append(batchOf(1));
  url.searchParams.set("options", "-c synchronous_commit=off");
  await assert.rejects(schema.open({ url: url.href }), /is off \(set in the address or PGOPTIONS\)/);
});

test("[S64] a server that cannot hold a log is refused: a read replica, another encoding, an old version", async () => {
  await using server = await startPostgres();
  const schema = "matchforge_eu";
  const admin = new Client({ connectionString: server.url });
  await admin.connect();
  await admin.query("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0");
  await admin.end();
  const latin = new URL(server.url);
  latin.pathname = "/latin";
  await assert.rejects(openPostgres({ url: latin.href, schema }), /encoding LATIN1.*ENCODING 'UTF8'/);
  await server.stop();
  writeFileSync(join(server.dataFolder, "standby.signal"), "");
  const started = server.start().catch(() => {});
  let refusal = "";
  const isReplica = async () => {
    await assert.rejects(openPostgres({ url: server.url, schema }), ({ code, message }: StoreError) => {
      refusal = message;
      return code === "STORE_UNAVAILABLE";
    });
    return /read replica.*Use the address of the primary/.test(refusal);
  };
  await waitUntil(isReplica, { what: "the server to answer as a replica", withinMs: 30_000 });
  await server.remove();
  await started;
  const old = { version: 120_022, named: "12.22", encoding: "UTF8", replica: false };
  assert.throws(() => refuseServer("It", old), /version 12.22, which is too old. Use PostgreSQL 13 or newer/);
});
