import assert from "node:assert/strict";
import { test } from "node:test";
import { sha256Hex } from "@matchforge/core";
import { createSecretDice } from "../src/index.ts";
import { Cluster } from "./cluster.ts";
import { failing } from "./situations.ts";

test("[E6] when the leader falls silent another node takes the lead", async () => {
  const cluster = new Cluster();
  const first = await cluster.start({ name: "a" });
  const second = await cluster.start({ name: "b" });
  assert.deepEqual([first.engine.leads, second.engine.leads], [true, false]);
  await cluster.until(first.engine.halt());
  await cluster.pass(4_000);
  assert.equal(second.engine.leads, true);
  assert.equal(second.engine.state.nodes.has(first.engine.key), false);
  for (const player of ["player_a", "player_b"] as const) {
    await cluster.connect(second, player);
    await cluster.enqueue(second, player);
  }
  await cluster.pass(200);
  assert.equal(second.engine.state.matches.size, 1);
});

test("[E6] a new leader matches those who came while nobody led", async () => {
  const cluster = new Cluster();
  const first = await cluster.start({ name: "a" });
  const second = await cluster.start({ name: "b" });
  for (const player of ["player_a", "player_b"] as const) await cluster.connect(second, player);
  await cluster.until(first.engine.halt());
  for (const player of ["player_a", "player_b"] as const) await cluster.enqueue(second, player);
  assert.deepEqual([second.engine.leads, second.engine.state.tickets.size], [false, 2]);
  await cluster.pass(4_000);
  assert.equal(second.engine.state.matches.size, 1);
});

test("[E10] a ticket that returns to waiting is matched at once with whoever waits", async () => {
  const cluster = new Cluster();
  const node = await cluster.start();
  for (const player of ["player_a", "player_b", "player_c"] as const) {
    await cluster.connect(node, player);
    await cluster.enqueue(node, player);
    await cluster.pass(100);
  }
  const [match] = [...node.engine.state.matches.keys()];
  assert.ok(match !== undefined);
  await cluster.submit(node, { type: "match.decline", match, player: "player_a" });
  await cluster.pass(100);
  const [next] = [...node.engine.state.matches.values()];
  assert.deepEqual(next?.players.map(({ id }) => id).sort(), ["player_b", "player_c"]);
});

test("[E7] a node that was taken for lost comes back by itself", async () => {
  const cluster = new Cluster();
  let away = false;
  const log = failing(cluster.store.connect(), async () => (away ? "lost" : "pass"));
  const first = await cluster.start({ name: "a", log });
  const second = await cluster.start({ name: "b" });
  away = true;
  await cluster.pass(6_000);
  assert.equal(second.engine.state.nodes.has(first.engine.key), false);
  away = false;
  await cluster.pass(3_000);
  assert.equal(second.engine.state.nodes.has(first.engine.key), true);
  assert.equal((await cluster.connect(first, "player_a")).ok, true);
  assert.deepEqual([first.fatal, second.fatal], [[], []]);
});

test("[E8] a draining node hands over and takes nothing more", async () => {
  const cluster = new Cluster();
  const first = await cluster.start({ name: "a" });
  const second = await cluster.start({ name: "b" });
  await cluster.connect(first, "player_a");
  await cluster.until(first.engine.stop());
  assert.deepEqual(await first.engine.submit({ type: "node.alive" }), { ok: false, code: "DRAINING" });
  await cluster.until(first.engine.stop());
  await cluster.pass(2_000);
  assert.equal(second.engine.leads, true);
  assert.equal(second.engine.state.players.get("player_a")?.epoch, 0);
});

test("[E9] [E14] the leader brings rules and epochs, and shows an epoch's secret when its draws have ended", async () => {
  const cluster = new Cluster();
  const node = await cluster.start();
  const dice = createSecretDice("ab".repeat(32));
  const [epoch] = [...node.engine.state.secretEpochs.values()];
  assert.equal(epoch?.hash, sha256Hex(dice.secretOf(1)));
  assert.equal(node.engine.state.rulesVersion, 1);
  await cluster.pass(3_605_000);
  assert.deepEqual([...node.engine.state.secretEpochs.keys()], [2]);
  const revealed = (await cluster.commands()).find(({ command }) => command.type === "epoch.reveal");
  assert.ok(revealed?.command.type === "epoch.reveal");
  assert.equal(sha256Hex(revealed.command.secret), epoch?.hash);
  assert.equal(
    (await cluster.commands()).filter(({ command }) => command.type === "rules.configure").length,
    1,
  );
});

test("[E10] a lost proposal is made again", async () => {
  const cluster = new Cluster();
  let dropped = 0;
  const log = cluster.store.connect();
  const node = await cluster.start({ log });
  const submit = node.engine.submit.bind(node.engine);
  node.engine.submit = (command) => {
    if (command.type !== "matcher.propose" || dropped > 0) return submit(command);
    dropped += 1;
    return Promise.resolve({ ok: false, code: "STORE_UNAVAILABLE" });
  };
  for (const player of ["player_a", "player_b"] as const) {
    await cluster.connect(node, player);
    await cluster.enqueue(node, player);
  }
  await cluster.pass(500);
  assert.deepEqual([dropped, node.engine.state.matches.size], [1, 0]);
  await cluster.pass(3_000);
  assert.equal(node.engine.state.matches.size, 1);
});
