import assert from "node:assert/strict";
import { test } from "node:test";
import { redisClusterForTests, startRedis } from "@matchforge/testbed";
import { parseRedisAddress } from "../src/redis/address.ts";
import { checkRedisSettings, openRedis } from "../src/redis.ts";
import { codeIs } from "./histories.ts";
import { testShard, withRedis } from "./redis-shard.ts";

const shard = "eu";

test("[S92] a server that evicts, or writes no file, is no place for a log unless both are allowed by name", async () => {
  await using server = await startRedis({
    settings: { appendonly: "no", "maxmemory-policy": "allkeys-lru" },
  });
  const { url } = server;
  await assert.rejects(checkRedisSettings({ url, shard, use: "log" }), (error: Error & { code?: string }) => {
    assert.match(
      error.message,
      /maxmemory-policy is allkeys-lru.*set it to noeviction.*appendonly is 0.*set it to yes/,
    );
    assert.match(error.message, /name "maxmemory-policy", "appendonly" in allowUnsafe/);
    return error.code === "UNSAFE_SETTINGS";
  });
  const one = checkRedisSettings({ url, shard, use: "log", allowUnsafe: ["appendonly"] });
  await assert.rejects(one, /maxmemory-policy is allkeys-lru/);
  await checkRedisSettings({ url, shard, use: "log", allowUnsafe: ["appendonly", "maxmemory-policy"] });
  await assert.rejects(checkRedisSettings({ url, shard, use: "relay" }), /maxmemory-policy is allkeys-lru/);
  await checkRedisSettings({ url, shard, use: "relay", allowUnsafe: ["maxmemory-policy"] });
});

test("[S92] on a cluster the master of the shard and its replicas are asked", async () => {
  const url = (await redisClusterForTests()).url.split(",");
  await checkRedisSettings({ url, shard, use: "log" });
  const policies = (policy: string) =>
    Promise.all(
      url.map((node) => withRedis(node, (client) => client.config("SET", "maxmemory-policy", policy))),
    );
  await policies("volatile-lru");
  await assert.rejects(checkRedisSettings({ url, shard, use: "log" }), /maxmemory-policy is volatile-lru/);
  await policies("noeviction");
});

test("[S92] a user who may not ask for settings is told how to, or what to name", async () => {
  await using server = await startRedis();
  await withRedis(server.url, (client) =>
    client.acl("SETUSER", "relay", "on", ">pass:w@rd", "~*", "&*", "+@all", "-info", "-config"),
  );
  const url = `redis://relay:${encodeURIComponent("pass:w@rd")}@127.0.0.1:${server.port}`;
  await assert.rejects(checkRedisSettings({ url, shard, use: "log" }), (error: Error & { code?: string }) => {
    assert.match(
      error.message,
      /ACL SETUSER name \+info.*name "redis_version", "maxmemory-policy", "appendonly"/,
    );
    return error.code === "UNSAFE_SETTINGS";
  });
  const allowUnsafe = ["redis_version", "maxmemory-policy", "appendonly"];
  const redis = await openRedis({ url, shard, allowUnsafe, report: () => {} });
  await redis.checkForLog();
  assert.deepEqual(await redis.log().head(), { position: 0, at: 0 });
  await redis.close();
});

test("[S87] a wrong password, or nobody there, is unavailable, and no password is told", async () => {
  await using server = await startRedis();
  await withRedis(server.url, (client) => client.config("SET", "requirepass", "right"));
  const url = `redis://:wrong@127.0.0.1:${server.port}`;
  await assert.rejects(openRedis({ url, shard, report: () => {} }), (error: Error) => {
    assert.match(error.message, /check the address/);
    assert.ok(!error.message.includes("wrong@"));
    return codeIs("STORE_UNAVAILABLE")(error);
  });
  const nobody = openRedis({ url: "redis://127.0.0.1:1", shard, report: () => {} });
  await assert.rejects(nobody, codeIs("STORE_UNAVAILABLE"));
  const noCluster = openRedis({ url: ["redis://127.0.0.1:1"], shard, report: () => {} });
  await assert.rejects(noCluster, codeIs("STORE_UNAVAILABLE"));
});

test("[S87] after the end every handle is closed", async () => {
  await using opened = await testShard();
  const redis = await opened.open();
  const log = redis.log();
  const relay = redis.relay();
  await redis.close();
  await assert.rejects(log.head(), codeIs("STORE_CLOSED"));
  relay.publish("t", "a");
});

test("[S93] addresses name a server or a cluster, with TLS or without", () => {
  const of = (url: string | readonly string[]) => {
    const { place: _, ...address } = parseRedisAddress(url);
    return address;
  };
  const plain = { cluster: false, tls: false, username: undefined, password: undefined, database: 0 };
  assert.deepEqual(of("redis://localhost"), { ...plain, nodes: [{ host: "localhost", port: 6379 }] });
  assert.deepEqual(of("rediss://me:p%40ss@[::1]:7000/3"), {
    cluster: false,
    tls: true,
    username: "me",
    password: "p@ss",
    database: 3,
    nodes: [{ host: "::1", port: 7000 }],
  });
  const nodes = [
    { host: "a", port: 7000 },
    { host: "b", port: 7001 },
  ];
  assert.deepEqual(of("redis-cluster://:secret@a:7000,b:7001"), {
    ...plain,
    cluster: true,
    password: "secret",
    nodes,
  });
  assert.deepEqual(of("rediss-cluster://a:7000,b:7001"), { ...plain, cluster: true, tls: true, nodes });
  assert.deepEqual(of(["redis://a:7000", "redis://b:7001"]), { ...plain, cluster: true, nodes });
  assert.ok(!parseRedisAddress("redis://me:secret@host").place.includes("secret"));
});

test("[S93] a wrong address says what is wrong with it", () => {
  assert.throws(() => parseRedisAddress("http://host"), /begins with redis:\/\//);
  assert.throws(() => parseRedisAddress("redis://"), /names a host/);
  assert.throws(() => parseRedisAddress("redis://host/one"), /database is a number/);
  assert.throws(() => parseRedisAddress("redis-cluster://host/1"), /database 0 alone/);
  assert.throws(() => parseRedisAddress([]), /at least one address/);
});
