import assert from "node:assert/strict";
import { test } from "node:test";
import { queuedCrew } from "./crews.ts";
import { accept, matched } from "./duels.ts";
import { changedRules, duel, pairs, siege } from "./modes.ts";
import { expectEvent, Shard, typesOf } from "./shard.ts";

test("[T16] a waiting ticket lives 15 s without its player, in its place", () => {
  const shard = Shard.started();
  const ada = shard.connect("ada");
  const bob = shard.connect("bob");
  const tickets = [shard.enqueue(ada, "arena"), shard.enqueue(bob, "arena")];
  shard.disconnect(ada);
  assert.deepEqual(shard.queue("arena"), tickets);
  assert.equal(typesOf(shard.wait(14_999)).includes("ticket.ended"), false);
  const ended = expectEvent(shard.wait(1), "ticket.ended");
  assert.deepEqual(ended, {
    type: "ticket.ended",
    ticket: tickets[0],
    players: [ada],
    reason: "disconnected",
  });
  assert.deepEqual(shard.queue("arena"), [tickets[1]]);
});

test("[T16] a player who is back in time keeps place and age", () => {
  const shard = Shard.started();
  const ada = shard.connect("ada");
  const ticket = shard.enqueue(ada, "arena");
  const { enqueuedAt } = shard.ticket(ticket);
  shard.disconnect(ada);
  shard.wait(14_000);
  shard.connect("ada");
  shard.wait(60_000);
  assert.equal(shard.ticket(ticket).enqueuedAt, enqueuedAt);
});

test("[T17] a party's clock runs until every member is there", () => {
  const shard = Shard.started();
  const ada = shard.connect("ada");
  const bob = shard.connect("bob");
  const ticket = shard.enqueue(ada, "pairs", { members: [ada, bob] });
  shard.disconnect(ada);
  shard.disconnect(bob);
  shard.wait(10_000);
  shard.connect("ada");
  assert.equal(expectEvent(shard.wait(5_000), "ticket.ended").ticket, ticket);
  assert.equal(shard.player(ada).ticket, null);
});

test("[T18] any member takes the ticket back", () => {
  const shard = Shard.started();
  const ada = shard.connect("ada");
  const bob = shard.connect("bob");
  const ticket = shard.enqueue(ada, "pairs", { members: [ada, bob] });
  const ended = expectEvent(shard.apply({ type: "ticket.cancel", player: bob }), "ticket.ended");
  assert.deepEqual([ended.ticket, ended.reason, ended.players], [ticket, "cancelled", [ada, bob]]);
  assert.deepEqual([shard.player(ada).ticket, shard.player(bob).ticket], [null, null]);
  assert.deepEqual(shard.queue("pairs:bronze"), []);
});

test("[T18] only a waiting ticket can be taken back", () => {
  const { shard, ada } = matched();
  shard.refuses({ type: "ticket.cancel", player: "player_nobody" }, "PLAYER_NOT_FOUND");
  shard.refuses({ type: "ticket.cancel", player: shard.connect("eve") }, "NOT_IN_QUEUE");
  shard.refuses({ type: "ticket.cancel", player: ada }, "INVALID_STATE");
});

test("[T19] a matched ticket stands in no pool", () => {
  const shard = Shard.started();
  const pools = [
    { mode: "arena", tier: null },
    { mode: "quick", tier: null },
  ];
  const tickets = ["ada", "bob"].map((name) => shard.enqueue(shard.connect(name), "arena", { pools }));
  shard.propose([[tickets[0]], [tickets[1]]], "arena");
  assert.deepEqual([shard.queue("arena"), shard.queue("quick")], [[], []]);
  assert.equal(shard.ticket(tickets[0]).state, "matched");
});

test("[T20] a requeued ticket stands before all others, in all its pools, as old as it was", () => {
  const shard = Shard.started();
  const pools = [
    { mode: "arena", tier: null },
    { mode: "hidden", tier: null },
  ];
  const eve = shard.enqueue(shard.connect("eve"), "arena", { pools });
  shard.wait(5_000);
  const duel = matched("arena", shard);
  const other = shard.enqueue(shard.connect("cyd"), "arena");
  const { enqueuedAt } = shard.ticket(duel.tickets[0]);
  shard.wait(3_000);
  shard.apply({ type: "match.decline", match: duel.match, player: duel.bob });
  assert.deepEqual(shard.queue("arena"), [duel.tickets[0], eve, other]);
  assert.equal(shard.ticket(duel.tickets[0]).enqueuedAt, enqueuedAt);
  assert.equal(shard.ticket(duel.tickets[0]).endAt, enqueuedAt + 300_000);
});

test("[T20] two requeued tickets stand in the order of their age", () => {
  const shard = Shard.started();
  const early = shard.enqueue(shard.connect("early"), "arena");
  shard.wait(4_000);
  const duel = matched("arena", shard);
  const late = shard.enqueue(shard.connect("late"), "arena");
  const second = shard.propose([[early], [late]], "arena");
  shard.apply({ type: "match.decline", match: duel.match, player: duel.bob });
  shard.apply({ type: "match.decline", match: second, player: "player_late" });
  assert.deepEqual(shard.queue("arena"), [early, duel.tickets[0]]);
});

test("[T21] a ticket that returns while its player is away lives 15 s more", () => {
  const duel = matched();
  const { shard, ada, bob, match, tickets } = duel;
  accept(duel, ada);
  shard.disconnect(ada);
  shard.apply({ type: "match.decline", match, player: bob });
  assert.equal(shard.ticket(tickets[0]).absentUntil, shard.state.time + 15_000);
  assert.equal(expectEvent(shard.wait(15_000), "ticket.ended").reason, "disconnected");
});

test("[T22] a ticket ends once and all its players are free", () => {
  const duel = matched();
  const { shard, ada, bob, match, tickets } = duel;
  const cancelled = expectEvent(
    shard.apply({ type: "match.decline", match, player: bob }),
    "match.cancelled",
  );
  assert.deepEqual(cancelled.fates, [
    { ticket: tickets[0], players: [ada], ended: null },
    { ticket: tickets[1], players: [bob], ended: "declined" },
  ]);
  assert.equal(shard.state.tickets.has(tickets[1]), false);
  assert.deepEqual([shard.player(bob).ticket, shard.player(bob).match], [null, null]);
});

for (const [what, change] of Object.entries({
  "the mode": { duel: null },
  "the tier": { duel: { stakes: [{ tier: "gold", stake: "305" }] } },
  "the tier's stake": { duel: { stakes: [{ tier: "bronze", stake: "60" }] } },
  "the mode for now": { duel: { enabled: false } },
  "the mode while it is not ready": { duel: { available: false } },
})) {
  test(`[T23] tickets end when new rules remove ${what}; others stay`, () => {
    const shard = Shard.started();
    const ada = shard.connect("ada");
    const gone = shard.enqueue(ada, "duel");
    const kept = shard.enqueue(shard.connect("bob"), "arena");
    const events = shard.apply({ type: "rules.configure", rules: changedRules(change) });
    const ended = expectEvent(events, "ticket.ended");
    assert.deepEqual([ended.ticket, ended.reason], [gone, "mode_removed"]);
    assert.equal(shard.player(ada).available, 1_000n);
    assert.deepEqual(shard.queue("arena"), [kept]);
  });

  test(`[T23] a ticket does not return to waiting once new rules removed ${what}`, () => {
    const { shard, ada, bob, match, tickets } = matched();
    shard.apply({ type: "rules.configure", rules: changedRules(change) });
    const events = shard.apply({ type: "match.decline", match, player: bob });
    const { fates, offenders } = expectEvent(events, "match.cancelled");
    assert.deepEqual(fates[0], { ticket: tickets[0], players: [ada], ended: "mode_removed" });
    assert.deepEqual(
      offenders.map(({ player }) => player),
      [bob],
    );
    assert.equal(shard.player(ada).available, 1_000n);
  });
}

const round = { playersMin: 2, playersMax: 4, registrationMs: 60_000, extensionMs: 0 };

for (const [what, change] of Object.entries({
  "its size": { pairs: { teams: [1, 1] } },
  parties: { pairs: { partySizeMax: 1 } },
  teams: { pairs: { round } },
  "a region it reaches": {
    pairs: {
      search: { ...pairs.search, regions: { names: ["eu"], latencyMax: [{ afterMs: 0, latencyMs: 80 }] } },
    },
  },
})) {
  test(`[T23] a party's ticket ends when new rules have no place for ${what}`, () => {
    const shard = Shard.started();
    const members = [shard.connect("ada"), shard.connect("bob")];
    const wishes = { latencies: [{ region: "us", latencyMs: 20 }] };
    const ticket = shard.enqueue(members[0], "pairs", { members, wishes });
    const events = shard.apply({ type: "rules.configure", rules: changedRules(change) });
    const ended = expectEvent(events, "ticket.ended");
    assert.deepEqual([ended.ticket, ended.reason], [ticket, "mode_removed"]);
    assert.equal(shard.player(members[1]).ticket, null);
  });
}

test("[T23] a ticket for nothing ends when its mode is played for stakes", () => {
  const shard = Shard.started();
  const ticket = shard.enqueue(shard.connect("ada"), "arena");
  const change = { arena: { stakes: duel.stakes, requires: duel.requires } };
  const ended = expectEvent(
    shard.apply({ type: "rules.configure", rules: changedRules(change) }),
    "ticket.ended",
  );
  assert.deepEqual([ended.ticket, ended.reason], [ticket, "mode_removed"]);
});

test("[T23] a crew's ticket ends when sides do not queue whole any more", () => {
  const { shard, ticket } = queuedCrew(["ada", "bob", "cyd"]);
  const change = { siege: { search: { ...siege.search, sideDifferenceMax: undefined } } };
  const ended = expectEvent(
    shard.apply({ type: "rules.configure", rules: changedRules(change) }),
    "ticket.ended",
  );
  assert.deepEqual([ended.ticket, ended.reason], [ticket, "mode_removed"]);
});
