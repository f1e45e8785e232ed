import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type PrivateRedisCluster,
  type PrivateServer,
  redisClusterForTests,
  startRedis,
  startRedisCluster,
  waitUntil,
} from "@matchforge/testbed";
import { Cluster, type Redis } from "ioredis";
import {
  type OutsideView,
  type ShownMatch,
  StoreError,
  storeLimits,
  type ViewChanges,
  type ViewMark,
} from "../src/index.ts";
import { type TestShard, testShard, withRedis } from "./redis-shard.ts";

const none: ViewChanges = { waiting: [], left: [], matches: [] };
const mark: ViewMark = { position: 7, at: 1_700_000_000_000, time: 5_000 };
const match: ShownMatch = {
  mode: "duel",
  tier: "gold",
  state: "ACTIVE",
  players: ["player_a", "player_b"],
  createdAt: 3_000,
  startedAt: 4_000,
};

/** Looks at a shard's keys, on one server. */
function look<Answer>(shard: TestShard, ask: (client: Redis) => Promise<Answer>): Promise<Answer> {
  assert.ok(typeof shard.url === "string");
  return withRedis(shard.url, ask);
}

/** Every key of a shard, without its tag. */
async function keysOf(shard: TestShard): Promise<string[]> {
  const found = await look(shard, (client) => client.keys(shard.key("*")));
  return found.map((key) => key.slice(shard.key("").length)).sort();
}

test("[OV1] [OV2] queues are sorted sets by the time of entry, matches are hashes, and both are listed", async () => {
  await using shard = await testShard();
  const view = (await shard.open()).view();
  assert.ok(await view.takeOver(1));
  const waiting = [
    { pool: "duel", ticket: "ticket_2", since: 20 },
    { pool: "duel", ticket: "ticket_1", since: 10 },
    { pool: "hunt:gold", ticket: "ticket_1", since: 10 },
  ];
  const lobby: ShownMatch = { ...match, tier: null, state: "FORMING", createdAt: 2_000, startedAt: null };
  const matches = [
    { id: "match_1", shown: match },
    { id: "match_2", shown: lobby },
  ];
  assert.ok(await view.apply({ ...none, waiting, matches }, mark));
  await look(shard, async (client) => {
    const queue = await client.zrange(shard.key("queue:duel"), "0", "-1", "WITHSCORES");
    assert.deepEqual(queue, ["ticket_1", "10", "ticket_2", "20"]);
    assert.deepEqual((await client.smembers(shard.key("queues"))).sort(), ["duel", "hunt:gold"]);
    assert.deepEqual(await client.zrange(shard.key("matches"), "0", "-1"), ["match_2", "match_1"]);
    assert.deepEqual(await client.hgetall(shard.key("match:match_1")), {
      mode: "duel",
      tier: "gold",
      state: "ACTIVE",
      players: '["player_a","player_b"]',
      created_at: "3000",
      started_at: "4000",
    });
    const shown = await client.hgetall(shard.key("match:match_2"));
    assert.deepEqual(Object.keys(shown).sort(), ["created_at", "mode", "players", "state"]);
  });
  const left = [
    { pool: "duel", ticket: "ticket_1" },
    { pool: "hunt:gold", ticket: "ticket_1" },
  ];
  const resolved = { ...match, state: "RESOLVED", startedAt: null };
  const changed = [
    { id: "match_1", shown: resolved },
    { id: "match_2", shown: null },
  ];
  assert.ok(await view.apply({ ...none, left, matches: changed }, mark));
  assert.deepEqual(await keysOf(shard), ["match:match_1", "matches", "queue:duel", "queues", "view"]);
  const after = await look(shard, (client) => client.hgetall(shard.key("match:match_1")));
  assert.equal(after.state, "RESOLVED");
  assert.ok(!("started_at" in after), "no field of an earlier state stays");
});

test("[OV3] the mark says what the view describes, and is missing until the view is whole", async () => {
  await using shard = await testShard();
  const view = (await shard.open()).view();
  const marked = () => look(shard, (client) => client.hgetall(shard.key("view")));
  const whole = { position: "7", at: "1700000000000", time: "5000" };
  await view.takeOver(3);
  assert.deepEqual(await marked(), { term: "3", revision: "1" });
  await view.apply(none, null);
  assert.deepEqual(await marked(), { term: "3", revision: "2" });
  await view.apply(none, mark);
  assert.deepEqual(await marked(), { term: "3", revision: "3", ...whole });
  await view.takeOver(3);
  assert.deepEqual(await marked(), { term: "3", revision: "1" });
});

test("[OV4] taking over empties the view, however much stands there", async () => {
  await using shard = await testShard();
  const [old, next] = [(await shard.open()).view(), (await shard.open()).view()];
  await old.takeOver(1);
  const count = storeLimits.redisViewSlice + 1;
  const matches = Array.from({ length: count }, (_, index) => ({ id: `match_${index}`, shown: match }));
  const waiting = Array.from({ length: count }, (_, index) => ({
    pool: `siege::${index}`,
    ticket: "ticket_1",
    since: 1,
  }));
  assert.ok(await old.apply({ ...none, waiting, matches }, mark));
  assert.equal((await keysOf(shard)).length, 2 * count + 3);
  assert.ok(await next.takeOver(2));
  assert.deepEqual(await keysOf(shard), ["view"]);
});

test("[OV4] who was overtaken writes nothing any more", async () => {
  await using shard = await testShard();
  const [old, next] = [(await shard.open()).view(), (await shard.open()).view()];
  const change = { ...none, matches: [{ id: "match_1", shown: match }] };
  await old.takeOver(1);
  await next.takeOver(2);
  assert.equal(await old.apply(change, mark), false);
  assert.equal(await old.takeOver(1), false);
  assert.deepEqual(await keysOf(shard), ["view"]);
  assert.equal(await next.apply(change, mark), true);
});

test("[OV5] a write on top of writes that are gone does nothing and says so", async () => {
  await using shard = await testShard();
  const view = (await shard.open()).view();
  await view.takeOver(1);
  await view.apply(none, null);
  // As a replica that was promoted without the last write.
  await look(shard, (client) => client.hset(shard.key("view"), "revision", 1));
  assert.equal(await view.apply(none, mark), false);
  await look(shard, (client) => client.del(shard.key("view")));
  assert.equal(await view.apply(none, mark), false);
  assert.equal(await view.takeOver(1), true);
  assert.equal(await view.apply(none, mark), true);
});

test("[OV6] every key expires unless it is written again", async () => {
  await using shard = await testShard();
  const view = (await shard.open()).view();
  await view.takeOver(1);
  const waiting = [{ pool: "duel", ticket: "ticket_1", since: 1 }];
  await view.apply({ ...none, waiting, matches: [{ id: "match_1", shown: match }] }, mark);
  const keys = await keysOf(shard);
  assert.deepEqual(keys, ["match:match_1", "matches", "queue:duel", "queues", "view"]);
  await look(shard, async (client) => {
    for (const key of keys) {
      const seconds = await client.ttl(shard.key(key));
      assert.ok(seconds > 0 && seconds <= storeLimits.viewKeptSeconds, `${key} expires in ${seconds} s`);
    }
  });
});

test("[OV7] without Redis a write fails with STORE_UNAVAILABLE, and the view goes on when it is back", async () => {
  await using server = await startRedis();
  await using shard = await testShard(server);
  const redis = await shard.open();
  const view = redis.view();
  await server.kill();
  await assert.rejects(view.takeOver(1), { code: "STORE_UNAVAILABLE" });
  await server.start();
  await writtenAgain(view);
  await server.kill();
  await assert.rejects(view.apply(none, mark), { code: "STORE_UNAVAILABLE" });
  await server.start();
  await writtenAgain(view);
  assert.equal(await look(shard, (client) => client.hget(shard.key("match:match_1"), "state")), "ACTIVE");
  await redis.close();
  for (const closed of [view, redis.view()])
    await assert.rejects(closed.takeOver(2), { code: "STORE_CLOSED" });
});

test("[OV8] on a cluster all keys of a shard lie on one server, and the view is written", async () => {
  await using shard = await testShard({ url: (await redisClusterForTests()).url.split(",") });
  const view = (await shard.open()).view();
  await writeWhole(view);
  await assertWhole(shard);
});

test("[OV8] after the failover of a cluster the view is whole again", async () => {
  await using cluster = await startRedisCluster();
  await using shard = await testShard({ url: cluster.url.split(",") });
  const view = (await shard.open()).view();
  await writeWhole(view);
  await (await masterOf(cluster, shard)).kill();
  await cluster.untilWhole();
  await writtenAgain(view);
  await assertWhole(shard);
});

/** The server that answers for a shard's keys; the others point to it. */
async function masterOf(cluster: PrivateRedisCluster, shard: TestShard): Promise<PrivateServer> {
  for (const master of await cluster.masters()) {
    const answers = withRedis(master.url, (client) => client.exists(shard.key("view")));
    if ((await answers.catch(() => 0)) === 1) return master;
  }
  throw new Error("No master has the shard's keys.");
}

/** Writes a view as soon as its Redis takes it. */
async function writtenAgain(view: OutsideView): Promise<void> {
  const isWritten = async () => {
    try {
      await writeWhole(view);
      return true;
    } catch (error) {
      if (error instanceof StoreError && error.code === "STORE_UNAVAILABLE") return false;
      throw error;
    }
  };
  await waitUntil(isWritten, { what: "the view to be written", withinMs: 30_000 });
}

async function writeWhole(view: OutsideView): Promise<void> {
  assert.ok(await view.takeOver(1));
  const waiting = [{ pool: "duel", ticket: "ticket_1", since: 1 }];
  assert.ok(await view.apply({ ...none, waiting, matches: [{ id: "match_1", shown: match }] }, mark));
}

async function assertWhole(shard: TestShard): Promise<void> {
  const nodes = [...shard.url]
    .map((url) => new URL(url))
    .map(({ hostname, port }) => ({ host: hostname, port: Number(port) }));
  const client = new Cluster(nodes);
  try {
    assert.equal(await client.zscore(shard.key("queue:duel"), "ticket_1"), "1");
    assert.equal(await client.hget(shard.key("match:match_1"), "state"), "ACTIVE");
    assert.equal(await client.hget(shard.key("view"), "position"), "7");
  } finally {
    client.disconnect();
  }
}
