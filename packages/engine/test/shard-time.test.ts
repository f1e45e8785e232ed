import assert from "node:assert/strict";
import { test } from "node:test";
import { engineLimits } from "../src/index.ts";
import { Cluster } from "./cluster.ts";
import { playing } from "./situations.ts";

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
