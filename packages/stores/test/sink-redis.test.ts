import assert from "node:assert/strict";
import { test } from "node:test";
import { FaultProxy, redisClusterForTests, redisForTests, startRedis, waitUntil } from "@matchforge/testbed";
import { Cluster } from "ioredis";
import { RedisStreamsSink } from "../src/redis.ts";
import { recordsFrom } from "../src/sink/conformance.ts";
import { codeIs } from "./histories.ts";
import { withRedis } from "./redis-shard.ts";
import { redisStreamForTest, shardForTest } from "./sinks.ts";

const report = () => {};

test("[SK8] without Redis a stream is unavailable, and goes on when it is back", async () => {
  await using server = await startRedis({ settings: { appendfsync: "always" } });
  const stream = await redisStreamForTest(server);
  const sink = await stream.connect();
  await sink.cursor();
  await sink.write(recordsFrom(1, 3));
  await server.kill();
  await assert.rejects(sink.write(recordsFrom(4, 5)), codeIs("STORE_UNAVAILABLE"));
  await assert.rejects(sink.cursor(), codeIs("STORE_UNAVAILABLE"));
  const late = await stream.connect();
  await assert.rejects(late.cursor(), codeIs("STORE_UNAVAILABLE"));
  await server.start();
  for (const one of [sink, late]) {
    const answers = () =>
      one.cursor().then(
        ({ position } = { position: 0, index: 0 }) => position === 3,
        () => false,
      );
    await waitUntil(answers, { what: "the stream", withinMs: 20_000 });
  }
  await sink.write(recordsFrom(4, 5));
  assert.deepEqual(await stream.read(), recordsFrom(1, 5));
  await stream.end();
});

test("[SK8] a Redis that does not answer is unavailable within a bounded time", async () => {
  await using server = await startRedis();
  await using proxy = await FaultProxy.start({ to: server });
  const stream = await redisStreamForTest({ url: proxy.urlOf(server.url) });
  const sink = await stream.connect();
  await sink.cursor();
  proxy.blackHole();
  await assert.rejects(sink.write(recordsFrom(1, 3)), codeIs("STORE_UNAVAILABLE"));
  proxy.blackHole();
  const asked = sink.cursor();
  await sink.close();
  await assert.rejects(asked, codeIs("STORE_CLOSED"));
  await stream.end();
});

test("[SK9] a Redis that lost its last records is noticed and gets them again", async () => {
  const stream = await redisStreamForTest();
  const sink = await stream.connect();
  await sink.cursor();
  await sink.write(recordsFrom(1, 9));
  const { url } = await redisForTests();
  // As a replica that was promoted without the last writes.
  await withRedis(url, async (client) => {
    const kept = await client.xrange(stream.key, "-", "5-2");
    await client.del(stream.key);
    for (const [id, fields] of kept) await client.xadd(stream.key, id, ...fields);
  });
  await assert.rejects(sink.write(recordsFrom(10, 12)), codeIs("SINK_MOVED"));
  assert.deepEqual(await sink.cursor(), { position: 5, index: 2 });
  await sink.write(recordsFrom(6, 12));
  assert.deepEqual(await stream.read(), recordsFrom(1, 12));
  await stream.end();
});

test("[SK11] the stream is bounded, and one that its readers have emptied goes on", async () => {
  const { url } = await redisForTests();
  const shard = shardForTest();
  const sink = new RedisStreamsSink({ url, shard, recordsMax: 100, report });
  await sink.cursor();
  await sink.write(recordsFrom(1, 1_000));
  const key = `{mf:${shard}}:stream`;
  const kept = await withRedis(url, (client) => client.xlen(key));
  assert.ok(kept >= 100 && kept < 300, `${kept}`);
  await withRedis(url, (client) => client.xtrim(key, "MAXLEN", 0));
  assert.deepEqual(await sink.cursor(), { position: 1_000, index: 1 });
  await sink.write(recordsFrom(1_001, 1_001));
  assert.equal(await withRedis(url, (client) => client.xlen(key)), 1);
  await sink.close();
});

test("[SK11] of a Redis without memory nothing is stored, rather than a part behind a gap", async () => {
  await using server = await startRedis();
  const stream = await redisStreamForTest(server);
  const sink = await stream.connect();
  await sink.cursor();
  await sink.write(recordsFrom(1, 3));
  await withRedis(server.url, (client) => client.config("SET", "maxmemory", "1"));
  await assert.rejects(sink.write(recordsFrom(4, 6)), { code: "STORE_UNAVAILABLE", message: /maxmemory/ });
  await withRedis(server.url, (client) => client.config("SET", "maxmemory", "0"));
  await sink.cursor();
  await sink.write(recordsFrom(4, 6));
  assert.deepEqual(await stream.read(), recordsFrom(1, 6));
  await stream.end();
});

test("[SK10] a Redis that evicts is refused", async () => {
  await using server = await startRedis({ settings: { "maxmemory-policy": "allkeys-lru" } });
  const stream = await redisStreamForTest(server);
  await assert.rejects((await stream.connect()).cursor(), codeIs("UNSAFE_SETTINGS"));
  const shard = shardForTest();
  const allowUnsafe = ["maxmemory-policy"];
  const accepted = new RedisStreamsSink({ url: server.url, shard, recordsMax: 100, report, allowUnsafe });
  assert.equal(await accepted.cursor(), undefined);
  await accepted.close();
  await stream.end();
});

test("[SK1] on a cluster the stream lies on the server of its shard", async () => {
  const urls = (await redisClusterForTests()).url.split(",");
  const shard = shardForTest();
  const sink = new RedisStreamsSink({ url: urls, shard, recordsMax: 100, report });
  await sink.cursor();
  await sink.write(recordsFrom(1, 5));
  const nodes = urls
    .map((url) => new URL(url))
    .map(({ hostname, port }) => ({ host: hostname, port: Number(port) }));
  const client = new Cluster(nodes);
  assert.equal(await client.xlen(`{mf:${shard}}:stream`), 5);
  client.disconnect();
  await sink.close();
});
