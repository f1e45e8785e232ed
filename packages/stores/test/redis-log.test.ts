import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { waitUntil } from "@matchforge/testbed";
import type { Log } from "../src/index.ts";
import { storeLimits } from "../src/index.ts";
import { batchOf } from "../src/log/conformance.ts";
import { behavesAsMemory } from "./behaves-as-memory.ts";
import { codeIs, readWhole } from "./histories.ts";
import { type TestShard, testShard, withRedis } from "./redis-shard.ts";

async function assertDiverged(log: Log): Promise<void> {
  await assert.rejects(log.append(batchOf(1, { boot: "new" })), codeIs("LOG_DIVERGED"));
  await assert.rejects(log.read({ from: 1, limit: 1 }), codeIs("LOG_DIVERGED"));
  await assert.rejects(log.head(), codeIs("LOG_DIVERGED"));
  await assert.rejects(log.readSnapshot({}), codeIs("LOG_DIVERGED"));
  await assert.rejects(
    log.writeSnapshot({ position: 1, hash: "h", level: 1 }, ["a"]),
    codeIs("LOG_DIVERGED"),
  );
}

/** A log of ten batches that one handle appended and another one read. */
async function tenBatches(shard: TestShard): Promise<{ writer: Log; reader: Log }> {
  const writer = (await shard.open()).log();
  for (let sequence = 1; sequence <= 10; sequence += 1) await writer.append(batchOf(sequence, { count: 2 }));
  const reader = (await shard.open()).log();
  assert.equal((await readWhole(reader)).length, 10);
  return { writer, reader };
}

const losses = {
  "was emptied": ["head", "batches", "writers"],
  "lost its head": ["head"],
} as const;
for (const [loss, names] of Object.entries(losses)) {
  for (const first of ["append", "read", "head"] as const) {
    test(`[S86] a log that ${loss} is noticed by ${first}, and the handle refuses everything`, async () => {
      await using shard = await testShard();
      const { writer } = await tenBatches(shard);
      await withRedis(String(shard.url), (client) => client.unlink(...names.map(shard.key)));
      const ask = {
        append: () => writer.append(batchOf(11)),
        read: () => writer.read({ from: 21, limit: 1 }),
        head: () => writer.head(),
      };
      await assert.rejects(ask[first](), (error: Error & { code?: string }) => {
        assert.match(
          error.message,
          /not the one this node has seen up to position 20: it ends at 0.*Open the log again/,
        );
        return error.code === "LOG_DIVERGED";
      });
      await assertDiverged(writer);
    });
  }
}

test("[S86] a log with other batches is noticed by whoever saw what stood there, and by nobody else", async () => {
  await using shard = await testShard();
  const { writer, reader } = await tenBatches(shard);
  const url = String(shard.url);
  await withRedis(url, (client) => client.unlink(...["head", "batches", "writers"].map(shard.key)));
  const stranger = (await shard.open()).log();
  for (let sequence = 1; sequence <= 30; sequence += 1)
    await stranger.append(batchOf(sequence, { node: "b" }));
  await assert.rejects(writer.append(batchOf(11)), codeIs("LOG_DIVERGED"));
  await assert.rejects(reader.read({ from: 21, limit: 10 }), codeIs("LOG_DIVERGED"));
  await assertDiverged(writer);
  await assertDiverged(reader);
  const whole = await readWhole((await shard.open()).log());
  assert.deepEqual([...new Set(whole.map(({ node }) => node))], ["b"]);
});

test("[S86] a batch missing in the middle is noticed by whoever reads there", async () => {
  await using shard = await testShard();
  const { writer } = await tenBatches(shard);
  await withRedis(String(shard.url), (client) => client.xdel(shard.key("batches"), "9-0"));
  assert.equal((await writer.read({ from: 13, limit: 1 }))[0]?.first, 13);
  const fresh = (await shard.open()).log();
  await assert.rejects(fresh.read({ from: 1, limit: 10 }), /position 9 is missing/);
  await assertDiverged(fresh);
});

test("[S86] a trim is no loss: handles that are up to date go on, whoever reads from before is told of it", async () => {
  await using shard = await testShard();
  const { writer, reader } = await tenBatches(shard);
  await writer.writeSnapshot({ position: 20, hash: "h", level: 1 }, ["a"]);
  await writer.trim({ before: 21 });
  await reader.append(batchOf(1, { node: "b" }));
  await writer.append(batchOf(11));
  await assert.rejects(reader.read({ from: 1, limit: 1 }), codeIs("TRIMMED"));
  assert.deepEqual(
    (await reader.read({ from: 21, limit: 5 })).map(({ first }) => first),
    [21, 22],
  );
});

test("[S88] an older batch sent again answers its receipt for as long as it is kept", async () => {
  await using shard = await testShard();
  const log = (await shard.open()).log();
  const receipts = [];
  for (let sequence = 1; sequence <= 5; sequence += 1) {
    receipts.push(await log.append(batchOf(sequence)));
    await log.append(batchOf(sequence, { node: "b" }));
  }
  assert.deepEqual(await log.append(batchOf(2)), receipts[1]);
  await assert.rejects(log.append({ ...batchOf(2), commands: "[1]" }), codeIs("SEQUENCE_CONFLICT"));
  await log.writeSnapshot({ position: 10, hash: "h", level: 1 }, []);
  await log.trim({ before: 5 });
  await assert.rejects(log.append(batchOf(2)), codeIs("TRIMMED"));
  assert.deepEqual(await log.append(batchOf(3)), receipts[2]);
});

test("[S90] a snapshot half written is invisible and expires, a complete one does not", async () => {
  await using shard = await testShard();
  const log = (await shard.open()).log();
  await log.append(batchOf(1));
  const lifetimes = () =>
    withRedis(String(shard.url), async (client) => {
      const keys = await client.keys(shard.key("snapshot:*"));
      return Promise.all(keys.map((key) => client.ttl(key)));
    });
  const dying = await shard.open();
  const chunks = Array<string>(10_000).fill("chunk");
  const writing = assert.rejects(dying.log().writeSnapshot({ position: 1, hash: "h", level: 1 }, chunks));
  await waitUntil(async () => (await lifetimes()).length > 0, { what: "the first chunk", withinMs: 10_000 });
  await dying.close();
  await writing;
  assert.equal(await log.readSnapshot({}), undefined);
  assert.ok((await lifetimes()).every((seconds) => seconds > 0));
  await log.writeSnapshot({ position: 1, hash: "h", level: 1 }, ["a"]);
  assert.equal((await log.readSnapshot({}))?.meta.position, 1);
  assert.ok((await lifetimes()).includes(-1));
});

test("[S91] of writers whose batches are all gone, those that appended last are remembered", async () => {
  await using shard = await testShard();
  const log = (await shard.open()).log();
  const count = storeLimits.redisWriters + 5;
  for (let boot = 1; boot <= count; boot += 1) await log.append(batchOf(1, { boot: `${boot}` }));
  await log.append(batchOf(1, { node: "alive" }));
  await log.writeSnapshot({ position: count + 1, hash: "h", level: 1 }, []);
  await log.trim({ before: count + 1 });
  const writers = await withRedis(String(shard.url), (client) => client.hlen(shard.key("writers")));
  assert.equal(writers, storeLimits.redisWriters + 1);
  assert.equal((await log.append(batchOf(1, { boot: "6" }))).first, 6);
  assert.equal((await log.append(batchOf(2, { node: "alive" }))).first, count + 2);
  await assert.rejects(log.append(batchOf(2, { boot: "5" })), codeIs("SEQUENCE_GAP"));
});

test("[S98] a log in Redis behaves as one in memory, whatever is asked of it", async () => {
  await behavesAsMemory(async () => {
    const shard = await testShard();
    return { log: (await shard.open()).log(), end: shard.end };
  });
});

test("[S99] every script says at its beginning what it does with what, and is short", () => {
  const folder = new URL("../src/log/redis/", import.meta.url);
  const scripts = readdirSync(folder).filter((name) => name.endsWith(".lua"));
  assert.ok(scripts.length > 0);
  for (const name of scripts) {
    const text = readFileSync(new URL(name, folder), "utf8");
    const [header = ""] = text.replace(/^#!lua .*\n/, "").split("\n\n", 1);
    for (const line of [/^-- [A-Z]/, /\n-- KEYS {2}1 /, /\n-- ARGV {2}\S/, /\n-- Returns /])
      assert.match(header, line, name);
    assert.ok(text.split("\n").length < 60, name);
  }
});
