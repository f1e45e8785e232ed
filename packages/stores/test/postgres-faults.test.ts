import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { startPostgres } from "@matchforge/testbed";
import { Client, DatabaseError } from "pg";
import { type Log, type LogBatch, type LogReceipt, type StoredBatch, StoreError } from "../src/index.ts";
import { batchOf } from "../src/log/conformance.ts";
import { testSchema } from "./postgres-schema.ts";

const codeIs = (code: string) => (error: { code?: string }) => error.code === code;

/** Appends as a node does: what failed or is in doubt is tried again as it was. */
async function appendUntilKnown(log: Log, batch: LogBatch): Promise<LogReceipt> {
  for (;;) {
    try {
      return await log.append(batch);
    } catch (error) {
      if (!(error instanceof StoreError) || error.code !== "STORE_UNAVAILABLE") throw error;
      await pause(10);
    }
  }
}

async function readWhole(log: Log): Promise<StoredBatch[]> {
  const whole: StoredBatch[] = [];
  for (let from = 1; ; ) {
    const batches = await log.read({ from, limit: 1_000 });
    if (batches.length === 0) return whole;
    whole.push(...batches);
    from = batches.at(-1)!.first + batches.at(-1)!.count;
  }
}

/** Positions follow each other, stamps do not go back, and each node's batches are in order, every one once. */
function assertOneOrder(batches: readonly StoredBatch[]): void {
  let [next, at] = [1, 0];
  const sequences = new Map<string, number>();
  for (const batch of batches) {
    assert.equal(batch.first, next);
    assert.ok(batch.at >= at);
    assert.equal(batch.sequence, (sequences.get(batch.node) ?? 0) + 1);
    assert.equal(JSON.parse(batch.commands).length, batch.count);
    sequences.set(batch.node, batch.sequence);
    next += batch.count;
    at = batch.at;
  }
}

test("[S65] a server killed in the middle of appends has every acknowledged batch once, without gaps", async () => {
  await using server = await startPostgres();
  await using schema = await testSchema(server);
  const logs = [(await schema.open()).log(), (await schema.open()).log()];
  const receipts = new Map<string, LogReceipt>();
  let acknowledged = 0;
  const kills = Promise.withResolvers<void>();
  const appendFrom = async (log: Log, node: string) => {
    for (let sequence = 1; sequence <= 400; sequence += 1) {
      const batch = batchOf(sequence, { node, count: 3 });
      receipts.set(`${node}.${sequence}`, await appendUntilKnown(log, batch));
      acknowledged += 1;
      if (acknowledged === 150) kills.resolve();
    }
  };
  const appends = logs.map((log, index) => appendFrom(log, `node_${index}`));
  await kills.promise;
  for (let kill = 0; kill < 2; kill += 1) {
    await server.kill();
    await server.start();
  }
  await Promise.all(appends);
  const whole = await readWhole(logs[0]!);
  assertOneOrder(whole);
  const stored = whole.map(
    ({ node, sequence, first, at }) => [`${node}.${sequence}`, { first, at }] as const,
  );
  assert.deepEqual(new Map(stored.sort()), new Map([...receipts].sort()));
});

test("[S66] processes that append at the same time make one order without gaps", async () => {
  await using schema = await testSchema();
  const log = (await schema.open()).log();
  const program = fileURLToPath(new URL("./append-to-postgres.ts", import.meta.url));
  const children = ["a", "b", "c"].map((node) =>
    spawn(process.execPath, [program, schema.url, schema.schema, node, "200"], { stdio: "inherit" }),
  );
  const ends = await Promise.all(children.map((child) => once(child, "exit")));
  assert.deepEqual(ends.flat(), [0, null, 0, null, 0, null]);
  const whole = await readWhole(log);
  assertOneOrder(whole);
  assert.equal(whole.length, 600);
});

test("[S67] a watch outlives the server's restart, and wakes for what may have been missed", async () => {
  await using server = await startPostgres();
  const reports: string[] = [];
  const told = Promise.withResolvers<void>();
  const report = ({ code }: { readonly code: string }) => {
    reports.push(code);
    if (code === "STORE_CONNECTED") told.resolve();
  };
  await using schema = await testSchema(server);
  const [watching, other] = [await schema.open({ report }), await schema.open()];
  let woken = Promise.withResolvers<void>();
  watching.log().watch(() => woken.resolve());
  await other.log().append(batchOf(1));
  await woken.promise;
  await server.stop();
  woken = Promise.withResolvers();
  await server.start();
  await woken.promise;
  await told.promise;
  assert.deepEqual(reports, ["STORE_DISCONNECTED", "STORE_CONNECTED"]);
  woken = Promise.withResolvers();
  await appendUntilKnown(other.log(), batchOf(2));
  await woken.promise;
});

test("[S68] an append to a server that has fallen silent is given up, and the same one later is stored once", async () => {
  await using server = await startPostgres();
  await using schema = await testSchema(server);
  const [log, other] = [(await schema.open()).log(), (await schema.open()).log()];
  await log.append(batchOf(1));
  server.pause();
  // The other opener has no connection for appends yet: making one is given up as well.
  const silent = [log.append(batchOf(2)), other.append(batchOf(1, { node: "b" }))];
  await Promise.all(silent.map((append) => assert.rejects(append, codeIs("STORE_UNAVAILABLE"))));
  server.resume();
  const receipt = await appendUntilKnown(log, batchOf(2));
  assert.deepEqual(await log.append(batchOf(2)), receipt);
  await appendUntilKnown(other, batchOf(1, { node: "b" }));
  assertOneOrder(await readWhole(log));
  assert.equal((await log.head()).position, 3);
});

test("[S78] what a server cannot do at the moment is STORE_UNAVAILABLE and says why, what to do, and no password", async () => {
  await using server = await startPostgres({ settings: { max_connections: "12" } });
  await using schema = await testSchema(server);
  const opened = await schema.open();
  const openWith = (change: (url: URL) => void) => {
    const url = new URL(server.url);
    url.password = "secret";
    change(url);
    return schema.open({ url: url.href });
  };
  const refuses = (work: Promise<unknown>, reason: RegExp) =>
    assert.rejects(work, (error: Error & { code?: string }) => {
      assert.match(error.message, reason);
      assert.match(error.message, /^PostgreSQL at .*schema matchforge_Test-\w+, cannot be/);
      assert.doesNotMatch(error.message, /secret/);
      return error.code === "STORE_UNAVAILABLE";
    });
  const nowhere = openWith((url) => {
    url.pathname = "/nowhere";
  });
  await refuses(nowhere, /"nowhere" does not exist, SQLSTATE 3D000\)\. Create the database/);
  const nobody = openWith((url) => {
    url.username = "nobody";
  });
  await refuses(nobody, /"nobody" does not exist, SQLSTATE 28000\)\. Check the role and the password/);
  const noServer = openWith((url) => {
    url.port = "1";
  });
  await refuses(noServer, /cannot be reached \(.*ECONNREFUSED.*\)\. Check that the server runs/);
  const readOnly = await openWith((url) => {
    url.searchParams.set("options", "-c default_transaction_read_only=on");
  });
  await refuses(readOnly.log().append(batchOf(1)), /SQLSTATE 25006\)\. It is read-only: use the address of/);
  const hogs = await Promise.all(Array.from({ length: 12 }, () => connected(server.url)));
  await refuses(opened.archive().cursor(), /SQLSTATE 53300\)\. Check .*max_connections of the server/);
  await Promise.all(hogs.map((client) => client?.end()));
  await opened.close();
  await assert.rejects(opened.log().head(), codeIs("STORE_CLOSED"));
});

/** A connection, or none where there are no more. */
async function connected(url: string): Promise<Client | undefined> {
  const client = new Client({ connectionString: url });
  return client.connect().catch(() => undefined);
}

test("[S78] a value that the server rejects is a bug, and thrown as it is", async () => {
  await using schema = await testSchema();
  const log = (await schema.open()).log();
  await assert.rejects(log.append(batchOf(1, { node: "a\0" })), (error) => {
    return error instanceof DatabaseError && error.code === "22021";
  });
  await log.append(batchOf(1));
});
