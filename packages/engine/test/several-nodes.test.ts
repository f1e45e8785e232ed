import assert from "node:assert/strict";
import { test } from "node:test";
import { defineMode, defineRules, type KernelEvent, type NodeKey } from "@matchforge/core";
import type { Log } from "@matchforge/stores";
import { isReplaced } from "../src/node/place-in-shard.ts";
import { Cluster, type TestNode } from "./cluster.ts";
import { failing, playing } from "./situations.ts";

const codesOf = (errors: readonly unknown[]) => errors.map((error) => (error as { code?: string }).code);

test("[E18] the level rises once every node there is can replay it", async () => {
  const cluster = new Cluster();
  const older = await cluster.start({ name: "a", levels: [1] });
  const newer = await cluster.start({ name: "b" });
  await cluster.pass(5_000);
  assert.equal(newer.engine.state.level, 1);
  await cluster.until(older.engine.stop());
  await cluster.pass(6_000);
  assert.equal(newer.engine.state.level, 3);
});

test("[E18] a build that does not know the shard's level does not start", async () => {
  const cluster = new Cluster();
  await cluster.start({ name: "a" });
  await cluster.pass(2_000);
  await assert.rejects(cluster.start({ name: "b", levels: [1] }), {
    code: "LEVEL_NOT_SUPPORTED",
    message: "The shard is at kernel level 3; this node knows 1. Start a build that knows it.",
  });
});

test("[E19] a node with another shard secret does not start", async () => {
  const cluster = new Cluster();
  await cluster.start({ name: "a" });
  await assert.rejects(cluster.start({ name: "b", secret: "cd".repeat(32) }), {
    code: "SECRET_DIFFERS",
    message: /Copy the secret from a node that runs/,
  });
});

test("[E20] of two processes with one name the older one ends", async () => {
  const cluster = new Cluster();
  const older = await cluster.start({ name: "a", boot: "1" });
  const younger = await cluster.start({ name: "a", boot: "2" });
  await cluster.pass(1_000);
  assert.deepEqual([codesOf(older.fatal), younger.fatal], [["NAME_TAKEN"], []]);
});

test("[E20] a process that was cut off ends when it finds that another one has its name", async () => {
  const cluster = new Cluster();
  await cluster.start({ name: "b" });
  let isAway = false;
  const log = failing(cluster.store.connect(), async () => (isAway ? "lost" : "pass"));
  const older = await cluster.start({ name: "a", boot: "1", log });
  isAway = true;
  await cluster.pass(5_000);
  const younger = await cluster.start({ name: "a", boot: "2" });
  isAway = false;
  await cluster.pass(5_000);
  assert.deepEqual([codesOf(older.fatal), younger.fatal], [["NAME_TAKEN"], []]);
  assert.equal(younger.engine.alive, true);
});

test("[E20] whoever is lost with the entry by which another node comes up still has its name", () => {
  const up = (node: NodeKey): KernelEvent => ({ type: "node.up", node, levels: [1], address: null });
  const lost: KernelEvent = { type: "node.lost", node: "a/1" };
  assert.equal(isReplaced("a/1", [lost, up("b/1")]), false);
  assert.equal(isReplaced("a/1", [up("a/1")]), false);
  assert.equal(isReplaced("a/1", [lost, up("a/2")]), true);
  assert.equal(isReplaced("a/1", [up("a/2")]), true);
});

test("[E25] a node that brings other rules than those of the shard says so", async () => {
  const cluster = new Cluster();
  const first = await cluster.start({ name: "a" });
  const same = await cluster.start({ name: "b" });
  const other = await cluster.start({
    name: "c",
    rules: defineRules({ modes: [defineMode({ id: "other" })] }),
  });
  assert.deepEqual([first.problems, same.problems], [[], []]);
  assert.match(other.problems.join(), /^RULES_DIFFER .*Give all nodes the same rules\.$/);
  assert.equal(other.engine.state.rulesVersion, 1);
});

test("[E21] the leader alone stores in the archive, and whoever leads next goes on without a hole", async () => {
  const cluster = new Cluster();
  const first = await cluster.start({ name: "a" });
  const second = await cluster.start({ name: "b" });
  const commit = cluster.archive.commit.bind(cluster.archive);
  let isAway = false;
  cluster.archive.commit = (batch) => (isAway ? new Promise(() => {}) : commit(batch));
  await playing(cluster, first, ["player_a", "player_b"]);
  await cluster.pass(1_000);
  isAway = true;
  await playing(cluster, second, ["player_c", "player_d"]);
  await cluster.until(first.engine.halt());
  isAway = false;
  await cluster.pass(5_000);
  assert.equal(second.engine.leads, true);
  const events = await cluster.archive.events({ from: { position: 0, index: 0 }, limit: 10_000 });
  assert.equal(events.filter(({ type }) => type === "match.created").length, 2);
  assert.ok((await cluster.archive.cursor()) >= second.engine.state.position - 10);
});

/** Changes a node's memory behind everybody's back, as a broken machine would. */
function corrupt({ engine }: TestNode): void {
  for (const { records } of engine.state.players.values())
    for (const record of records) Object.assign(record, { rating: record.rating + 1 });
}

/** Plays a rated match to its end. */
async function play(cluster: Cluster, node: TestNode): Promise<void> {
  const players = ["player_a", "player_b"] as const;
  for (const player of players) await cluster.connect(node, player);
  for (const player of players) await cluster.enqueue(node, player, "ranked");
  await cluster.pass(200);
  const [match] = node.engine.state.matches.keys();
  await cluster.submit(node, { type: "match.report", match: match ?? "match_none", ranks: [1, 2] });
}

test("[E22] a node whose replica is not what the log says stops, and the others go on", async () => {
  const cluster = new Cluster();
  const first = await cluster.start({ name: "a", hashEvery: 20 });
  const second = await cluster.start({ name: "b", hashEvery: 20 });
  await play(cluster, first);
  await cluster.pass(20_000);
  assert.deepEqual([first.fatal, second.fatal], [[], []]);
  corrupt(second);
  await play(cluster, first);
  await cluster.pass(20_000);
  assert.deepEqual(codesOf(second.fatal), ["REPLICA_DIFFERS"]);
  assert.deepEqual(first.fatal, []);
  assert.ok(first.problems.some((problem) => problem.startsWith("REPLICA_DIFFERS")));
});

test("[E23] snapshots are stored by a node that does not lead, and by the leader when it is alone", async () => {
  const cluster = new Cluster();
  const stored: string[] = [];
  const line = (name: string): Log => {
    const log = cluster.store.connect();
    return {
      ...failing(log, async () => "pass"),
      writeSnapshot: (meta, chunks) => {
        stored.push(name);
        return log.writeSnapshot(meta, chunks);
      },
    };
  };
  await cluster.start({ name: "a", log: line("a"), snapshotEvery: 20 });
  await cluster.pass(30_000);
  assert.deepEqual([...new Set(stored)], ["a"]);
  stored.length = 0;
  await cluster.start({ name: "b", log: line("b"), snapshotEvery: 20 });
  await cluster.pass(60_000);
  assert.deepEqual([...new Set(stored)], ["b"]);
});

test("[E23] snapshots are stored also while the log never rests", async () => {
  const cluster = new Cluster();
  const first = await cluster.start({ name: "a", snapshotEvery: 50 });
  await cluster.start({ name: "b", snapshotEvery: 50 });
  for (let entry = 0; entry < 600; entry += 1) {
    void first.engine.submit({ type: "node.alive" });
    await cluster.pass(10);
  }
  const snapshot = await cluster.store.connect().readSnapshot({});
  const { position } = first.engine.state;
  assert.ok(
    snapshot !== undefined && snapshot.meta.position > position - 150,
    `${snapshot?.meta.position} of ${position}`,
  );
});

test("[E24] when the leader drains another node leads at once", async () => {
  const cluster = new Cluster();
  const first = await cluster.start({ name: "a" });
  const second = await cluster.start({ name: "b" });
  await cluster.until(first.engine.stop());
  await cluster.pass(300);
  assert.equal(second.engine.leads, true);
});

test("[E24] when the leader falls silent another leads as soon as that counts as silence", async () => {
  const cluster = new Cluster();
  const first = await cluster.start({ name: "a" });
  const second = await cluster.start({ name: "b" });
  await cluster.pass(1_500);
  await cluster.until(first.engine.halt());
  await cluster.pass(2_300);
  assert.equal(second.engine.leads, true);
});
