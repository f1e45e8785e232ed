import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync, readFileSync, statSync } from "node:fs";
import { connect as connectTo } from "node:net";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Redis } from "ioredis";
import { type PrivateServer, startRedis, waitUntil } from "../src/index.ts";
import { ownKeeper } from "../src/processes/own-keeper.ts";
import { isPaused } from "../src/processes/process-tree.ts";
import { makeServerFolder } from "../src/servers/server-folder.ts";
import { startOnFreePort } from "../src/servers/start-on-free-port.ts";
import { untilGone } from "./leftovers.ts";

function connect({ url }: PrivateServer): Redis & AsyncDisposable {
  const client = new Redis(url, { retryStrategy: () => 10, maxRetriesPerRequest: null });
  client.on("error", () => {});
  return Object.assign(client, { [Symbol.asyncDispose]: async () => client.disconnect() });
}

test("[TB13] a Redis that was killed has what it put into its log, on the same port", async () => {
  await using server = await startRedis({ settings: { appendfsync: "always" } });
  await using client = connect(server);
  await client.set("kept", "yes");
  const { pid, url } = server;
  await server.kill();
  assert.equal(server.isRunning, false);
  assert.throws(() => server.pid, /not running/);
  await server.start();
  assert.equal(server.url, url);
  assert.notEqual(server.pid, pid);
  assert.equal(await client.get("kept"), "yes");
});

test("[TB14] a Redis that is stopped ends in order, also when it is paused", async () => {
  await using server = await startRedis();
  await using client = connect(server);
  await client.set("kept", "yes");
  await server.pause();
  await server.stop();
  assert.match(readFileSync(server.logFile, "utf8"), /Redis is now ready to exit/);
  await server.start();
  assert.equal(await client.get("kept"), "yes");
});

test("[TB15] a paused Redis answers when it goes on, and not before", async () => {
  await using server = await startRedis();
  await using client = connect(server);
  await client.ping();
  await server.pause();
  let answered = false;
  const waiting = client.ping().then(() => {
    answered = true;
  });
  assert.ok(isPaused(server.pid));
  assert.equal(answered, false);
  server.resume();
  await waiting;
});

test("[TB16] a Redis keeps a log and forgets nothing unless told otherwise", async () => {
  await using server = await startRedis({ settings: { "maxmemory-policy": "allkeys-lru" } });
  await using client = connect(server);
  const settings = (await client.config(
    "GET",
    "appendonly",
    "appendfsync",
    "save",
    "maxmemory-policy",
  )) as string[];
  const read = Object.fromEntries(
    settings.flatMap((key, index) => (index % 2 === 0 ? [[key, settings[index + 1]]] : [])),
  );
  assert.deepEqual(read, {
    appendonly: "yes",
    appendfsync: "everysec",
    save: "",
    "maxmemory-policy": "allkeys-lru",
  });
  assert.equal(server.settings.appendonly, "yes");
});

test("[TB17] a replica copies its master", async () => {
  await using master = await startRedis();
  await using replica = await startRedis({ replicaOf: master });
  await using writer = connect(master);
  await using reader = connect(replica);
  await writer.set("copied", "yes");
  await waitUntil(async () => (await reader.get("copied")) === "yes", { what: "the copy", withinMs: 30_000 });
});

test("[TB12] a Redis listens on 127.0.0.1 alone, and not as root", async () => {
  await using server = await startRedis();
  for (const host of ["127.0.0.2", "::1"]) {
    await assert.rejects(once(connectTo({ host, port: server.port }), "connect"));
  }
  assert.notEqual(statSync(join(server.dataFolder, "appendonlydir")).uid, 0);
});

test("[TB18] a Redis is removed without a trace", async () => {
  const server = await startRedis();
  const traces = { pids: [server.pid], folders: [dirname(server.dataFolder)] };
  await server.remove();
  await untilGone(traces);
});

test("[TB20] a Redis with a setting that it does not know is told with its log", async () => {
  const started = startRedis({ settings: { "no-such-setting": "1" } });
  await assert.rejects(started, /ended when it was started.*Bad directive/s);
});

test("[TB20] a Redis that dies on its own is not running, and starts again", async () => {
  await using server = await startRedis();
  process.kill(server.pid, "SIGKILL");
  await waitUntil(() => !server.isRunning, { what: "the death of the server", withinMs: 30_000 });
  await server.stop();
  await server.start();
  assert.ok(server.isRunning);
  assert.ok(existsSync(server.dataFolder));
});

test("[TB21] another port is tried when the first one is taken", async () => {
  await using other = await startRedis();
  const keeper = ownKeeper();
  const place = await makeServerFolder(keeper);
  const listen = fileURLToPath(new URL("./listen.ts", import.meta.url));
  const chosen: number[] = [];
  await using server = await startOnFreePort((free) => {
    const port = chosen.length === 0 ? other.port : free;
    chosen.push(port);
    return {
      ...place,
      name: "a program that listens",
      keeper,
      account: undefined,
      program: process.execPath,
      args: [listen, `${port}`],
      port,
      url: "",
      settings: {},
      stopSignal: "SIGTERM",
      isReady: () => readFileSync(place.logFile, "utf8").includes(`listens on ${port}\n`),
    };
  });
  assert.equal(chosen.length, 2);
  assert.equal(server.port, chosen[1]);
});
