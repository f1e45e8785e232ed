import assert from "node:assert/strict";
import { test } from "node:test";
import { begun, besieged, declareCommand } from "./crews.ts";
import { expectEvent, find } from "./shard.ts";
import { alphaOf, available, blue, red } from "./siege-sides.ts";

test("[CR33] whoever wins a siege owns the territory, which may be besieged again", () => {
  for (const [ranks, owner] of [
    [[1, 2], blue],
    [[2, 1], red],
    [[1, 1], red],
  ] as const) {
    const { shard, match, red: reds, blue: blues } = besieged({ blue: 3, red: 4 });
    shard.wait(300_000);
    begun(shard, match);
    const events = shard.apply({ type: "match.report", match, ranks });
    assert.equal(find(events, "territory.taken") !== undefined, owner === blue);
    assert.equal(alphaOf(shard), owner);
    const again = declareCommand(owner === blue ? reds : blues, { match: "match_again" });
    expectEvent(shard.apply(again), "match.created");
    shard.apply({ type: "effect.done", key: `settle:${match}`, txHash: null });
    const players = [...reds.members, ...blues.members];
    const sum = available(shard, players).reduce((all, one) => all + one, 0n);
    assert.equal(sum + shard.state.books.burned, shard.state.books.deposits);
  }
});

test("[CR33] an old result changes nothing once it is told", () => {
  const { shard, match, red: reds } = besieged({ blue: 3, red: 4 });
  shard.wait(300_000);
  begun(shard, match);
  shard.apply({ type: "match.report", match, ranks: [1, 2] });
  shard.apply(declareCommand(reds, { match: "match_again" }));
  for (const player of reds.members.slice(0, 3))
    shard.apply({ type: "siege.join", match: "match_again", player });
  shard.wait(300_000);
  assert.equal(alphaOf(shard), red);
  assert.equal(shard.stateOf(match), "RESOLVED");
  shard.apply({ type: "effect.done", key: `settle:${match}`, txHash: null });
  assert.equal(alphaOf(shard), red);
});

test("[CR34] a siege cancelled before play gives all their own back, before the escrow and after", () => {
  for (const isEscrowed of [false, true]) {
    const made = besieged({ blue: 3, red: 4 });
    const { shard, match, blue: blues, red: reds } = made;
    const players = [...blues.members, ...reds.members];
    const held = new Map(shard.match(match).players.map(({ id, stake }) => [id, stake]));
    const free = players.map((id) => shard.player(id).available + (held.get(id) ?? 0n));
    shard.wait(300_000);
    if (isEscrowed) shard.apply({ type: "effect.done", key: `escrow:${match}`, txHash: null });
    const events = shard.apply({ type: "match.abandon", match, player: blues.leader });
    const cancelled = expectEvent(events, "match.cancelled");
    assert.deepEqual([cancelled.reason, cancelled.fates], ["abandoned", []]);
    assert.deepEqual(available(shard, players), free);
    assert.ok(players.every((id) => shard.player(id).match === null && shard.player(id).ticket === null));
    assert.equal(alphaOf(shard), red);
  }
});

test("[CR34] a void siege gives all their own back", () => {
  const { shard, match, blue: blues, red: reds } = besieged({ blue: 3, red: 4 });
  const players = [...blues.members, ...reds.members];
  const held = new Map(shard.match(match).players.map(({ id, stake }) => [id, stake]));
  const free = players.map((id) => shard.player(id).available + (held.get(id) ?? 0n));
  shard.wait(300_000);
  begun(shard, match);
  const { refunds } = expectEvent(
    shard.apply({ type: "match.close", match, reason: "test" }),
    "match.voided",
  );
  assert.deepEqual(
    refunds.map(({ amount }) => amount),
    [200n, 200n, 200n, 150n, 150n, 150n, 150n],
  );
  assert.deepEqual(available(shard, players), free);
  assert.equal(alphaOf(shard), red);
});
