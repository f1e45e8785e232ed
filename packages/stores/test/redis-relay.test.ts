import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { FaultProxy, startRedis, waitUntil } from "@matchforge/testbed";
import { type Relay, storeLimits } from "../src/index.ts";
import { RelayEnvelopes } from "../src/relay/redis/relay-envelopes.ts";
import { testShard, withRedis } from "./redis-shard.ts";

/** Publishes until another handle hears it. */
async function connected({ publisher, listener }: { publisher: Relay; listener: Relay }): Promise<void> {
  let heard = false;
  const end = listener.subscribe("probe", () => {
    heard = true;
  });
  while (!heard) {
    publisher.publish("probe", "");
    await pause(20);
  }
  end();
}

test("[S82] subscriptions come back after a restart of Redis, those made meanwhile included", async () => {
  await using server = await startRedis();
  await using shard = await testShard(server);
  const [publisher, listener] = [(await shard.open()).relay(), (await shard.open()).relay()];
  const heard: string[] = [];
  listener.subscribe("before", (payload) => heard.push(payload));
  await connected({ publisher, listener });
  await server.kill();
  await waitUntil(() => shard.reports.length >= 4, { what: "the loss to be noticed", withinMs: 20_000 });
  listener.subscribe("meanwhile", (payload) => heard.push(payload));
  await server.start();
  await connected({ publisher, listener });
  publisher.publish("before", "a");
  publisher.publish("meanwhile", "b");
  await waitUntil(() => heard.length === 2, { what: "both messages", withinMs: 20_000 });
  assert.deepEqual(heard, ["a", "b"]);
});

test("[S82] a subscriber whose line went dead without a word makes a new one", async () => {
  await using server = await startRedis();
  await using proxy = await FaultProxy.start({ to: { host: server.host, port: server.port } });
  await using shard = await testShard({ url: proxy.urlOf(server.url) });
  await using direct = await testShard(server);
  const listener = (await shard.open()).relay();
  let heard = 0;
  listener.subscribe("t", () => {
    heard += 1;
  });
  proxy.blackHole();
  await waitUntil(() => shard.reports.some(({ detail }) => detail.includes("subscribe")), {
    what: "the dead line to be noticed",
    withinMs: 4 * storeLimits.redisAnswerMs,
  });
  await proxy.heal();
  const channel = shard.key("topic:t");
  await waitUntil(
    () => withRedis(server.url, async (client) => (await client.spublish(channel, "someone 1 a")) === 1),
    { what: "the subscription", withinMs: 20_000 },
  );
  await waitUntil(() => heard > 0, { what: "the message", withinMs: 20_000 });
  await direct.end();
});

test("[S83] without Redis nothing is thrown or kept, what is dropped is counted, and this handle hears itself", async () => {
  await using server = await startRedis();
  await using shard = await testShard(server);
  const [publisher, listener] = [(await shard.open()).relay(), (await shard.open()).relay()];
  const [own, others]: [string[], string[]] = [[], []];
  publisher.subscribe("t", (payload) => own.push(payload));
  listener.subscribe("t", (payload) => others.push(payload));
  await connected({ publisher, listener });
  await server.kill();
  await waitUntil(() => shard.reports.length >= 4, { what: "the loss to be noticed", withinMs: 20_000 });
  for (let count = 1; count <= 1_000; count += 1) publisher.publish("t", `${count}`);
  assert.equal(own.length, 1_000);
  await server.start();
  await connected({ publisher, listener });
  publisher.publish("t", "after");
  await waitUntil(() => others.includes("after"), {
    what: "the message after the restart",
    withinMs: 20_000,
  });
  assert.deepEqual(others, ["after"]);
  await shard.end();
  const dropped = shard.reports.filter(({ code }) => code === "RELAY_DROPPED");
  assert.equal(dropped.length, 2);
  assert.match(dropped[0]!.detail, /not connected: messages of the relay were dropped\.$/);
  assert.match(dropped[1]!.detail, /\(\d+ times\)$/);
});

test("[S83] a Redis that does not keep up is sent no more than a bounded number of messages", async () => {
  await using server = await startRedis();
  await using shard = await testShard(server);
  const publisher = (await shard.open()).relay();
  await server.pause();
  for (let count = 1; count <= storeLimits.redisRelayUnanswered + 5; count += 1)
    publisher.publish("t", "frame");
  server.resume();
  await shard.end();
  const [dropped, ...more] = shard.reports.filter(({ code }) => code === "RELAY_DROPPED");
  assert.match(dropped!.detail, /does not keep up/);
  assert.match(more.at(-1)!.detail, /does not keep up.*\(4 times\)/);
});

test("[S84] ten thousand topics with three listeners each are a few commands", async () => {
  await using server = await startRedis();
  await using shard = await testShard(server);
  const [publisher, listener] = [(await shard.open()).relay(), (await shard.open()).relay()];
  const topics = Array.from({ length: 10_000 }, (_, index) => `match_${index}`);
  const commands = (name: string) =>
    withRedis(server.url, async (client) =>
      Number(new RegExp(`cmdstat_${name}:calls=(\\d+)`).exec(await client.info("commandstats"))?.[1] ?? 0),
    );
  const ends = topics.flatMap((topic) => [1, 2, 3].map(() => listener.subscribe(topic, () => {})));
  await connected({ publisher, listener });
  const channels = () =>
    withRedis(server.url, async (client) => ((await client.pubsub("SHARDCHANNELS")) as unknown[]).length);
  assert.equal(await channels(), 10_000);
  assert.ok((await commands("ssubscribe")) <= 10_000 / storeLimits.redisChannelsPerCommand + 1);
  for (const end of ends) end();
  await waitUntil(async () => (await channels()) === 0, { what: "the topics to be left", withinMs: 20_000 });
  assert.ok((await commands("sunsubscribe")) <= 10_000 / storeLimits.redisChannelsPerCommand + 2);
});

test("[S85] what arrives twice or late is dropped, of each publisher by itself, and what is no message", () => {
  const [one, other, listener] = ["one", "other", "listener"].map((name) => new RelayEnvelopes(name));
  const [a, b, c] = ["a", "b with spaces", ""].map((payload) => one!.seal(payload));
  assert.equal(listener!.open(b!), "b with spaces");
  assert.equal(listener!.open(a!), undefined);
  assert.equal(listener!.open(b!), undefined);
  assert.equal(listener!.open(other!.seal("x")), "x");
  assert.equal(listener!.open(c!), "");
  assert.equal(listener!.open(listener!.seal("own")), undefined);
  for (const text of ["", " ", "one", "one 1", "one x payload", " 1 payload"])
    assert.equal(listener!.open(text), undefined);
});

test("[S85] only a bounded number of publishers is remembered, and a forgotten one is known again", () => {
  const listener = new RelayEnvelopes("listener");
  const publishers = Array.from(
    { length: storeLimits.redisRelayPublishers + 1 },
    (_, index) => new RelayEnvelopes(`${index}`),
  );
  for (const publisher of publishers) assert.equal(listener.open(publisher.seal("a")), "a");
  assert.equal(listener.open(publishers[0]!.seal("b")), "b");
});
