import assert from "node:assert/strict";
import { test } from "node:test";
import { ownerOf, type PlayerId, stateHash } from "../../src/index.ts";
import {
  begun,
  besieged,
  crewOf,
  declareCommand,
  founded,
  names,
  owned,
  paired,
  report,
  rivals,
} from "./crews.ts";
import { changedRules, proxy } from "./modes.ts";
import { expectEvent, find, refusal, Shard, typesOf } from "./shard.ts";

const red = "crew_red";
const blue = "crew_blue";
const alphaOf = (shard: Shard) => ownerOf(shard.state, "proxy", "alpha");
const available = (shard: Shard, players: readonly PlayerId[]) =>
  players.map((id) => shard.player(id).available);

test("[CR25] a siege forms between the crew that declares it and the owner, and binds nobody", () => {
  const { shard, match, declared, blue: blues } = besieged();
  const created = expectEvent(declared, "match.created");
  assert.deepEqual(created.contest, { territory: "alpha", crews: [blue, red], isSiege: true });
  assert.deepEqual(
    [created.state, created.deadline, created.players, created.stake],
    ["FORMING", shard.state.time + 300_000, [], 602n],
  );
  assert.equal(shard.player(blues.leader).match, null);
  assert.deepEqual(founded(shard, red).contests, [match]);
  assert.deepEqual(founded(shard, blue).contests, [match]);
});

test("[CR25] a repeated declaration is carried out once", () => {
  const { shard, blue: blues } = owned();
  const declare = declareCommand(blues, { origin: { key: "client:1", bodyHash: 3 } });
  expectEvent(shard.apply(declare), "match.created");
  shard.refuses(declare, "REPEATED");
});

test("[CR26] who may not declare a siege is told why", () => {
  const { shard, red: reds, blue: blues } = owned();
  const small = crewOf(["kim", "lea"], shard, "crew_small");
  const declare = declareCommand(blues);
  shard.refuses({ ...declare, player: "player_none" }, "PLAYER_NOT_FOUND");
  shard.refuses({ ...declare, crew: "crew_none" }, "CREW_NOT_FOUND");
  shard.refuses({ ...declare, player: blues.others[0] as PlayerId }, "INVALID_CREW_OPERATION");
  shard.refuses(declareCommand(small), "INVALID_CREW_OPERATION");
  shard.refuses(declareCommand(reds), "INVALID_CREW_OPERATION");
  shard.refuses({ ...declare, territory: "beta-3" }, "INVALID_STATE");
  for (const change of [
    { mode: "chess" },
    { mode: "raid" },
    { territory: "omega" },
    { tier: null },
    { tier: "tin" },
  ])
    shard.refuses({ ...declare, ...change }, "QUEUE_NOT_FOUND");
  shard.refuses({ ...declare, secretEpoch: 9 }, "INVALID_CONFIGURATION");
  shard.refuses({ ...declare, commitment: "a".repeat(64) }, "INVALID_CONFIGURATION");
  shard.disconnect(blues.leader);
  shard.refuses(declare, "PLAYER_NOT_FOUND");
});

test("[CR26] a territory is besieged once at a time, and a crew besieges one at a time", () => {
  const both = owned();
  const { shard } = both;
  const green = crewOf(names.slice(9, 12), shard, "crew_green");
  const tickets = [both.red, green].map(({ crew, leader, members }) => [
    shard.enqueue(leader, "proxy", { crew, territory: "beta-3", members: members.slice(0, 3) }),
  ]);
  report(shard, begun(shard, shard.propose(tickets, "proxy:bronze:beta-3")), [1, 2]);
  shard.apply(declareCommand(both.blue));
  shard.refuses(declareCommand(both.blue), "INVALID_STATE");
  const again = { match: "match_again" } as const;
  shard.refuses(declareCommand(green, again), "INVALID_STATE");
  shard.refuses(declareCommand(both.blue, { ...again, territory: "beta-3" }), "INVALID_STATE");
  shard.refuses(declareCommand(green, { match: "match_siege", territory: "beta-3" }), "ID_REUSED");
  expectEvent(shard.apply(declareCommand(green, { ...again, territory: "beta-3" })), "match.created");
});

test("[CR26] rules under which no match is made make no siege either", () => {
  const { shard, blue: blues } = owned();
  shard.apply({ type: "rules.configure", rules: changedRules({ proxy: { available: false } }) });
  shard.refuses(declareCommand(blues), "MODE_NOT_AVAILABLE");
  shard.apply({ type: "rules.configure", rules: changedRules({ proxy: { maxLiveMatches: 0 } }) });
  shard.refuses(declareCommand(blues), "QUEUE_FULL");
  const maps = { proxy: { maps: ["mill"] } };
  shard.apply({ type: "rules.configure", rules: changedRules(maps) });
  shard.refuses(declareCommand(blues), "INVALID_CONFIGURATION");
  const created = expectEvent(shard.apply(declareCommand(blues, { map: "mill" })), "match.created");
  assert.equal(created.map, "mill");
});

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

test("[CR25] a mode that stakes for each player locks the stake itself", () => {
  const shard = Shard.started(
    changedRules({ proxy: { ...proxy, stakePer: "player", stakes: [{ tier: "bronze", stake: "7" }] } }),
  );
  const { match } = besieged({ blue: 3, red: 4 }, shard);
  shard.wait(300_000);
  shard.apply({ type: "effect.done", key: `escrow:${match}`, txHash: null });
  assert.equal(shard.match(match).pot, 49n);
  assert.equal(rivals().shard.state.territories.size, 0);
});
