import assert from "node:assert/strict";
import { test } from "node:test";
import { type State, stateHash } from "@matchforge/core";
import { type Log, StoreError } from "@matchforge/stores";
import { Cluster } from "./cluster.ts";
import { failing, playing } from "./situations.ts";

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

test("[E12] a node starts from no snapshot that is ahead of what the archive holds", async () => {
  const cluster = new Cluster();
  await cluster.start({ name: "a", snapshotEvery: 20 });
  await cluster.pass(70_000);
  const newest = await cluster.store.connect().readSnapshot({});
  const older = await cluster.store.connect().readSnapshot({ atMost: (newest?.meta.position ?? 0) - 1 });
  assert.ok(newest !== undefined && older !== undefined);
  const restored: number[] = [];
  const onRestored = ({ position }: State) => restored.push(position);
  await cluster.start({ name: "b", room: false, snapshotAtMost: newest.meta.position - 1, onRestored });
  assert.deepEqual(restored, [older.meta.position]);
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

test("[E11] a match made after the last snapshot is archived whole, although the node was killed meanwhile", async () => {
  const cluster = new Cluster();
  const first = await cluster.start({ name: "a", boot: "1" });
  const match = await playing(cluster, first, ["player_a", "player_b"]);
  await cluster.pass(1_000);
  assert.ok((await cluster.archive.match(match)) !== undefined, "the archive knows it by now");
  await cluster.until(first.engine.halt());
  const second = await cluster.start({ name: "a", boot: "2" });
  await cluster.submit(second, { type: "match.report", match, ranks: [1, 2] });
  await cluster.pass(1_000);
  assert.equal((await cluster.archive.match(match))?.match.state, "SETTLED");
});
