import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { Client } from "pg";
import { type PrivateServer, startPostgres } from "../src/index.ts";
import { isPaused, pauseTree, resumeTree } from "../src/processes/process-tree.ts";
import { untilGone } from "./leftovers.ts";

async function query(server: PrivateServer, sql: string): Promise<Record<string, unknown>[]> {
  const client = await connected(server);
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function connected({ url }: PrivateServer): Promise<Client> {
  const client = new Client({ connectionString: url });
  // A server that is killed under a connection is what these tests are about.
  client.on("error", () => {});
  await client.connect();
  return client;
}

test("[TB13] a PostgreSQL that was killed has what it acknowledged, on the same port", async () => {
  await using server = await startPostgres();
  const { url, pid } = server;
  await query(server, "CREATE TABLE kept (id INTEGER); INSERT INTO kept VALUES (1)");
  const watcher = await connected(server);
  const broken = new Promise((resolve) => watcher.once("end", resolve));
  await server.kill();
  await broken;
  assert.equal(server.isRunning, false);
  await assert.rejects(query(server, "SELECT"), { code: "ECONNREFUSED" });
  await server.start();
  assert.equal(server.url, url);
  assert.notEqual(server.pid, pid);
  assert.deepEqual(await query(server, "SELECT id FROM kept"), [{ id: 1 }]);
});

test("[TB14] a PostgreSQL that is stopped ends in order", async () => {
  await using server = await startPostgres();
  await query(server, "CREATE TABLE kept (id INTEGER)");
  await server.stop();
  assert.match(readFileSync(server.logFile, "utf8"), /database system is shut down/);
  await server.stop();
  await server.start();
  await server.start();
  assert.deepEqual(await query(server, "SELECT id FROM kept"), []);
});

test("[TB15] a paused PostgreSQL answers nothing, not even in a connection that it had", async () => {
  await using server = await startPostgres();
  const client = await connected(server);
  const pids = pidsOf(server);
  await server.pause();
  let answered = false;
  const waiting = client.query("SELECT 1 AS one").then(({ rows }) => {
    answered = true;
    return rows;
  });
  assert.ok(pids.every(isPaused));
  assert.equal(answered, false);
  server.resume();
  assert.deepEqual(await waiting, [{ one: 1 }]);
  await client.end();
});

test("[TB16] a PostgreSQL is durable unless told otherwise, and takes 300 connections", async () => {
  await using server = await startPostgres();
  const settingsOf = async (one: PrivateServer) =>
    query(
      one,
      "SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit', 'max_connections') ORDER BY name",
    );
  assert.deepEqual(await settingsOf(server), [
    { name: "fsync", setting: "on" },
    { name: "max_connections", setting: "300" },
    { name: "synchronous_commit", setting: "on" },
  ]);
  await using other = await startPostgres({ settings: { synchronous_commit: "off", max_connections: "20" } });
  assert.equal(other.settings.synchronous_commit, "off");
  assert.deepEqual(
    (await settingsOf(other)).map(({ setting }) => setting),
    ["on", "20", "off"],
  );
});

const strangers = { user: "postgres", database: "postgres" };

test("[TB12] a PostgreSQL listens on 127.0.0.1 alone, and not as root", async () => {
  await using server = await startPostgres();
  const [row] = await query(server, "SELECT current_setting('listen_addresses') AS addresses");
  assert.deepEqual(row, { addresses: "127.0.0.1" });
  for (const host of ["127.0.0.2", "::1"]) {
    await assert.rejects(new Client({ ...strangers, host, port: server.port }).connect());
  }
  assert.notEqual(statSync(join(server.dataFolder, "postmaster.pid")).uid, 0);
  const stranger = new Client({ ...strangers, host: server.host, port: server.port });
  await assert.rejects(stranger.connect(), /role "postgres" does not exist/);
});

/** The server's first process and those below it. */
function pidsOf({ pid }: PrivateServer): number[] {
  const pids = pauseTree(pid);
  resumeTree(pids);
  assert.ok(pids.length > 1);
  return pids;
}

for (const way of ["running", "stopped", "killed", "paused"] as const) {
  test(`[TB18] a PostgreSQL that is ${way} is removed without a trace`, async () => {
    const server = await startPostgres();
    const traces = { pids: pidsOf(server), folders: [dirname(server.dataFolder)] };
    const segment = segmentOf(server);
    assert.ok(segments().includes(segment));
    if (way === "stopped") await server.stop();
    if (way === "killed") await server.kill();
    if (way === "paused") await server.pause();
    await server.remove();
    await untilGone(traces);
    assert.ok(!segments().includes(segment));
    await server.remove();
  });
}

/** The shared memory a PostgreSQL holds, by its id. */
function segmentOf({ dataFolder }: PrivateServer): string {
  const line = readFileSync(join(dataFolder, "postmaster.pid"), "utf8").split("\n")[6] ?? "";
  return line.trim().split(/\s+/)[1] as string;
}

function segments(): string[] {
  const { stdout } = spawnSync("ipcs", ["-m"], { encoding: "utf8" });
  return stdout.split("\n").map((line) => line.split(/\s+/)[1] ?? "");
}

test("[TB20] a PostgreSQL with a setting that it does not know is told with its log", async () => {
  const started = startPostgres({ settings: { no_such_setting: "1" } });
  await assert.rejects(started, /ended when it was started.*unrecognized configuration parameter/s);
});
