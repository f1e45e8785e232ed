import assert from "node:assert/strict";
import { test } from "node:test";
import { contentHash, contentHashText, emptyContentHash } from "@matchforge/core";
import { waitUntil } from "@matchforge/testbed";
import { type Log, type LogBatch, storeLimits } from "../src/index.ts";
import { batchOf } from "../src/log/conformance.ts";
import { behavesAsMemory } from "./behaves-as-memory.ts";
import { clientIn, type TestSchema, testSchema } from "./postgres-schema.ts";

async function appendMany(
  log: Log,
  options: { batches: number; node?: string; from?: number },
): Promise<void> {
  const { batches, node = "a", from = 1 } = options;
  for (let index = 0; index < batches; index += 1) await log.append(batchOf(from + index, { node }));
}

/** A connection past the adapters, inside a transaction that stays open until it is ended. */
async function openTransaction(schema: TestSchema, sql: string) {
  const client = clientIn(schema);
  await client.connect();
  await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ");
  await client.query(sql);
  const end = () => client.end();
  return { end, [Symbol.asyncDispose]: end };
}

test("[S69] an append waits for no read, however many there are and however long they take", async () => {
  await using schema = await testSchema();
  const opened = await schema.open();
  const [log, archive] = [opened.log(), opened.archive()];
  await using locks = await openTransaction(schema, "LOCK TABLE event, log_snapshot");
  const reads = Array.from({ length: 10 }, () =>
    Promise.all([archive.events({ from: { position: 0, index: 0 }, limit: 1 }), log.readSnapshot({})]),
  );
  await appendMany(log, { batches: 20 });
  await locks.end();
  await Promise.all(reads);
  assert.equal((await log.head()).position, 20);
});

test("[S70] an append leaves nothing that later ones must pass over while an old transaction is open", async () => {
  await using schema = await testSchema();
  const log = (await schema.open()).log();
  await using _old = await openTransaction(schema, "SELECT FROM log_batch");
  await appendMany(log, { batches: 100 });
  const versions = await schema.run(
    "SELECT ctid::text FROM log_turn UNION ALL SELECT ctid::text FROM log_floor",
  );
  assert.deepEqual(versions, [{ ctid: "(0,1)" }, { ctid: "(0,1)" }]);
});

test("[S71] of the writers that a trim drops only the latest are remembered", async () => {
  await using schema = await testSchema();
  const log = (await schema.open()).log();
  await appendMany(log, { batches: 3 });
  await schema.run(
    `INSERT INTO log_dropped_writer (node, boot, sequence, first_position, at, digest)
     SELECT 'old', place, 1, place - 20000, 0, '' FROM generate_series(1, $1) AS place`,
    [storeLimits.postgresDroppedWriters],
  );
  await log.writeSnapshot({ position: 3, hash: "h", level: 1 }, []);
  await log.trim({ before: 4 });
  const writers = await schema.run("SELECT node, boot FROM log_dropped_writer ORDER BY first_position");
  assert.equal(writers.length, storeLimits.postgresDroppedWriters);
  assert.deepEqual(
    [writers[0], writers.at(-1)],
    [
      { node: "old", boot: "2" },
      { node: "a", boot: "1" },
    ],
  );
  const receipt = await log.append(batchOf(3));
  assert.equal(receipt.first, 3);
});

test("[S72] appends pass while a trim and a snapshot are at work", async () => {
  await using schema = await testSchema();
  const [log, other] = [(await schema.open()).log(), (await schema.open()).log()];
  await appendMany(log, { batches: storeLimits.trimBatchesPerSlice + 5 });
  const last = storeLimits.trimBatchesPerSlice + 5;
  await log.writeSnapshot({ position: last, hash: "h", level: 1 }, ["a"]);
  await using held = await openTransaction(
    schema,
    "SELECT FROM log_batch WHERE first_position = 3 FOR UPDATE",
  );
  const trim = log.trim({ before: last + 1 });
  const snapshot = log.writeSnapshot({ position: last, hash: "h", level: 1 }, ["b"]);
  await waitUntil(async () => (await waiting(schema)) >= 2, { what: "both to wait", withinMs: 20_000 });
  await appendMany(other, { batches: 10, node: "b" });
  await held.end();
  await Promise.all([trim, snapshot]);
  const [first] = await log.read({ from: last + 1, limit: 1 });
  assert.deepEqual([first?.node, first?.sequence], ["b", 1]);
  await assert.rejects(
    log.read({ from: last, limit: 1 }),
    (error: { code?: string }) => error.code === "TRIMMED",
  );
});

/** How many statements in the schema wait for a lock. */
async function waiting({ run, schema }: TestSchema): Promise<number> {
  const rows = await run(
    `SELECT DISTINCT waiter.pid FROM pg_locks AS waiter JOIN pg_locks AS theirs USING (pid)
     JOIN pg_class ON pg_class.oid = theirs.relation
     WHERE NOT waiter.granted AND relnamespace = $1::regnamespace`,
    [`"${schema}"`],
  );
  return rows.length;
}

test("[S73] a snapshot half written is never read, and goes with a later trim", async () => {
  await using schema = await testSchema();
  const log = (await schema.open()).log();
  await appendMany(log, { batches: 4 });
  await schema.run("INSERT INTO log_snapshot (position, hash, level) VALUES (2, 'h', 1)");
  await schema.run(
    "INSERT INTO log_snapshot_chunk SELECT 1, place, 'half' FROM generate_series(0, 20) AS place",
  );
  assert.equal(await log.readSnapshot({}), undefined);
  for (const position of [3, 4]) await log.writeSnapshot({ position, hash: "h", level: 1 }, ["whole"]);
  await log.trim({ before: 1 });
  const left = await schema.run("SELECT DISTINCT text FROM log_snapshot_chunk");
  assert.deepEqual(left, [{ text: "whole" }]);
  assert.equal((await schema.run("SELECT FROM log_snapshot")).length, 2);
});

test("[S7] an answer ends before its text grows too long, and a batch longer than that comes alone", async () => {
  await using schema = await testSchema();
  const log = (await schema.open()).log();
  const long = (sequence: number, length: number): LogBatch => ({
    ...batchOf(sequence),
    commands: JSON.stringify(["x".repeat(length)]),
  });
  const third = storeLimits.readText / 3;
  for (const [index, length] of [third, third, third, third, storeLimits.readText * 2, 1].entries()) {
    await log.append(long(index + 1, length));
  }
  const firsts = async (from: number) => (await log.read({ from, limit: 100 })).map(({ first }) => first);
  assert.deepEqual(await firsts(1), [1, 2, 3]);
  assert.deepEqual(await firsts(4), [4, 5]);
  assert.deepEqual(await firsts(5), [5]);
  assert.deepEqual(await firsts(6), [6]);
});

test("[S8] a snapshot of many chunks, long and short, comes back as it was written", async () => {
  await using schema = await testSchema();
  const log = (await schema.open()).log();
  await appendMany(log, { batches: 1 });
  const chunks = Array.from({ length: 40 }, (_, index) => "é".repeat(index % 7 === 0 ? 200_000 : index));
  await log.writeSnapshot({ position: 1, hash: hashOf(chunks), level: 1 }, chunks);
  const found = await log.readSnapshot({});
  const read: string[] = [];
  for await (const chunk of found?.chunks ?? []) read.push(chunk);
  assert.deepEqual(read, chunks);
});

const damages = [
  ["text changed", "UPDATE log_snapshot_chunk SET text = 'B' WHERE ordinal = 1"],
  ["a chunk lost", "DELETE FROM log_snapshot_chunk WHERE ordinal = 1"],
] as const;
for (const [damage, sql] of damages) {
  test(`[S12] a snapshot with ${damage} is told with the schema's name and what to do`, async () => {
    await using schema = await testSchema();
    const log = (await schema.open()).log();
    await appendMany(log, { batches: 1 });
    await log.writeSnapshot({ position: 1, hash: hashOf(["a", "b"]), level: 1 }, ["a", "b"]);
    await schema.run(sql);
    const found = await log.readSnapshot({});
    const read = async () => {
      for await (const _ of found?.chunks ?? []);
    };
    await assert.rejects(read, (error: Error & { code?: string }) => {
      assert.match(
        error.message,
        new RegExp(`schema ${schema.schema}, is damaged.*copy of the schema.*backup`),
      );
      return error.code === "CORRUPT";
    });
  });
}

function hashOf(chunks: readonly string[]): string {
  return contentHashText(chunks.reduce(contentHash, emptyContentHash));
}

test("[S74] an append finds its place without looking through the log", async () => {
  await using schema = await testSchema();
  const opened = await schema.open();
  const statsSql = `SELECT seq_scan::integer AS whole, idx_scan::integer AS by_index FROM pg_stat_user_tables
    WHERE relid = 'log_batch'::regclass`;
  const [before] = await schema.run(statsSql);
  await appendMany(opened.log(), { batches: 200 });
  // A connection tells what it did when it ends.
  await opened.close();
  const counted = async () => Number((await schema.run(statsSql))[0]?.by_index) >= 400;
  await waitUntil(counted, { what: "the server's count of 200 appends", withinMs: 20_000 });
  const [after] = await schema.run(statsSql);
  assert.equal(after?.whole, before?.whole);
});

test("[S79] a log in PostgreSQL behaves as one in memory, whatever is asked of it", async () => {
  await behavesAsMemory(async () => {
    const schema = await testSchema();
    return { log: (await schema.open()).log(), end: schema.end };
  });
});
