import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, test } from "node:test";
import { fileURLToPath } from "node:url";
import { signInAsGuest } from "@matchforge/client";
import { Player } from "./player.ts";

const main = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));

let dataDir: string;
const running = new Set<ChildProcess>();
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "matchforge-process-"));
});
afterEach(async () => {
  for (const child of running) {
    child.kill("SIGKILL");
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  }
  running.clear();
  rmSync(dataDir, { recursive: true, force: true });
});

async function serve(port = 0): Promise<{ child: ChildProcess; url: string; port: number }> {
  const args = [
    main,
    "serve",
    "--port",
    String(port),
    "--data-dir",
    dataDir,
    "--json",
    "--log-level",
    "error",
  ];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  running.add(child);
  const [line] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
  const { url } = JSON.parse(line) as { url: string };
  return { child, url, port: Number(new URL(url).port) };
}

function run(...args: string[]) {
  return spawnSync(process.execPath, [main, ...args], { encoding: "utf8", timeout: 60_000 });
}

async function connect(url: string, { token, id }: { token: string; id: string }): Promise<Player> {
  const player = await Player.open(`${url.replace(/^http/, "ws")}/ws`);
  await player.signIn({ token, id });
  return player;
}

async function guest(url: string): Promise<{ token: string; id: string }> {
  const { token, player_id } = await signInAsGuest(url);
  return { token, id: player_id };
}

test("[B18] a killed server goes on with its tickets and duels, and no deadline passed meanwhile", async () => {
  const first = await serve();
  const [a, b, waiting] = [await guest(first.url), await guest(first.url), await guest(first.url)];
  const players = [await connect(first.url, a), await connect(first.url, b)];
  for (const player of players) await player.ask("queue.enter", { game_type: "code_practice" });
  const { match_id } = (await players[0]?.next("match.found"))?.data ?? { match_id: "" };
  for (const player of players) await player.accept(match_id);
  const text = (await players[0]?.next("game.started"))?.data.code_sequence ?? "";
  await players[0]?.ask("game.progress", { match_id, from: 0, typed: text.slice(0, 10) });
  const third = await connect(first.url, waiting);
  await third.ask("queue.enter", { game_type: "code_duel", stake_tier: "gold" });
  const ticket = (await (await connect(first.url, waiting)).next("session.sync")).data.ticket?.ticket_id;
  assert.ok(ticket !== undefined);
  first.child.kill("SIGKILL");
  await once(first.child, "exit");

  const second = await serve(first.port);
  const back = [await connect(second.url, a), await connect(second.url, b)];
  const { match } = (await back[0]?.next("session.sync"))?.data ?? { match: null };
  assert.ok(match?.state === "ACTIVE");
  assert.deepEqual([match.match_id, match.upto, match.code_sequence], [match_id, 10, text]);
  const truth = (await (await connect(second.url, waiting)).next("session.sync")).data;
  assert.equal(truth.ticket?.ticket_id, ticket);
  await back[0]?.type(match_id, text, 10);
  const { data: result } = (await back[1]?.next("game.result")) ?? { data: null };
  assert.deepEqual([result?.winner, result?.end_reason], [a.id, "completed"]);
});

test("[B19] a signal to end drains: players are told, the exit code is 0", async () => {
  const { child, url } = await serve();
  const player = await connect(url, await guest(url));
  child.kill("SIGINT");
  await player.next("server.draining");
  assert.equal(await player.client.closed(), 1012);
  const [code] = (await once(child, "exit")) as [number];
  assert.equal(code, 0);
});

test("[B19] a port in use, an unknown option, a bad setting: an end at once that says what to do", async () => {
  const { port } = await serve();
  const other = mkdtempSync(join(tmpdir(), "matchforge-process-"));
  const busy = run("serve", "--port", String(port), "--data-dir", other);
  rmSync(other, { recursive: true, force: true });
  assert.equal(busy.status, 1);
  assert.match(busy.stderr, /in use.*--port/);
  const unknown = run("serve", "--prot", "9000");
  assert.equal(unknown.status, 2, unknown.stderr);
  assert.match(unknown.stderr, /--prot/);
  const bad = run("serve", "--port", "99999");
  assert.equal(bad.status, 2, bad.stderr);
  assert.match(bad.stderr, /port/);
});

test("[B19] two servers never share a data folder", async () => {
  await serve();
  const second = run("serve", "--port", "0", "--data-dir", dataDir);
  assert.equal(second.status, 1);
  assert.match(second.stderr, /data|use/i);
});

test("[B21] bots play, a minted token signs in, the doctor sees the server", async () => {
  const { url } = await serve();
  const bots = run("bots", "--count", "2", "--wpm", "150..160", "--url", url, "--duration", "20", "--json");
  assert.equal(bots.status, 0, bots.stderr);
  const counts = JSON.parse(bots.stdout.trim().split("\n").at(-1) ?? "{}") as {
    finished: number;
    errors: number;
  };
  assert.ok(counts.finished >= 2, bots.stdout);
  assert.equal(counts.errors, 0);
  const minted = run("token", "--player", "player_ada", "--data-dir", dataDir, "--json");
  assert.equal(minted.status, 0, minted.stderr);
  const { token } = JSON.parse(minted.stdout) as { token: string };
  const ada = await connect(url, { token, id: "player_ada" });
  assert.equal((await ada.next("session.sync")).data.player_id, "player_ada");
  const doctor = run("doctor", "--url", url, "--data-dir", dataDir, "--port", "0", "--json");
  assert.ok(doctor.stdout.includes('"ok"'), doctor.stdout);
});

test("[B21] every command explains itself", () => {
  const program = run("--help");
  for (const command of ["serve", "bots", "token", "doctor"]) {
    assert.match(program.stdout, new RegExp(`^  ${command}`, "m"));
    const help = run(command, "--help");
    assert.equal(help.status, 0);
    assert.match(help.stdout, /Usage: matchforge/);
  }
});
