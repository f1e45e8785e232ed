import assert from "node:assert/strict";
import { test } from "node:test";
import type { KernelEvent, PlayerId } from "../../src/index.ts";
import { accept, type Duel, done, matched, preparing, ready } from "./duels.ts";
import { expectEvent, find, Shard } from "./shard.ts";

function notify({ shard, match }: Duel, player: PlayerId): KernelEvent[] {
  return shard.apply({ type: "match.notified", match, player });
}

test("[M6] a match of a mode with a ready check waits until everyone has accepted", () => {
  const duel = matched();
  const first = expectEvent(accept(duel, duel.ada), "match.accepted");
  assert.deepEqual([first.ready, first.total], [1, 2]);
  assert.equal(duel.shard.stateOf(duel.match), "MATCHED");
  assert.ok(find(accept(duel, duel.bob), "match.preparing"));
});

test("[M6] accepting twice counts once", () => {
  const duel = matched();
  accept(duel, duel.ada);
  assert.deepEqual(accept(duel, duel.ada), []);
  assert.equal(duel.shard.stateOf(duel.match), "MATCHED");
});

test("[M7] at the deadline only who accepted returns to waiting", () => {
  const duel = matched();
  const { shard, ada, bob, tickets } = duel;
  notify(duel, bob);
  accept(duel, ada);
  assert.equal(find(shard.wait(14_999), "match.cancelled"), undefined);
  const cancelled = expectEvent(shard.wait(1), "match.cancelled");
  assert.equal(cancelled.reason, "ready_timeout");
  assert.deepEqual(cancelled.fates, [
    { ticket: tickets[0], players: [ada], ended: null },
    { ticket: tickets[1], players: [bob], ended: "ready_timeout" },
  ]);
  assert.deepEqual(
    cancelled.offenders.map(({ player }) => player),
    [bob],
  );
  assert.deepEqual(shard.queue("duel:bronze"), [tickets[0]]);
  assert.deepEqual([shard.player(ada).match, shard.player(ada).ticket], [null, tickets[0]]);
});

test("[M7] when nobody accepts nobody returns", () => {
  const duel = matched();
  const { shard, ada, bob } = duel;
  notify(duel, ada);
  notify(duel, bob);
  const cancelled = expectEvent(shard.wait(15_000), "match.cancelled");
  assert.deepEqual(
    cancelled.fates.map(({ ended }) => ended),
    ["ready_timeout", "ready_timeout"],
  );
  assert.deepEqual(shard.queue("duel:bronze"), []);
  assert.deepEqual([shard.player(ada).available, shard.player(bob).available], [1_000n, 1_000n]);
});

test("[M8] an acceptance at the deadline comes too late", () => {
  const duel = matched();
  accept(duel, duel.ada);
  duel.shard.wait(14_000);
  duel.shard.at += 1_000;
  const events = accept(duel, duel.bob);
  assert.deepEqual(
    events.map((event) => (event.type === "refused" ? event.code : event.type)),
    ["match.cancelled", "MATCH_NOT_FOUND"],
  );
});

test("[M9] whoever declines ends the own ticket, the others return", () => {
  const { shard, ada, bob, match, tickets } = matched();
  const cancelled = expectEvent(
    shard.apply({ type: "match.decline", match, player: ada }),
    "match.cancelled",
  );
  assert.equal(cancelled.reason, "declined");
  assert.deepEqual(
    cancelled.fates.map(({ ended }) => ended),
    ["declined", null],
  );
  assert.deepEqual(shard.queue("duel:bronze"), [tickets[1]]);
  assert.equal(shard.player(bob).ticket, tickets[1]);
});

test("[M10] a party loses its ticket with the member at fault, but only that member is blamed", () => {
  const shard = Shard.started();
  const players = ["ada", "bob", "cyd", "dan"].map((name) => shard.connect(name));
  const left = shard.enqueue(players[0], "pairs", { members: players.slice(0, 2) });
  const right = shard.enqueue(players[2], "pairs", { members: players.slice(2) });
  const match = shard.propose([[left], [right]], "pairs:bronze");
  const cancelled = expectEvent(
    shard.apply({ type: "match.decline", match, player: players[1] }),
    "match.cancelled",
  );
  assert.deepEqual(cancelled.fates, [
    { ticket: left, players: players.slice(0, 2), ended: "declined" },
    { ticket: right, players: players.slice(2), ended: null },
  ]);
  assert.deepEqual(
    cancelled.offenders.map(({ player }) => player),
    [players[1]],
  );
  assert.deepEqual(shard.player(players[0]).offences, []);
});

function declineAgain(shard: Shard): number {
  const duel = matched("arena", shard);
  const { offenders } = expectEvent(
    shard.apply({ type: "match.decline", match: duel.match, player: duel.bob }),
    "match.cancelled",
  );
  shard.apply({ type: "ticket.cancel", player: duel.ada });
  return offenders[0].cooldownUntil - shard.state.time;
}

test("[M11] cooldowns grow with the offences of 24 hours: none, 30 s, 2 min, 10 min and no more", () => {
  const shard = Shard.started();
  const cooldowns = [];
  for (let offence = 0; offence < 5; offence += 1) {
    cooldowns.push(declineAgain(shard));
    shard.wait(cooldowns[offence]);
  }
  assert.deepEqual(cooldowns, [0, 30_000, 120_000, 600_000, 600_000]);
});

test("[M11] an offence no longer counts after 24 hours", () => {
  const shard = Shard.started({ ...Shard.started().state.rules.get(1)!, maxStepMs: null });
  declineAgain(shard);
  shard.at += 86_400_000 - 2_000;
  assert.equal(declineAgain(shard), 0);
});

test("[T10] a player with a cooldown is refused until its end, in that mode only", () => {
  const shard = Shard.started();
  declineAgain(shard);
  declineAgain(shard);
  const { time } = shard.state;
  const command = shard.enqueueCommand("player_bob", "arena");
  assert.equal(expectEvent(shard.apply(command), "refused").until, time + 30_000);
  shard.refuses(command, "COOLDOWN");
  const elsewhere = shard.enqueue("player_bob", "quick");
  shard.apply({ type: "ticket.cancel", player: "player_bob" });
  shard.wait(29_999);
  shard.refuses(command, "COOLDOWN");
  shard.wait(1);
  assert.notEqual(shard.enqueue("player_bob", "arena"), elsewhere);
});

test("[M12] a no-show whose client never confirmed the match is not blamed", () => {
  const duel = matched();
  const { shard, bob } = duel;
  accept(duel, duel.ada);
  const cancelled = expectEvent(shard.wait(15_000), "match.cancelled");
  assert.deepEqual(cancelled.undelivered, [bob]);
  assert.deepEqual(cancelled.offenders, []);
  assert.equal(cancelled.fates[1].ended, "not_delivered");
});

test("[M12] that excuse holds three times a day", () => {
  const shard = Shard.started();
  const endings = [];
  for (let time = 0; time < 4; time += 1) {
    const duel = matched("arena", shard);
    accept(duel, duel.ada);
    endings.push(expectEvent(shard.wait(15_000), "match.cancelled").fates[1].ended);
    shard.apply({ type: "ticket.cancel", player: duel.ada });
  }
  assert.deepEqual(endings, ["not_delivered", "not_delivered", "not_delivered", "ready_timeout"]);
});

test("[M13] a disconnect before accepting cancels the match at once", () => {
  const { shard, ada, bob, tickets } = matched();
  const cancelled = expectEvent(shard.disconnect(bob), "match.cancelled");
  assert.equal(cancelled.reason, "disconnected");
  assert.deepEqual(
    cancelled.fates.map(({ ended }) => ended),
    [null, "disconnected"],
  );
  assert.equal(shard.player(ada).ticket, tickets[0]);
});

test("[M13] after accepting, a disconnect is judged at the deadline", () => {
  const duel = matched();
  const { shard, ada, match } = duel;
  accept(duel, ada);
  shard.disconnect(ada);
  assert.equal(shard.stateOf(match), "MATCHED");
  accept(duel, duel.bob);
  assert.equal(shard.stateOf(match), "PREPARING");
  done(duel, "escrow");
  const cancelled = expectEvent(shard.wait(5_000), "match.cancelled");
  assert.deepEqual([cancelled.reason, cancelled.offenders[0].player], ["absent", ada]);
});

test("[M14] an escrow that fails or takes longer than 60 s cancels the match and blames nobody", () => {
  const failing: Record<string, (duel: Duel) => KernelEvent[]> = {
    failed: ({ shard, match }) =>
      shard.apply({ type: "effect.failed", key: `escrow:${match}`, reason: "reverted" }),
    late: ({ shard }) => shard.wait(60_000),
  };
  for (const fail of Object.values(failing)) {
    const duel = preparing();
    const cancelled = expectEvent(fail(duel), "match.cancelled");
    assert.equal(cancelled.reason, "escrow_failed");
    assert.deepEqual(cancelled.offenders, []);
    assert.deepEqual(
      cancelled.fates.map(({ ended }) => ended),
      [null, null],
    );
    duel.shard.refuses(
      { type: "effect.done", key: `escrow:${duel.match}`, txHash: null },
      "EFFECT_NOT_FOUND",
    );
  }
});

test("[M15] whoever is away when the countdown ends is at fault; the others return", () => {
  const duel = ready();
  const { shard, ada, tickets } = duel;
  shard.disconnect(ada);
  const cancelled = expectEvent(shard.wait(5_000), "match.cancelled");
  assert.equal(cancelled.reason, "absent");
  assert.deepEqual(
    cancelled.fates.map(({ ended }) => ended),
    ["absent", null],
  );
  assert.deepEqual(shard.queue("duel:bronze"), [tickets[1]]);
});

test("[M15] whoever is back before the countdown ends plays", () => {
  const duel = ready();
  duel.shard.disconnect(duel.ada);
  duel.shard.wait(4_000);
  duel.shard.connect("ada");
  assert.ok(find(duel.shard.wait(1_000), "match.beginning"));
});

test("[M16] a text that does not come within 10 s is a fault of ours: everyone returns", () => {
  const duel = ready();
  const { shard, tickets, match } = duel;
  const beginning = expectEvent(shard.wait(5_000), "match.beginning");
  assert.equal(beginning.effect.key, `begin:${match}`);
  const cancelled = expectEvent(shard.wait(10_000), "match.cancelled");
  assert.deepEqual([cancelled.reason, cancelled.offenders], ["server_fault", []]);
  assert.deepEqual(shard.queue("duel:bronze"), [...tickets]);
});
