import assert from "node:assert/strict";
import { test } from "node:test";
import { redisClusterForTests, redisForTests, startRedis, waitUntil } from "@matchforge/testbed";
import { Redis } from "ioredis";
import type { ChannelMessage } from "../src/index.ts";
import { RedisChannels } from "../src/redis.ts";
import { codeIs } from "./histories.ts";
import { shardForTest } from "./sinks.ts";

const report = () => {};

/** A message whose channel no other test uses. */
function messageTo(channel: string, count = 1): ChannelMessage {
  return {
    channel,
    message: { type: "queue_update", data: { count }, timestamp: "2024-11-29T12:00:00.000Z" },
  };
}

/** Whoever listens outside. */
async function listener(url: string, channel: string) {
  const client = new Redis(url);
  client.on("error", () => {});
  const heard: [string, unknown][] = [];
  client.on("message", (name: string, text: string) => heard.push([name, JSON.parse(text)]));
  await client.subscribe(channel);
  const untilHeard = (count: number) =>
    waitUntil(() => heard.length >= count, { what: `${count} messages`, withinMs: 10_000 });
  return { heard, untilHeard, [Symbol.dispose]: () => client.disconnect() };
}

test("[CN1] a message is heard on the channel that it names, in the form of seed 004", async () => {
  const { url } = await redisForTests();
  const shard = shardForTest();
  const channel = `player:${shard}:updates`;
  using outside = await listener(url, channel);
  const channels = new RedisChannels({ url, shard, prefix: "", report });
  const messages = Array.from({ length: 1_200 }, (_, count) => messageTo(channel, count));
  await channels.publish(messages);
  await outside.untilHeard(messages.length);
  assert.deepEqual(
    outside.heard,
    messages.map((message) => [channel, message]),
  );
  await channels.close();
  await assert.rejects(channels.publish(messages), codeIs("STORE_CLOSED"));
});

test("[CN1] a prefix goes before the name, also within the message", async () => {
  const { url } = await redisForTests();
  const shard = shardForTest();
  using outside = await listener(url, `${shard}:queue:status`);
  const channels = new RedisChannels({ url, shard, prefix: `${shard}:`, report });
  await channels.publish([messageTo("queue:status")]);
  await outside.untilHeard(1);
  const { message } = messageTo("queue:status");
  assert.deepEqual(outside.heard, [[`${shard}:queue:status`, { channel: `${shard}:queue:status`, message }]]);
  await channels.close();
});

test("[CN2] on a cluster whoever listens at any server hears", async () => {
  const urls = (await redisClusterForTests()).url.split(",");
  const shard = shardForTest();
  const channels = new RedisChannels({ url: urls, shard, prefix: `${shard}:`, report });
  for (const url of urls) {
    using outside = await listener(url, `${shard}:queue:status`);
    await channels.publish([messageTo("queue:status")]);
    await outside.untilHeard(1);
  }
  await channels.close();
});

test("[CN3] without Redis a message is lost, and the next one is heard when it is back", async () => {
  await using server = await startRedis();
  const shard = shardForTest();
  const channels = new RedisChannels({ url: server.url, shard, prefix: "", report });
  await channels.publish([messageTo("queue:status", 1)]);
  await server.kill();
  await assert.rejects(channels.publish([messageTo("queue:status", 2)]), codeIs("STORE_UNAVAILABLE"));
  await server.start();
  using outside = await listener(server.url, "queue:status");
  let count = 3;
  const isTold = () =>
    channels.publish([messageTo("queue:status", count)]).then(
      () => true,
      () => {
        count += 1;
        return false;
      },
    );
  await waitUntil(isTold, { what: "the channels", withinMs: 10_000 });
  await outside.untilHeard(1);
  assert.deepEqual(outside.heard, [["queue:status", messageTo("queue:status", count)]]);
  await channels.close();
});
