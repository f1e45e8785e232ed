import assert from "node:assert/strict";
import { test } from "node:test";
import { type PlayerId, stateHash } from "../../src/index.ts";
import { besieged, declareCommand, paired, rivals } from "./crews.ts";
import { changedRules } from "./modes.ts";
import { expectEvent, refusal, Shard } from "./shard.ts";
import { available, blue, red } from "./siege-sides.ts";

test("[CR27] whoever joins is bound, with the largest share there can be", () => {
  const { shard, blue: blues, match, join } = besieged();
  const [before] = available(shard, [blues.leader]);
  const joined = expectEvent(join(blues.leader), "siege.joined");
  assert.deepEqual([joined.team, joined.stake], [0, 200n]);
  assert.deepEqual(available(shard, [blues.leader]), [(before as bigint) - 200n]);
  assert.equal(shard.player(blues.leader).match, match);
  shard.refuses(shard.enqueueCommand(blues.leader, "arena"), "ALREADY_IN_QUEUE");
});

test("[CR27] who may not join is told why", () => {
  const { shard, blue: blues, match, join } = besieged({ red: 5 });
  const stranger = shard.connect("zoe");
  const tell = (player: PlayerId, code: string) => shard.refuses({ type: "siege.join", match, player }, code);
  tell("player_none", "PLAYER_NOT_FOUND");
  tell(stranger, "INVALID_CREW_OPERATION");
  shard.refuses({ type: "siege.join", match: "match_none", player: blues.leader }, "MATCH_NOT_FOUND");
  shard.enqueue(blues.leader, "arena");
  tell(blues.leader, "ALREADY_IN_QUEUE");
  shard.apply({ type: "ticket.cancel", player: blues.leader });
  join(blues.leader);
  tell(blues.leader, "ALREADY_IN_QUEUE");
  shard.disconnect(blues.others[0] as PlayerId);
  tell(blues.others[0] as PlayerId, "PLAYER_NOT_FOUND");
  shard.apply({ type: "crew.invite", crew: red, player: "player_ada", invited: stranger });
  shard.apply({ type: "crew.join", crew: red, player: stranger });
  tell(stranger, "CREW_FULL");
});

test("[CR27] who cannot pay does not join", () => {
  const { shard, blue: blues, join } = besieged();
  shard.apply({
    type: "rules.configure",
    rules: { ...changedRules({}), ledger: { faucet: "0", faucetEveryMs: 1 } },
  });
  const newcomer = shard.connect("zoe");
  shard.apply({ type: "crew.invite", crew: blue, player: blues.leader, invited: newcomer });
  shard.apply({ type: "crew.join", crew: blue, player: newcomer });
  assert.equal(refusal(join(newcomer)), "INSUFFICIENT_FUNDS");
});

test("[CR27] whoever is kept from the mode for a while does not join", () => {
  const { shard, blue: blues, match, join } = besieged({ blue: 3, red: 3 });
  shard.wait(300_000);
  const player = blues.others[0] as PlayerId;
  for (const [round, territory] of ["first", "second"].entries()) {
    const at = shard.stateOf(match) === undefined ? (`match_${territory}` as const) : match;
    if (at !== match) {
      shard.apply(declareCommand(blues, { match: at }));
      for (const id of [...blues.members.slice(0, 3), "player_ada", "player_bob", "player_cyd"] as PlayerId[])
        shard.apply({ type: "siege.join", match: at, player: id });
      shard.wait(300_000);
    }
    const { offenders } = expectEvent(
      shard.apply({ type: "match.abandon", match: at, player }),
      "match.cancelled",
    );
    assert.deepEqual(offenders[0]?.player, player, `${round}`);
  }
  shard.apply(declareCommand(blues));
  const refused = expectEvent(join(player), "refused");
  assert.deepEqual([refused.code, refused.until], ["COOLDOWN", shard.state.time + 30_000]);
});

test("[CR27] a siege is joined while it gathers, and in no other state", () => {
  const { shard, match, red: reds } = besieged({ blue: 3, red: 3 });
  const late = { type: "siege.join", match, player: reds.members[4] as PlayerId } as const;
  const refusedIn: (string | undefined)[] = [];
  const refused = () => {
    refusedIn.push(shard.stateOf(match));
    shard.refuses(late, "INVALID_STATE");
  };
  shard.wait(300_000);
  refused();
  shard.apply({ type: "effect.done", key: `escrow:${match}`, txHash: null });
  refused();
  shard.wait(5_000);
  refused();
  shard.apply({ type: "match.report", match, ranks: [1, 2] });
  refused();
  assert.deepEqual(refusedIn, ["PREPARING", "READY", "ACTIVE", "RESOLVED"]);
  const { red: others, blue } = rivals();
  const pairing = paired({ red: others, blue });
  const other = { type: "siege.join", match: pairing, player: others.members[4] as PlayerId } as const;
  others.shard.refuses(other, "INVALID_STATE");
});

test("[CR28] leaving while it gathers is free, in every way there is", () => {
  for (const leave of [
    (player: PlayerId) => ({ type: "ticket.cancel", player }) as const,
    (player: PlayerId) => ({ type: "match.abandon", player, match: "match_siege" }) as const,
    (player: PlayerId) => ({ type: "crew.leave", player, crew: blue }) as const,
    (member: PlayerId) => ({ type: "crew.kick", player: "player_fay", member, crew: blue }) as const,
  ]) {
    const { shard, blue: blues, match } = besieged({ blue: 2, red: 1 });
    const player = blues.others[0] as PlayerId;
    const [locked] = available(shard, [player]);
    const left = expectEvent(shard.apply(leave(player)), "siege.left");
    assert.deepEqual([left.player, left.stake], [player, 200n]);
    assert.deepEqual(available(shard, [player]), [(locked as bigint) + 200n]);
    assert.equal(shard.player(player).match, null);
    assert.deepEqual(
      shard.match(match).players.map(({ id, team }) => [id, team]),
      [
        [blues.leader, 0],
        ["player_ada", 1],
      ],
    );
  }
});

test("[CR28] who disconnects leaves it, and may come back; one that everybody leaves goes on gathering", () => {
  const { shard, blue: blues, match, join } = besieged({ blue: 1 });
  const left = expectEvent(shard.disconnect(blues.leader), "siege.left");
  assert.equal(left.reason, "disconnected");
  assert.equal(shard.stateOf(match), "FORMING");
  shard.connect("fay");
  assert.equal(refusal(join(blues.leader)), undefined);
});

test("[CR36] a siege that gathers is the same in a restored state", () => {
  const { shard, match, red: reds } = besieged({ blue: 3, red: 3 });
  const twin = Shard.started();
  twin.state = shard.copy();
  twin.at = shard.at;
  for (const one of [shard, twin]) {
    one.apply({ type: "siege.join", match, player: reds.members[3] as PlayerId });
    one.wait(300_000);
  }
  assert.equal(stateHash(twin.state), stateHash(shard.state));
  assert.equal(twin.stateOf(match), "PREPARING");
});
