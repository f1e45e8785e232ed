import assert from "node:assert/strict";
import { test } from "node:test";
import { active, matched } from "./duels.ts";
import { expectEvent, find, Shard, typesOf } from "./shard.ts";
import { beta, twoNodes, waitWithoutBeta } from "./two-nodes.ts";

test("[K16] a node that is unknown, lost or was replaced appends nothing that counts", () => {
  const shard = twoNodes();
  shard.refuses(
    { type: "player.connected", player: "player_eve", node: shard.node, guest: false },
    "NODE_NOT_FOUND",
    "eve/1",
  );
  shard.refuses({ type: "node.alive" }, "NODE_NOT_FOUND", "eve/1");
  waitWithoutBeta(shard, 3_000);
  shard.refuses({ type: "node.alive" }, "NODE_NOT_FOUND", beta);
  shard.apply({ type: "node.up", levels: [1] }, "beta/2");
  shard.apply({ type: "node.up", levels: [1] }, "beta/3");
  shard.refuses({ type: "node.lead" }, "NODE_NOT_FOUND", "beta/2");
});

test("[K16] nobody connects to a node that is not there", () => {
  const shard = Shard.started();
  shard.refuses(
    { type: "player.connected", player: "player_ada", node: beta, guest: false },
    "NODE_NOT_FOUND",
  );
});

test("[K17] a new run of a node replaces the earlier one, whose players are cut off", () => {
  const shard = twoNodes();
  const ada = shard.connect("ada", { node: beta });
  const events = shard.apply({ type: "node.up", levels: [1] }, "beta/2");
  assert.deepEqual(typesOf(events), ["node.orphaned", "node.lost", "node.up"]);
  assert.deepEqual(expectEvent(events, "node.orphaned").players, [ada]);
  assert.deepEqual([...shard.state.nodes.keys()], [shard.node, "beta/2"]);
  assert.equal(shard.player(ada).epoch, 0);
});

test("[K17] the same run does not come up twice", () => {
  const shard = Shard.started();
  shard.refuses({ type: "node.up", levels: [1] }, "INVALID_STATE");
});

test("[K17] a build that cannot replay the level does not come up", () => {
  const shard = Shard.started();
  shard.refuses({ type: "node.up", levels: [2, 3] }, "LEVEL_NOT_SUPPORTED", beta);
});

test("[K18] a node that is silent for 3 s is lost", () => {
  const shard = twoNodes();
  assert.equal(find(waitWithoutBeta(shard, 2_999), "node.lost"), undefined);
  assert.equal(expectEvent(waitWithoutBeta(shard, 1), "node.lost").node, beta);
});

test("[K18] any entry keeps a node alive, a refused one too", () => {
  const shard = twoNodes();
  for (let time = 0; time < 10; time += 1) {
    waitWithoutBeta(shard, 2_000);
    shard.apply({ type: "ticket.cancel", player: "player_nobody" }, beta);
  }
  assert.ok(shard.state.nodes.has(beta));
});

test("[K19] the first to lead wins, and the position of that entry is the term", () => {
  const shard = new Shard();
  shard.apply({ type: "node.up", levels: [1] });
  shard.apply({ type: "node.up", levels: [1] }, beta);
  assert.deepEqual(shard.apply({ type: "node.lead" }, beta), [{ type: "node.led", node: beta, term: 3 }]);
  shard.refuses({ type: "node.lead" }, "INVALID_STATE");
  assert.deepEqual([shard.state.leader, shard.state.term], [beta, 3]);
});

test("[K19] a leader that is silent for 2 s can be replaced", () => {
  const shard = twoNodes();
  shard.wait(1_999, [beta]);
  shard.refuses({ type: "node.lead" }, "INVALID_STATE", beta);
  shard.wait(1, [beta]);
  assert.equal(expectEvent(shard.apply({ type: "node.lead" }, beta), "node.led").node, beta);
});

test("[K19] a leader that is lost or draining can be replaced at once", () => {
  const drained = twoNodes();
  drained.apply({ type: "node.draining" });
  assert.ok(find(drained.apply({ type: "node.lead" }, beta), "node.led"));
  const lost = twoNodes();
  lost.wait(3_000, [beta]);
  assert.equal(lost.state.leader, null);
  assert.ok(find(lost.apply({ type: "node.lead" }, beta), "node.led"));
});

test("[K21] a draining node does not lead", () => {
  const shard = twoNodes();
  shard.apply({ type: "node.draining" }, beta);
  shard.wait(3_000, [beta]);
  shard.refuses({ type: "node.lead" }, "INVALID_STATE", beta);
});

test("[K20] a leader's commands carry its term", () => {
  const shard = twoNodes();
  const old = shard.state.term;
  shard.wait(2_000, [beta]);
  shard.apply({ type: "node.lead" }, beta);
  shard.refuses({ type: "epoch.open", term: old, number: 2, hash: "0".repeat(64) }, "STALE_TERM", beta);
  shard.refuses({ type: "epoch.reveal", term: old, number: 1, secret: "secret 1" }, "STALE_TERM", beta);
  shard.refuses({ type: "kernel.level", term: old, level: 2 }, "STALE_TERM", beta);
  const tickets = ["ada", "bob"].map((name) => shard.enqueue(shard.connect(name, { node: beta }), "arena"));
  shard.refuses(
    { ...shard.proposeCommand([[tickets[0]], [tickets[1]]], "arena"), term: old },
    "STALE_TERM",
    beta,
  );
});

test("[K27] an older connection's late end touches nothing", () => {
  const duel = matched();
  const { shard, ada } = duel;
  const { epoch } = shard.player(ada);
  shard.connect("ada");
  shard.refuses({ type: "player.disconnected", player: ada, epoch }, "STALE_EPOCH");
  shard.refuses({ type: "player.disconnected", player: "player_nobody", epoch: 1 }, "PLAYER_NOT_FOUND");
});

test("[K26] the level rises only to one that this build and every node supports", () => {
  const shard = twoNodes();
  for (const level of [0, 1, 2, 3, Number.NaN]) {
    shard.refuses({ type: "kernel.level", term: shard.state.term, level }, "LEVEL_NOT_SUPPORTED");
  }
});

test("[K26] the level rises for all at once", () => {
  const shard = twoNodes();
  Object.assign(shard.state, { level: 0 });
  const events = shard.apply({ type: "kernel.level", term: shard.state.term, level: 1 });
  assert.deepEqual(events, [{ type: "kernel.level", level: 1 }]);
  assert.equal(shard.state.level, 1);
});

test("[K27] who is away cannot leave again and so gain time", () => {
  const { shard, match, ada } = active();
  shard.disconnect(ada);
  const { absentUntil } = shard.match(match).players[0];
  shard.wait(10_000);
  shard.refuses({ type: "player.disconnected", player: ada, epoch: 0 }, "STALE_EPOCH");
  assert.equal(shard.match(match).players[0].absentUntil, absentUntil);
});
