import assert from "node:assert/strict";
import { test } from "node:test";
import type { PlayerId } from "@matchforge/core";
import { entriesOf } from "../src/index.ts";
import { Cluster } from "./cluster.ts";
import { failing } from "./situations.ts";

test("[E1] an outcome has the position and the events of its entry, applied here", async () => {
  const cluster = new Cluster();
  const node = await cluster.start();
  const outcome = await cluster.connect(node, "player_ada");
  assert.ok(outcome.ok);
  assert.equal(outcome.events[0]?.type, "player.connected");
  assert.equal(node.engine.state.players.get("player_ada")?.epoch, outcome.position);
  assert.equal(node.engine.leads, true);
});

test("[E2] what is submitted in one turn stands in the log as one batch, in order", async () => {
  const cluster = new Cluster();
  const node = await cluster.start({ room: false });
  const before = (await cluster.store.connect().head()).position;
  const players: PlayerId[] = ["player_a", "player_b", "player_c"];
  const outcomes = players.map((player) =>
    node.engine.submit({ type: "player.connected", player, node: node.engine.key, guest: true }),
  );
  await cluster.work();
  const batches = await cluster.store.connect().read({ from: before + 1, limit: 10 });
  assert.equal(batches[0]?.count, 3);
  const positions = (await Promise.all(outcomes)).map((outcome) => outcome.ok && outcome.position);
  assert.deepEqual(positions, [before + 1, before + 2, before + 3]);
});

test("[E3] an append whose reply was lost is repeated and stands in the log once", async () => {
  const cluster = new Cluster();
  let lose = 0;
  const log = failing(cluster.store.connect(), async (_batch, append) => {
    if (lose === 0) return "pass";
    lose -= 1;
    await append();
    return "lost";
  });
  const node = await cluster.start({ log });
  lose = 3;
  const outcome = await cluster.connect(node, "player_ada");
  assert.ok(outcome.ok);
  const connected = (await cluster.commands()).filter(({ command }) => command.type === "player.connected");
  assert.equal(connected.length, 1);
  assert.ok(node.problems.some((problem) => problem.startsWith("STORE_UNAVAILABLE")));
});

test("[E4] while the store is away commands are refused at once, and afterwards the node goes on", async () => {
  const cluster = new Cluster();
  let away = false;
  const log = failing(cluster.store.connect(), async () => (away ? "lost" : "pass"));
  const node = await cluster.start({ log });
  away = true;
  const first = node.engine.submit({
    type: "player.connected",
    player: "player_a",
    node: node.engine.key,
    guest: true,
  });
  await cluster.pass(100);
  assert.deepEqual(await node.engine.submit({ type: "node.alive" }), {
    ok: false,
    code: "STORE_UNAVAILABLE",
  });
  away = false;
  assert.equal((await cluster.until(first)).ok, true);
  assert.equal((await cluster.connect(node, "player_b")).ok, true);
});

test("[E17] a batch that holds no commands is named as damage, with what to do", () => {
  const batch = { first: 7, count: 2, at: 0, node: "a", boot: "b", sequence: 1, commands: "[{" } as const;
  assert.throws(() => entriesOf(batch), {
    code: "CORRUPT",
    message: /damaged: entries 7 to 8 are no commands\. Keep a copy .*, then restore a backup\./,
  });
});
