import assert from "node:assert/strict";
import { test } from "node:test";
import type { KernelEvent, NodeHash, NodeKey } from "../../src/index.ts";
import { expectEvent, find, Shard, typesOf } from "./shard.ts";

const beta: NodeKey = "beta/1";

/** Two nodes at a level. */
function twoNodes(level = 2): Shard {
  const shard = Shard.started();
  shard.apply({ type: "node.up", levels: [1, 2], address: "10.0.0.2:7001" }, beta);
  if (level === 2) shard.apply({ type: "kernel.level", term: shard.state.term, level });
  return shard;
}

function claim(shard: Shard, node: NodeKey, change: Partial<NodeHash> = {}): readonly KernelEvent[] {
  const said = { of: "events", position: 1_000, hash: "aa", replayed: false, ...change } as const;
  return shard.apply({ type: "node.hash", ...said }, node);
}

test("[K48] a node says where others reach it", () => {
  const shard = twoNodes();
  assert.equal(shard.state.nodes.get(beta)?.address, "10.0.0.2:7001");
  assert.equal(shard.state.nodes.get(shard.node)?.address, null);
});

test("[K49] nodes that claim the same are left alone, also about other positions and other things", () => {
  const shard = twoNodes();
  claim(shard, shard.node);
  assert.deepEqual(typesOf(claim(shard, beta)), ["node.hashed"]);
  assert.deepEqual(typesOf(claim(shard, beta, { of: "state", hash: "bb" })), ["node.hashed"]);
  assert.deepEqual(typesOf(claim(shard, beta, { position: 2_000, hash: "cc" })), ["node.hashed"]);
});

test("[K49] nodes that differ are named", () => {
  const shard = twoNodes();
  claim(shard, shard.node);
  const differs = expectEvent(claim(shard, beta, { hash: "bb" }), "node.differs");
  assert.deepEqual(differs, {
    type: "node.differs",
    of: "events",
    position: 1_000,
    nodes: [shard.node, beta],
  });
});

test("[K50] whoever still differs after reading again raises an alarm; one of them alone does not", () => {
  const shard = twoNodes();
  claim(shard, shard.node);
  claim(shard, beta, { hash: "bb" });
  assert.deepEqual(typesOf(claim(shard, beta, { hash: "bb", replayed: true })), ["node.hashed"]);
  const violation = expectEvent(claim(shard, shard.node, { replayed: true }), "violation");
  assert.equal(violation.code, "REPLICAS_DISAGREE");
  assert.match(violation.detail, /beta\/1 and .* differ in events at 1000/);
});

test("[K50] who agrees after reading again raises none", () => {
  const shard = twoNodes();
  claim(shard, shard.node);
  claim(shard, beta, { hash: "bb" });
  claim(shard, beta, { replayed: true });
  assert.equal(find(claim(shard, shard.node, { replayed: true }), "violation"), undefined);
});

test("[K51] at the first level nodes do not compare", () => {
  const shard = twoNodes(1);
  const said = { of: "events", position: 1_000, hash: "aa", replayed: false } as const;
  shard.refuses({ type: "node.hash", ...said }, "LEVEL_NOT_SUPPORTED", beta);
});
