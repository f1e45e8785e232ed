import assert from "node:assert/strict";
import { test } from "node:test";
import { MemoryLogStore, type StoredBatch } from "../src/index.ts";
import { batchOf } from "../src/log/conformance.ts";
import { testSchema } from "./postgres-schema.ts";

const codeIs = (code: string) => (error: { code?: string }) => error.code === code;

/** Batches of another log, with its positions and stamps. */
async function batchesOfAnother(batches: number): Promise<StoredBatch[]> {
  let now = 1_000;
  const original = new MemoryLogStore({ now: () => (now += 7) }).connect();
  for (let sequence = 1; sequence <= batches; sequence += 1) {
    await original.append(batchOf(sequence, { count: 1 + (sequence % 3) }));
    await original.append(batchOf(sequence, { node: "b" }));
  }
  return original.read({ from: 1, limit: 10_000 });
}

test("[S77] a copy has the positions and stamps of its original, and is read as a log", async () => {
  await using schema = await testSchema();
  const opened = await schema.open();
  const [mirror, log] = [opened.mirror(), (await schema.open()).log()];
  const batches = await batchesOfAnother(20);
  const woken = Promise.withResolvers<void>();
  log.watch(() => woken.resolve());
  assert.deepEqual(await mirror.head(), { position: 0, at: 0 });
  await mirror.store([]);
  await mirror.store(batches.slice(0, 25));
  await mirror.store(batches.slice(25));
  await woken.promise;
  assert.deepEqual(await log.read({ from: 1, limit: 10_000 }), batches);
  const last = batches.at(-1)!;
  assert.deepEqual(await mirror.head(), { position: last.first + last.count - 1, at: last.at });
  assert.deepEqual(await log.append(batchOf(20, { node: "b" })), { first: last.first, at: last.at });
});

test("[S77] what the copy has already is passed over, also after a trim and from two sides at once", async () => {
  await using schema = await testSchema();
  const opened = await Promise.all([schema.open(), schema.open()]);
  const batches = await batchesOfAnother(20);
  await Promise.all(opened.map((one) => one.mirror().store(batches.slice(0, 30))));
  const log = opened[0]!.log();
  const middle = batches[9]!.first;
  await log.writeSnapshot({ position: middle, hash: "h", level: 1 }, []);
  await log.trim({ before: middle });
  await Promise.all(opened.map((one) => one.mirror().store(batches)));
  assert.deepEqual(await log.read({ from: middle, limit: 10_000 }), batches.slice(9));
});

test("[S77] a gap and another log's batches are refused, and nothing of them is stored", async () => {
  await using schema = await testSchema();
  const mirror = (await schema.open()).mirror();
  const batches = await batchesOfAnother(5);
  await mirror.store(batches.slice(0, 4));
  const head = await mirror.head();
  const changed = (index: number, change: Partial<StoredBatch>) =>
    batches.map((batch, place) => (place === index ? { ...batch, ...change } : batch));
  await assert.rejects(mirror.store(batches.slice(5)), codeIs("SEQUENCE_GAP"));
  await assert.rejects(mirror.store(batches.toSpliced(6, 1)), codeIs("SEQUENCE_GAP"));
  for (const change of [{ commands: "[]" }, { at: 1 }, { node: "c" }, { count: 9 }]) {
    await assert.rejects(mirror.store(changed(2, change)), codeIs("SEQUENCE_CONFLICT"));
  }
  await assert.rejects(mirror.store(changed(6, { at: 1 })), /its stamp is before.*use an empty schema/);
  assert.deepEqual(await mirror.head(), head);
  await mirror.store(batches);
});
