import assert from "node:assert/strict";
import { test } from "node:test";
import { type PlayerId, sha256Hex, stateHash } from "@matchforge/core";
import { type Log, type LogBatch, StoreError } from "@matchforge/stores";
import { type ChainOutcome, createSecretDice, engineLimits } from "../src/index.ts";
import { Cluster, type TestNode } from "./cluster.ts";

/** A log whose appends fail as the test says. */
function failing(
  log: Log,
  fail: (batch: LogBatch, append: () => Promise<unknown>) => Promise<"lost" | "pass">,
): Log {
  return {
    append: async (batch) => {
      const verdict = await fail(batch, () => log.append(batch));
      if (verdict === "lost") throw new StoreError("STORE_UNAVAILABLE", "the line was cut");
      return log.append(batch);
    },
    read: (options) => log.read(options),
    head: () => log.head(),
    watch: (listener) => log.watch(listener),
    writeSnapshot: (meta, chunks) => log.writeSnapshot(meta, chunks),
    readSnapshot: (options) => log.readSnapshot(options),
    trim: (options) => log.trim(options),
    close: () => log.close(),
  };
}

async function playing(
  cluster: Cluster,
  node: TestNode,
  players: readonly PlayerId[],
  mode = "quick",
  tier: string | null = null,
) {
  for (const player of players) await cluster.connect(node, player);
  for (const player of players) assert.equal((await cluster.enqueue(node, player, mode, tier)).ok, true);
  await cluster.pass(200);
  const match = [...node.engine.state.matches.values()].at(-1);
  assert.ok(match);
  for (const player of players) await cluster.submit(node, { type: "match.accept", match: match.id, player });
  return match.id;
}

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

test("[E5] shard time moves although nobody does anything, and deadlines fire on time", async () => {
  const cluster = new Cluster();
  const node = await cluster.start();
  const at = node.engine.state.time;
  await cluster.pass(10_000);
  assert.ok(node.engine.state.time - at >= 9_000, `${node.engine.state.time - at} ms`);
  assert.ok(Math.abs(node.engine.shardTime() - node.engine.state.time) <= engineLimits.aliveEveryMs);
  await playing(cluster, node, ["player_a", "player_b"]);
  for (const player of ["player_c", "player_d"] as const) {
    await cluster.connect(node, player);
    await cluster.enqueue(node, player);
  }
  await cluster.pass(200);
  const match = [...node.engine.state.matches.values()].find(({ phase }) => phase.state === "MATCHED");
  assert.ok(match);
  const { deadline } = match.phase;
  await cluster.pass(deadline - node.engine.shardTime() - 20);
  assert.equal(node.engine.state.matches.has(match.id), true);
  await cluster.pass(60);
  assert.equal(node.engine.state.matches.has(match.id), false);
});

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

test("[E14] a draw depends on secret, epoch, purpose and id", () => {
  const dice = createSecretDice("ab".repeat(32));
  const draws = [
    dice.draw({ epoch: 1, purpose: "text", id: "match_1" }),
    dice.draw({ epoch: 2, purpose: "text", id: "match_1" }),
    dice.draw({ epoch: 1, purpose: "salt", id: "match_1" }),
    dice.draw({ epoch: 1, purpose: "text", id: "match_2" }),
    createSecretDice("cd".repeat(32)).draw({ epoch: 1, purpose: "text", id: "match_1" }),
  ];
  assert.equal(new Set(draws).size, draws.length);
  assert.equal(draws[0], dice.draw({ epoch: 1, purpose: "text", id: "match_1" }));
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

test("[E11] [E12] archive, snapshots and trims keep up, and a restart meets the state that never stopped", async () => {
  const cluster = new Cluster();
  const first = await cluster.start({ name: "a", snapshotEvery: 40 });
  for (let round = 0; round < 6; round += 1) {
    const match = await playing(cluster, first, [`player_${round}a`, `player_${round}b`]);
    await cluster.submit(first, { type: "match.report", match, ranks: [1, 2] });
    assert.equal(first.engine.state.matches.has(match), false);
    await cluster.pass(12_000);
  }
  await assert.rejects(cluster.store.connect().read({ from: 1, limit: 1 }), { code: "TRIMMED" });
  const cursor = await cluster.archive.cursor();
  assert.ok(cursor > first.engine.state.position - 40);
  const events = await cluster.archive.events({ from: { position: 0, index: 0 }, limit: 10_000 });
  const places = events.map(({ position, index }) => position * 1_000 + index);
  assert.deepEqual(
    places,
    [...new Set(places)].sort((a, b) => a - b),
  );
  assert.equal(events.filter(({ type }) => type === "match.settled").length, 6);
  const [settled] = events.filter(({ type }) => type === "match.settled");
  const archived = await cluster.archive.match(settled?.matchId ?? "");
  assert.equal(archived?.match.state, "SETTLED");
  const second = await cluster.start({ name: "b", room: false });
  await cluster.work();
  assert.equal(second.engine.state.position, first.engine.state.position);
  assert.equal(stateHash(second.engine.state), stateHash(first.engine.state));
  assert.deepEqual(first.fatal, []);
});

test("[E15] a snapshot that cannot be stored is reported and left out, and the next one makes up for it", async () => {
  const cluster = new Cluster();
  const line = cluster.store.connect();
  let away = true;
  const log: Log = {
    ...failing(line, async () => "pass"),
    writeSnapshot: async (meta, chunks) => {
      if (away) throw new StoreError("STORE_UNAVAILABLE", "the line was cut");
      return line.writeSnapshot(meta, chunks);
    },
  };
  const node = await cluster.start({ log, snapshotEvery: 20 });
  await cluster.pass(30_000);
  assert.ok(
    node.problems.some((problem) => problem.includes("was left out")),
    node.problems.join(),
  );
  assert.equal(await line.readSnapshot({}), undefined);
  away = false;
  await cluster.pass(30_000);
  assert.notEqual(await line.readSnapshot({}), undefined);
  assert.deepEqual(node.fatal, []);
});

test("[E13] an escrow is asked for under one key until its outcome is known", async () => {
  const cluster = new Cluster();
  const asked: string[] = [];
  const unknown: ChainOutcome = { kind: "unknown", cause: new Error("no answer") };
  const node = await cluster.start({
    chain: {
      openEscrow: async ({ key }) => {
        asked.push(key);
        return asked.length < 3 ? unknown : { kind: "done", txHash: "0xabc" };
      },
      settle: async ({ key }) => {
        asked.push(key);
        return { kind: "done", txHash: "0xdef" };
      },
    },
  });
  const match = await playing(cluster, node, ["player_a", "player_b"], "duel", "low");
  await cluster.pass(4_000);
  assert.deepEqual(asked, [`escrow:${match}`, `escrow:${match}`, `escrow:${match}`]);
  assert.equal(node.engine.state.matches.get(match)?.phase.state, "ACTIVE");
  await cluster.submit(node, { type: "match.abandon", match, player: "player_a" });
  await cluster.pass(500);
  assert.deepEqual(asked.at(-1), `settle:${match}`);
  assert.equal(node.engine.state.players.get("player_b")?.available, 1_080n);
  assert.equal(node.engine.state.effects.size, 0);
});

test("[E13] an escrow that fails for good cancels the match and pays everybody back", async () => {
  const cluster = new Cluster();
  const node = await cluster.start({
    chain: {
      openEscrow: async () => ({ kind: "failed", reason: "frozen" }),
      settle: async () => ({ kind: "done", txHash: null }),
    },
  });
  const match = await playing(cluster, node, ["player_a", "player_b"], "duel", "low");
  await cluster.pass(100);
  assert.equal(node.engine.state.matches.has(match), false);
  const locked = [...node.engine.state.tickets.values()].reduce((sum, { stake }) => sum + stake, 0n);
  const free = [...node.engine.state.players.values()].reduce((sum, { available }) => sum + available, 0n);
  assert.equal(free + locked, 2_000n);
});
