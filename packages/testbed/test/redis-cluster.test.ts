import assert from "node:assert/strict";
import { test } from "node:test";
import { Cluster } from "ioredis";
import { startRedisCluster } from "../src/index.ts";

test("[TB22] a cluster loses a master and goes on, and takes it back as a replica", async () => {
  await using cluster = await startRedisCluster();
  assert.equal(cluster.nodes.length, 6);
  assert.equal((await cluster.masters()).length, 3);
  const client = new Cluster(cluster.url.split(","), { clusterRetryStrategy: () => 50 });
  client.on("error", () => {});
  const keys = Array.from({ length: 50 }, (_, index) => `key-${index}`);
  for (const key of keys) await client.set(key, key);
  const lost = await cluster.killMaster();
  assert.equal(lost.isRunning, false);
  await cluster.untilWhole();
  const masters = await cluster.masters();
  assert.ok(masters.length === 3 && !masters.includes(lost));
  for (const key of keys) await client.set(key, "later");
  await cluster.start();
  assert.deepEqual(await cluster.masters(), masters);
  client.disconnect();
});

test("[TB22] a cluster that was stopped comes back whole", async () => {
  await using cluster = await startRedisCluster();
  await cluster.stop();
  assert.ok(cluster.nodes.every(({ isRunning }) => !isRunning));
  await cluster.start();
  assert.equal((await cluster.masters()).length, 3);
});
