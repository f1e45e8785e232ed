import assert from "node:assert/strict";
import { test } from "node:test";
import type { NodeKey } from "../../src/index.ts";
import { accept, active, matched, ready } from "./duels.ts";
import { expectEvent, find, Shard, typesOf } from "./shard.ts";

const beta: NodeKey = "beta/1";

/** A shard with a second node, and nobody on it. */
function twoNodes(): Shard {
  const shard = Shard.started();
  shard.apply({ type: "node.up", levels: [1] }, beta);
  return shard;
}

/** Only the first node says that it is alive. */
function waitWithoutBeta(shard: Shard, ms: number) {
  return shard.wait(ms, [shard.node]);
}

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

/** Two players in a match, the second on a node of its own. */
function apart(mode = "duel") {
  const shard = twoNodes();
  shard.connect("bob", { node: beta });
  const bob = shard.enqueue("player_bob", mode);
  const ada = shard.enqueue(shard.connect("ada"), mode);
  const match = shard.propose([[ada], [bob]], mode === "duel" ? "duel:bronze" : mode);
  return { shard, ada: "player_ada", bob: "player_bob", tickets: [ada, bob], match } as const;
}

test("[K22] a waiting ticket of a lost node's player lives 45 s", () => {
  const shard = twoNodes();
  const ada = shard.connect("ada", { node: beta });
  shard.enqueue(ada, "arena");
  waitWithoutBeta(shard, 3_000);
  assert.equal(find(waitWithoutBeta(shard, 44_999), "ticket.ended"), undefined);
  assert.ok(find(waitWithoutBeta(shard, 1), "ticket.ended"));
});

test("[K22] a lost node cancels no ready check but gives 30 s more", () => {
  const duel = apart();
  const { shard, match, ada, bob } = duel;
  const { deadline } = shard.match(match).phase;
  const events = waitWithoutBeta(shard, 3_000);
  assert.deepEqual(expectEvent(events, "node.orphaned").matches, [match]);
  assert.equal(shard.match(match).phase.deadline, deadline + 30_000);
  assert.equal(find(waitWithoutBeta(shard, 30_000), "match.cancelled"), undefined);
  shard.connect("bob");
  accept(duel, ada);
  assert.ok(find(accept(duel, bob), "match.preparing"));
});

test("[K22] a countdown waits 30 s more for the player of a draining node", () => {
  const duel = ready(apart());
  const { shard, match } = duel;
  shard.apply({ type: "node.draining" }, beta);
  assert.equal(find(shard.wait(34_999), "match.cancelled"), undefined);
  assert.equal(shard.stateOf(match), "READY");
  shard.connect("bob");
  assert.ok(find(shard.wait(1), "match.beginning"));
});

test("[K22] in play the player of a lost node has 60 s to return, and the game lasts longer", () => {
  const duel = active(apart());
  const { shard, match, node } = { ...duel, node: duel.shard.node };
  const { deadline } = shard.match(match).phase;
  waitWithoutBeta(shard, 3_000);
  assert.equal(shard.match(match).phase.deadline, deadline + 30_000);
  assert.equal(shard.match(match).players[1].absentUntil, shard.state.time + 60_000);
  waitWithoutBeta(shard, 59_000);
  const back = shard.apply({ type: "player.connected", player: duel.bob, node, guest: false });
  assert.equal(expectEvent(back, "player.connected").backIn, match);
  assert.equal(shard.match(match).players[1].absentUntil, Number.POSITIVE_INFINITY);
});

test("[K23] cooldowns given to a node's players since its last entry are revoked when it is lost", () => {
  const duel = apart("arena");
  const { shard, ada, bob, match } = duel;
  shard.apply({ type: "match.notified", match, player: bob });
  accept(duel, ada);
  shard.wait(12_500);
  waitWithoutBeta(shard, 2_500);
  assert.equal(shard.player(bob).offences.length, 1);
  waitWithoutBeta(shard, 1_000);
  assert.deepEqual(shard.player(bob).offences, []);
});

test("[K23] cooldowns from before the node's last entry stay", () => {
  const duel = apart("arena");
  const { shard, bob, match } = duel;
  shard.apply({ type: "match.decline", match, player: bob });
  shard.wait(1_000);
  waitWithoutBeta(shard, 3_000);
  assert.equal(shard.player(bob).offences.length, 1);
});

test("[K24] a match whose player a lost node cut off for good is void, not forfeited", () => {
  const { shard, match } = active(apart());
  waitWithoutBeta(shard, 3_000);
  const events = waitWithoutBeta(shard, 60_000);
  assert.equal(expectEvent(events, "match.voided").match, match);
  assert.equal(find(events, "match.forfeited"), undefined);
});

test("[K24] who came back and leaves again forfeits as usual", () => {
  const duel = active(apart());
  const { shard, bob } = duel;
  waitWithoutBeta(shard, 3_000);
  shard.connect("bob");
  shard.disconnect(bob);
  assert.equal(expectEvent(waitWithoutBeta(shard, 30_000), "match.forfeited").player, bob);
});

test("[K25] nobody is blamed for an absence that a fault of ours began", () => {
  const late = apart("arena");
  accept(late, late.ada);
  late.shard.apply({ type: "match.notified", match: late.match, player: late.bob });
  waitWithoutBeta(late.shard, 3_000);
  const unanswered = expectEvent(waitWithoutBeta(late.shard, 60_000), "match.cancelled");
  assert.deepEqual([unanswered.reason, unanswered.offenders], ["ready_timeout", []]);
  const away = ready(apart());
  away.shard.apply({ type: "node.draining" }, beta);
  const absent = expectEvent(away.shard.wait(35_000), "match.cancelled");
  assert.deepEqual([absent.reason, absent.offenders], ["absent", []]);
});

test("[K25] a decline is a decline, whatever happened to the node", () => {
  const { shard, bob, match } = apart("arena");
  shard.apply({ type: "node.draining" }, beta);
  const cancelled = expectEvent(
    shard.apply({ type: "match.decline", match, player: bob }),
    "match.cancelled",
  );
  assert.deepEqual(
    cancelled.offenders.map(({ player }) => player),
    [bob],
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
