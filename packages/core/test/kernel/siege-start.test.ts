import assert from "node:assert/strict";
import { test } from "node:test";
import type { PlayerId } from "../../src/index.ts";
import { begun, besieged } from "./crews.ts";
import { changedRules } from "./modes.ts";
import { expectEvent, Shard, typesOf } from "./shard.ts";
import { alphaOf, available, blue, red } from "./siege-sides.ts";

test("[CR29] when both sides are full the siege goes on at once", () => {
  const shard = Shard.started(
    changedRules({
      proxy: { siege: { gatherMs: 1_000, membersMin: 2, membersMax: 3, sideDifferenceMax: 0 } },
    }),
  );
  const { blue: blues, red: reds, join, match } = besieged({ blue: 3, red: 2 }, shard);
  const events = join(reds.members[2]);
  assert.deepEqual(typesOf(events), ["siege.joined", "match.preparing"]);
  assert.equal(shard.stateOf(match), "PREPARING");
  assert.deepEqual(
    shard.match(match).players.map(({ stake }) => stake),
    Array(6).fill(200n),
  );
  shard.refuses({ type: "siege.join", match, player: blues.members[3] as PlayerId }, "INVALID_STATE");
});

test("[CR29] at its time each stakes the share of their own side, the rest is free again", () => {
  const { shard, blue: blues, red: reds, match } = besieged({ blue: 3, red: 4 });
  const locked = available(shard, [...blues.members.slice(0, 3), ...reds.members.slice(0, 4)]);
  const { stakes } = expectEvent(shard.wait(300_000), "match.preparing");
  assert.deepEqual(
    stakes?.map(({ amount }) => amount),
    [200n, 200n, 200n, 150n, 150n, 150n, 150n],
  );
  assert.deepEqual(
    available(shard, [...blues.members.slice(0, 3), ...reds.members.slice(0, 4)]),
    locked.map((amount, place) => amount + (place < 3 ? 0n : 50n)),
  );
  shard.apply({ type: "effect.done", key: `escrow:${match}`, txHash: null });
  assert.equal(shard.match(match).pot, 1_200n);
});

test("[CR30] the last of a side that is too large are released", () => {
  const { shard, blue: blues, red: reds, match } = besieged({ blue: 3, red: 5 });
  const left = expectEvent(shard.wait(300_000), "siege.left");
  assert.deepEqual([left.player, left.reason], [reds.members[4], "released"]);
  assert.deepEqual(
    shard.match(match).players.map(({ id }) => id),
    [...blues.members.slice(0, 3), ...reds.members.slice(0, 4)],
  );
  assert.equal(shard.player(reds.members[4] as PlayerId).match, null);
});

test("[CR31] attackers who do not come take nothing, not even from an owner who does not come", () => {
  for (const come of [
    { blue: 2, red: 4 },
    { blue: 0, red: 0 },
  ]) {
    const { shard, match } = besieged(come);
    const events = shard.wait(300_000);
    const cancelled = expectEvent(events, "match.cancelled");
    assert.deepEqual(
      [cancelled.match, cancelled.reason, cancelled.offenders],
      [match, "too_few_players", []],
    );
    assert.equal(alphaOf(shard), red);
    assert.equal(shard.state.territories.get("proxy:alpha")?.contests.length, 0);
  }
});

test("[CR31] an owner who does not come has lost the territory without a fight", () => {
  const { shard, blue: blues, red: reds, match } = besieged({ blue: 4, red: 2 });
  const players = [...blues.members, ...reds.members];
  const before = shard.player(blues.leader).records;
  const events = shard.wait(300_000);
  const taken = expectEvent(events, "territory.taken");
  assert.deepEqual([taken.match, taken.crew, taken.from], [match, blue, red]);
  assert.equal(expectEvent(events, "match.cancelled").reason, "undefended");
  assert.equal(alphaOf(shard), blue);
  assert.deepEqual(shard.player(blues.leader).records, before);
  assert.ok(players.every((id) => shard.player(id).match === null));
  // Red won 180 of each of blue's three for each of its own in the first fight.
  const sum = available(shard, players).reduce((all, one) => all + one, 0n);
  assert.equal(sum + shard.state.books.burned, shard.state.books.deposits);
});

test("[CR32] a fault of ours takes no territory", () => {
  const shard = Shard.started();
  shard.apply({ type: "node.up", levels: [1] }, "beta/1");
  const { red: reds, match } = besieged({ blue: 3, red: 3 }, shard);
  shard.connect("bob", { node: "beta/1" });
  const { deadline } = shard.match(match).phase;
  shard.wait(3_000, [shard.node]);
  assert.equal(shard.match(match).phase.deadline, deadline + 30_000);
  assert.equal(shard.player(reds.members[1] as PlayerId).match, match);
  const cancelled = expectEvent(shard.wait(330_000), "match.cancelled");
  assert.equal(cancelled.reason, "server_fault");
  assert.equal(alphaOf(shard), red);
});

test("[CR32] whoever a fault of ours keeps away is released, where enough are left", () => {
  const shard = Shard.started();
  shard.apply({ type: "node.up", levels: [1] }, "beta/1");
  const { match } = besieged({ blue: 3, red: 4 }, shard);
  shard.connect("bob", { node: "beta/1" });
  shard.wait(3_000, [shard.node]);
  const events = shard.wait(330_000);
  assert.equal(expectEvent(events, "siege.left").player, "player_bob");
  assert.equal(expectEvent(events, "match.preparing").match, match);
});

test("[CR35] from its going on to its start nobody in it leaves their crew", () => {
  const { shard, match, blue: blues } = besieged({ blue: 3, red: 4 });
  shard.wait(300_000);
  const [member, bystander] = [blues.others[0], blues.members[3]] as [PlayerId, PlayerId];
  shard.refuses({ type: "crew.leave", crew: blue, player: member }, "INVALID_STATE");
  shard.refuses({ type: "crew.kick", crew: blue, player: blues.leader, member }, "INVALID_STATE");
  shard.refuses({ type: "crew.disband", crew: blue, player: blues.leader }, "INVALID_STATE");
  expectEvent(shard.apply({ type: "crew.leave", crew: blue, player: bystander }), "crew.left");
  begun(shard, match);
  expectEvent(shard.apply({ type: "crew.leave", crew: blue, player: member }), "crew.left");
  assert.equal(shard.player(member).match, match);
});
