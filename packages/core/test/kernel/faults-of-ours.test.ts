import assert from "node:assert/strict";
import { test } from "node:test";
import { brokenInvariants, type NodeKey } from "../../src/index.ts";
import { accept, active, finish, ready } from "./duels.ts";
import { expectEvent, find } from "./shard.ts";
import { beta, twoNodes, waitWithoutBeta } from "./two-nodes.ts";

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

test("[K22] in play whoever is cut off a third time has 60 s to return as well", () => {
  const duel = active(apart());
  const { shard, bob, match } = duel;
  for (let boot = 2; boot <= 4; boot += 1) {
    const node: NodeKey = `beta/${boot}`;
    shard.apply({ type: "node.up", levels: [1] }, node);
    assert.equal(shard.match(match).players[1].absentUntil, shard.state.time + 60_000);
    assert.deepEqual(brokenInvariants(shard.state), []);
    shard.apply({ type: "player.connected", player: bob, node, guest: false });
  }
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

test("[K22] a ticket that returns to waiting without a lost node's player lives 45 s", () => {
  const duel = apart("arena");
  const { shard, ada, bob, match, tickets } = duel;
  accept(duel, bob);
  waitWithoutBeta(shard, 3_000);
  shard.apply({ type: "match.decline", match, player: ada });
  assert.equal(shard.ticket(tickets[1]).state, "waiting");
  assert.equal(find(waitWithoutBeta(shard, 44_999), "ticket.ended"), undefined);
  assert.equal(expectEvent(waitWithoutBeta(shard, 1), "ticket.ended").ticket, tickets[1]);
});

test("[K22] nodes that come and go move the deadline of a match twice and not again", () => {
  const { shard, bob, match } = apart("arena");
  const { deadline } = shard.match(match).phase;
  for (let boot = 2; boot <= 9; boot += 1) {
    const node: NodeKey = `beta/${boot}`;
    shard.apply({ type: "node.up", levels: [1] }, node);
    shard.apply({ type: "player.connected", player: bob, node, guest: false });
  }
  assert.equal(shard.match(match).phase.deadline, deadline + 60_000);
});

test("[K23] a cooldown of the time of our fault goes, also of who is back elsewhere before the node is lost", () => {
  const duel = apart("arena");
  const { shard, ada, bob, match } = duel;
  shard.apply({ type: "match.notified", match, player: bob });
  accept(duel, ada);
  shard.wait(14_000);
  waitWithoutBeta(shard, 2_000);
  assert.equal(shard.player(bob).offences.length, 1);
  shard.connect("bob");
  const { players, excused } = expectEvent(waitWithoutBeta(shard, 1_000), "node.orphaned");
  assert.deepEqual([players, excused], [[], [bob]]);
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

test("[K24] a typed game is void that somebody would lose while we keep them away", () => {
  const duel = active(apart());
  const { shard, ada, match } = duel;
  waitWithoutBeta(shard, 3_000);
  const events = finish(duel, ada);
  assert.equal(expectEvent(events, "match.voided").match, match);
  assert.equal(find(events, "match.resolved"), undefined);
});

test("[K24] who gives up while we keep the other away has lost", () => {
  const duel = active(apart());
  const { shard, ada, bob, match } = duel;
  waitWithoutBeta(shard, 3_000);
  const events = shard.apply({ type: "match.abandon", match, player: ada });
  assert.deepEqual(expectEvent(events, "match.resolved").result.winners, [bob]);
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
