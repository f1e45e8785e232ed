import assert from "node:assert/strict";
import { readdirSync, rmSync, statSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { FaultProxy, type PrivateServer, startRedis, waitUntil } from "@matchforge/testbed";
import { batchOf } from "../src/log/conformance.ts";
import type { RedisStores } from "../src/redis.ts";
import { appendUntilKnown, assertOneOrder, codeIs, readWhole } from "./histories.ts";
import { type TestShard, testShard, withRedis } from "./redis-shard.ts";

/** What of a server's file is lost. */
const losses: Readonly<Record<string, (server: PrivateServer) => void>> = {
  "lost its file": ({ dataFolder }) => rmSync(join(dataFolder, "appendonlydir"), { recursive: true }),
  "lost the end of its file": ({ dataFolder }) => {
    const folder = join(dataFolder, "appendonlydir");
    const name = readdirSync(folder).find((file) => file.endsWith(".incr.aof")) ?? "";
    truncateSync(join(folder, name), Math.floor(statSync(join(folder, name)).size / 2));
  },
};
for (const [loss, lose] of Object.entries(losses)) {
  test(`[S86] a server that ${loss} is noticed after its restart`, async () => {
    await using server = await startRedis({ settings: { appendfsync: "always" } });
    await using shard = await testShard(server);
    const log = (await shard.open()).log();
    for (let sequence = 1; sequence <= 20; sequence += 1) await log.append(batchOf(sequence));
    await server.kill();
    lose(server);
    await server.start();
    await assert.rejects(appendUntilKnown(log, batchOf(21)), codeIs("LOG_DIVERGED"));
    const { position } = await (await shard.open()).log().head();
    assert.ok(position < 20, `it still ends at ${position}`);
  });
}

test("[S88] a server killed in the middle of appends has every acknowledged batch once, and appends go on", async () => {
  await using server = await startRedis({ settings: { appendfsync: "always" } });
  await using shard = await testShard(server);
  const acknowledged = new Map<string, number>();
  let killed = false;
  const append = async (node: string) => {
    const log = (await shard.open()).log();
    for (let sequence = 1, after = 0; after < 20; sequence += 1) {
      const { first } = await appendUntilKnown(log, batchOf(sequence, { node, count: 3 }));
      acknowledged.set(`${node} ${sequence}`, first);
      if (killed) after += 1;
    }
  };
  const appending = Promise.all(["a", "b", "c"].map(append));
  await waitUntil(() => acknowledged.size >= 200, { what: "200 appends", withinMs: 30_000 });
  await server.kill();
  await server.start();
  killed = true;
  await appending;
  const whole = await readWhole((await shard.open()).log());
  assertOneOrder(whole);
  const stored = new Map(whole.map(({ node, sequence, first }) => [`${node} ${sequence}`, first]));
  for (const [batch, first] of acknowledged) assert.equal(stored.get(batch), first, batch);
});

test("[S87] a Redis that does not answer is unavailable within a bounded time, and used again when it does", async () => {
  await using server = await startRedis();
  await using proxy = await FaultProxy.start({ to: { host: server.host, port: server.port } });
  await using shard = await testShard({ url: proxy.urlOf(server.url) });
  const log = (await shard.open()).log();
  await log.append(batchOf(1));
  proxy.blackHole();
  await assert.rejects(log.append(batchOf(2)), codeIs("STORE_UNAVAILABLE"));
  await assert.rejects(log.head(), codeIs("STORE_UNAVAILABLE"));
  await proxy.heal();
  assert.equal((await appendUntilKnown(log, batchOf(2))).first, 2);
});

test("[S87] a Redis that is gone is unavailable at once, and used again when it is back", async () => {
  await using server = await startRedis({ settings: { appendfsync: "always" } });
  await using shard = await testShard(server);
  const log = (await shard.open()).log();
  await log.append(batchOf(1));
  await server.kill();
  await assert.rejects(log.append(batchOf(2)), codeIs("STORE_UNAVAILABLE"));
  await assert.rejects(log.read({ from: 1, limit: 1 }), codeIs("STORE_UNAVAILABLE"));
  await assert.rejects(shard.open(), codeIs("STORE_UNAVAILABLE"));
  await server.start();
  assert.equal((await appendUntilKnown(log, batchOf(2))).first, 2);
  const codes = shard.reports.map(({ code }) => code);
  assert.ok(codes.includes("STORE_DISCONNECTED") && codes.includes("STORE_CONNECTED"));
});

test("[S87] a Redis without memory is unavailable and says so, and a trim makes room", async () => {
  await using server = await startRedis();
  await using shard = await testShard(server);
  const log = (await shard.open()).log();
  const text = JSON.stringify(["x".repeat(100_000)]);
  for (let sequence = 1; sequence <= 50; sequence += 1)
    await log.append({ ...batchOf(sequence), commands: text });
  await log.writeSnapshot({ position: 50, hash: "h", level: 1 }, ["a"]);
  const setMemory = (bytes: string) =>
    withRedis(server.url, (client) => client.config("SET", "maxmemory", bytes));
  const used = await withRedis(server.url, (client) => client.info("memory"));
  await setMemory(/used_memory:(\d+)/.exec(used)?.[1] ?? "");
  const next = { ...batchOf(51), commands: text };
  await assert.rejects(log.append(next), (error: Error & { code?: string }) => {
    assert.match(error.message, /raise maxmemory/);
    return error.code === "STORE_UNAVAILABLE";
  });
  assert.equal((await log.head()).position, 50);
  await log.trim({ before: 40 });
  assert.equal((await appendUntilKnown(log, next)).first, 51);
});

test("[S87] a master that became a replica is unavailable until it is one no more", async () => {
  await using server = await startRedis();
  await using shard = await testShard(server);
  const log = (await shard.open()).log();
  await log.append(batchOf(1));
  const become = (...master: [string, string]) =>
    withRedis(server.url, (client) => client.replicaof(...master));
  // Nobody is at this port, so what it holds stays as it is.
  await become("127.0.0.1", "1");
  await assert.rejects(log.append(batchOf(2)), codeIs("STORE_UNAVAILABLE"));
  await become("NO", "ONE");
  assert.equal((await appendUntilKnown(log, batchOf(2))).first, 2);
});

test("[S87] a Redis that still reads its file is waited for when it is opened", async () => {
  const settings = { "key-load-delay": "500", "loading-process-events-interval-bytes": "1024" };
  await using server = await startRedis({ settings });
  await using shard = await testShard(server);
  await (await shard.open()).log().append(batchOf(1));
  const information = (field: string) =>
    withRedis(server.url, async (client) => new RegExp(`${field}:(\\d+)`).exec(await client.info())?.[1]);
  await withRedis(server.url, async (client) => {
    await client.mset(
      Object.fromEntries(Array.from({ length: 2_000 }, (_, index) => [`filler:${index}`, "x"])),
    );
    await client.bgrewriteaof();
  });
  await waitUntil(
    async () =>
      (await information("aof_base_size")) !== "0" && (await information("aof_rewrite_in_progress")) === "0",
    {
      what: "the file to be rewritten",
      withinMs: 20_000,
    },
  );
  await server.kill();
  const starting = server.start();
  const reopened = await openLoading(shard);
  assert.equal((await reopened.log().head()).position, 1);
  await starting;
});

/** Opens a shard as soon as its server takes connections. */
async function openLoading(shard: TestShard): Promise<RedisStores> {
  for (;;) {
    try {
      return await shard.open();
    } catch (error) {
      assert.ok(codeIs("STORE_UNAVAILABLE")(error));
    }
  }
}
