import assert from "node:assert/strict";
import { test } from "node:test";
import { Redis } from "ioredis";
import { Client } from "pg";
import { FaultProxy, startPostgres, startRedis, waitUntil } from "../src/index.ts";

const soon = (what: string) => ({ what, withinMs: 30_000 });

function redisAt(url: string): Redis & Disposable {
  const client = new Redis(url, { retryStrategy: () => 10, maxRetriesPerRequest: 0 });
  client.on("error", () => {});
  return Object.assign(client, { [Symbol.dispose]: () => client.disconnect() });
}

async function postgresAt(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  return client;
}

test("[TB33] a Redis behind a black hole does what it is told, and its client never hears of it", async () => {
  await using server = await startRedis();
  await using proxy = await FaultProxy.start({ to: server });
  using direct = redisAt(server.url);
  using client = redisAt(proxy.urlOf(server.url));
  await client.ping();
  proxy.blackHole("toClient");
  const unheard = assert.rejects(client.incr("count"));
  await waitUntil(() => proxy.lostBytes.toClient > 0, soon("the answer to be lost"));
  assert.equal(await direct.get("count"), "1");
  await proxy.heal();
  await unheard;
  await waitUntil(() => client.status === "ready", soon("the client to be back"));
  assert.equal(await client.get("count"), "1");
});

test("[TB31] a Redis that is cut off comes back to its clients", async () => {
  await using server = await startRedis();
  await using proxy = await FaultProxy.start({ to: server });
  using client = redisAt(proxy.urlOf(server.url));
  await client.set("kept", "yes");
  await proxy.cut();
  await assert.rejects(client.get("kept"));
  await proxy.heal();
  await waitUntil(() => client.status === "ready", soon("the client to be back"));
  assert.equal(await client.get("kept"), "yes");
});

test("[TB35] a commit that is stalled on its way to PostgreSQL takes place late", async () => {
  await using server = await startPostgres();
  await using proxy = await FaultProxy.start({ to: server });
  const direct = await postgresAt(server.url);
  const client = await postgresAt(proxy.urlOf(server.url));
  await direct.query("CREATE TABLE kept (id INTEGER)");
  await client.query("BEGIN; INSERT INTO kept VALUES (1)");
  proxy.stall("toServer");
  const committed = client.query("COMMIT");
  await waitUntil(() => proxy.heldBytes.toServer > 0, soon("the commit to be held"));
  assert.deepEqual((await direct.query("SELECT id FROM kept")).rows, []);
  await proxy.heal();
  await committed;
  assert.deepEqual((await direct.query("SELECT id FROM kept")).rows, [{ id: 1 }]);
  await Promise.all([client.end(), direct.end()]);
});

test("[TB32] a PostgreSQL whose connections are reset takes new ones at once", async () => {
  await using server = await startPostgres();
  await using proxy = await FaultProxy.start({ to: server });
  const client = await postgresAt(proxy.urlOf(server.url));
  const failed = assert.rejects(client.query("SELECT pg_sleep(60)"));
  await waitUntil(() => proxy.bytes.toServer > 0, soon("the query"));
  proxy.reset();
  await failed;
  const next = await postgresAt(proxy.urlOf(server.url));
  assert.deepEqual((await next.query("SELECT 1 AS one")).rows, [{ one: 1 }]);
  await next.end();
});
