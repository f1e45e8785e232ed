import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import {
  type PrivateRedisCluster,
  type PrivateServer,
  redisClusterForTests,
  startRedisCluster,
  waitUntil,
} from "@matchforge/testbed";
import { logConformance, relayConformance } from "../src/conformance.ts";
import type { LogReceipt, Relay } from "../src/index.ts";
import { batchOf } from "../src/log/conformance.ts";
import { appendUntilKnown, assertOneOrder, codeIs, readWhole } from "./histories.ts";
import { type TestShard, testShard, withRedis } from "./redis-shard.ts";

const clusterShard = async () => testShard({ url: (await redisClusterForTests()).url.split(",") });

logConformance({
  name: "redis cluster",
  open: async () => {
    const shard = await clusterShard();
    return { connect: async () => (await shard.open()).log(), end: shard.end };
  },
});
relayConformance({
  name: "redis cluster",
  open: async () => {
    const shard = await clusterShard();
    return { relay: (await shard.open()).relay(), settled: async () => {}, end: shard.end };
  },
  openTwo: async () => {
    const shard = await clusterShard();
    const [one, other] = [(await shard.open()).relay(), (await shard.open()).relay()];
    return { one, other, end: shard.end };
  },
});

/** Which servers hold a shard. */
async function serversOf(cluster: PrivateRedisCluster, shard: TestShard) {
  const running = cluster.nodes.filter(({ isRunning }) => isRunning);
  const [asked] = running as [PrivateServer];
  const ports = await withRedis(asked.url, async (client) => {
    const slot = await client.cluster("KEYSLOT", shard.key("head"));
    const ranges = await client.cluster("SLOTS");
    const [, , ...nodes] = ranges.find(([first, last]) => first <= slot && slot <= last) ?? [0, 0];
    return nodes.map(([, port]) => port);
  });
  const [master, replica] = ports.map((port) => cluster.nodes.find((node) => node.port === port));
  return master && replica && { master, replica };
}

/** A server learns of the replicas of others a moment after it knows the masters. */
async function bothServersOf(cluster: PrivateRedisCluster, shard: TestShard) {
  for (;;) {
    const servers = await serversOf(cluster, shard);
    if (servers !== undefined) return servers;
    await pause(10);
  }
}

async function hears(relay: Relay, publisher: Relay): Promise<void> {
  let heard = false;
  const end = relay.subscribe("probe", () => {
    heard = true;
  });
  while (!heard) {
    publisher.publish("probe", "");
    await pause(20);
  }
  end();
}

test("[S89] [S82] appends, wake-ups and the relay go on after the failover of a cluster", async () => {
  await using cluster = await startRedisCluster();
  await using shard = await testShard({ url: cluster.url.split(",") });
  const [one, other] = [await shard.open(), await shard.open()];
  const [publisher, listener] = [one.relay(), other.relay()];
  const frames: number[] = [];
  listener.subscribe("frames", (payload) => frames.push(Number(payload)));
  await hears(listener, publisher);
  const { master } = await bothServersOf(cluster, shard);
  const receipts: LogReceipt[] = [];
  let frame = 0;
  let ended = false;
  const append = async (node: string) => {
    for (let boot = 1; !ended; boot += 1) {
      const log = one.log();
      try {
        for (let sequence = 1; !ended; sequence += 1) {
          receipts.push(await appendUntilKnown(log, batchOf(sequence, { node, boot: `${boot}` })));
          frame += 1;
          publisher.publish("frames", `${frame}`);
          await pause(2);
        }
      } catch (error) {
        // The replica may have lagged by an instant: then the node begins anew.
        assert.ok(codeIs("LOG_DIVERGED")(error));
      }
    }
  };
  const appending = Promise.all(["a", "b"].map(append));
  await waitUntil(() => receipts.length > 100, { what: "appends", withinMs: 30_000 });
  await master.kill();
  const before = receipts.length;
  await waitUntil(() => receipts.length > before + 100, {
    what: "appends after the failover",
    withinMs: 60_000,
  });
  const last = frame;
  await waitUntil(() => (frames.at(-1) ?? 0) > last, { what: "frames after the failover", withinMs: 60_000 });
  ended = true;
  await appending;
  assert.deepEqual(
    frames,
    [...new Set(frames)].sort((left, right) => left - right),
  );
  const fresh = (await shard.open()).log();
  assertOneOrder(await readWhole(fresh));
  let woken = false;
  fresh.watch(() => {
    woken = true;
  });
  await waitUntil(
    async () => {
      await appendUntilKnown(other.log(), batchOf(1, { node: "c", boot: `${Math.random()}` }));
      return woken;
    },
    { what: "a wake-up", withinMs: 30_000 },
  );
});

test("[S86] a replica that is promoted without the end of the log is noticed", async () => {
  await using cluster = await startRedisCluster();
  await using shard = await testShard({ url: cluster.url.split(",") });
  const log = (await shard.open()).log();
  for (let sequence = 1; sequence <= 10; sequence += 1) await log.append(batchOf(sequence));
  const { master } = await bothServersOf(cluster, shard);
  // The replica cannot come back once it is let go, and others are not told of a password.
  await withRedis(master.url, async (client) => {
    await client.set(shard.key("probe"), "written");
    assert.equal(await client.wait(1, 0), 1);
    await client.config("SET", "requirepass", "secret");
    await client.call("CLIENT", "KILL", "TYPE", "replica");
  });
  for (let sequence = 11; sequence <= 20; sequence += 1) await log.append(batchOf(sequence));
  await master.kill();
  await assert.rejects(appendUntilKnown(log, batchOf(21)), codeIs("LOG_DIVERGED"));
  const { position } = await (await shard.open()).log().head();
  assert.ok(position >= 10 && position < 20, `it ends at ${position}`);
});
