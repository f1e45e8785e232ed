import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { fileURLToPath } from "node:url";
import { matchforge, mintToken, RunningCommand } from "./command-line.ts";
import { ServerProcess } from "./server-process.ts";
import { temporaryFolder } from "./temporary-folder.ts";

let server: ServerProcess;
beforeEach(async () => {
  server = await ServerProcess.start();
});
afterEach(() => server.remove());

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  test(`[B19] ${signal} drains: players are told, the exit code is 0, a start goes on at once`, async () => {
    const credentials = await server.guest();
    const player = await server.player(credentials);
    await player.ask("queue.enter", { game_type: "slow" });
    const ended = server.end(signal);
    await player.next("server.draining");
    assert.equal(await player.client.closed(), 1012);
    assert.equal(await ended, 0);
    await server.restart();
    assert.equal((await server.truthOf(credentials)).state, "in_queue");
  });
}

test("[B19] a port in use, an unknown option, a bad setting: an end at once that says what to do", () => {
  const { port } = new URL(server.url);
  const other = join(temporaryFolder(), "data");
  const busy = matchforge("serve", "--port", port, "--data-dir", other);
  assert.deepEqual([busy.status, busy.stdout], [1, ""]);
  assert.match(busy.stderr, /^127\.0\.0\.1:\d+ is in use.*--port 9000$/m);
  const unused = join(temporaryFolder(), "data");
  const unknown = matchforge("serve", "--data-dir", unused, "--prot", "9000");
  assert.equal(unknown.status, 2, unknown.stderr);
  assert.match(unknown.stderr, /--prot.*--port/s);
  const bad = matchforge("serve", "--data-dir", unused, "--port", "99999");
  assert.equal(bad.status, 2, bad.stderr);
  assert.match(bad.stderr, /--port.*0 to 65535.*99999/s);
  assert.ok(!existsSync(unused), "a command that was misunderstood makes nothing");
});

test("[B23] a start that fails keeps nothing open: its process ends by itself, its folder is free", async () => {
  const script = fileURLToPath(new URL("./start-on-port.ts", import.meta.url));
  const { port } = new URL(server.url);
  const dataDir = join(temporaryFolder(), "data");
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const start = spawnSync(process.execPath, [script, port, dataDir], { encoding: "utf8", timeout: 30_000 });
    assert.deepEqual([start.signal, start.status, start.stdout], [null, 0, "EADDRINUSE"], start.stderr);
  }
});

test("[B21] bots play to a result, and say what they do", async () => {
  const place = ["--url", server.url, "--mode", "code_duel", "--tier", "bronze", "--wpm", "270..280"];
  const crowd = new RunningCommand("bots", "--count", "2", ...place, "--json");
  const counts = await crowd.line<Record<string, number>>(({ finished }) => (finished ?? 0) >= 2);
  assert.deepEqual([counts.bots, counts.errors, counts.cancelled], [2, 0, 0]);
  assert.equal(await crowd.end("SIGINT"), 0);
});

test("[B21] a minted token signs in; where no server was ever started none is minted", async () => {
  const { token, player_id } = mintToken("player_ada", server.settings);
  assert.equal(player_id, "player_ada");
  assert.equal((await server.truthOf({ token, id: player_id })).player_id, "player_ada");
  const nowhere = matchforge(
    "token",
    "--player",
    "player_ada",
    "--data-dir",
    join(temporaryFolder(), "data"),
  );
  assert.deepEqual([nowhere.status, nowhere.stdout], [2, ""]);
  assert.match(nowhere.stderr, /no server has been started there/);
});

test("[B21] every command explains itself", () => {
  const program = matchforge("--help");
  for (const command of ["serve", "bots", "token", "doctor"]) {
    assert.match(program.stdout, new RegExp(`^  ${command}`, "m"));
    const help = matchforge(command, "--help");
    assert.equal(help.status, 0);
    assert.match(help.stdout, /^Usage: matchforge/);
  }
});
