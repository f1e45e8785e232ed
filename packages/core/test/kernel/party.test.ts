import assert from "node:assert/strict";
import { test } from "node:test";
import type { Command, PartyId, PlayerId, TicketId } from "../../src/index.ts";
import { stateHash } from "../../src/index.ts";
import { expectEvent, Shard, typesOf } from "./shard.ts";

const party: PartyId = "party_1";

/** A party of some players who are all ready; the first leads. */
function partyOf(names: readonly string[], shard = Shard.started()) {
  const [leader, ...others] = names.map((name) => shard.connect(name));
  shard.apply({ type: "party.create", party, player: leader, sizeMax: 5 });
  for (const player of others) {
    shard.apply({ type: "party.invite", party, player: leader, invited: player });
    shard.apply({ type: "party.join", party, player });
    shard.apply({ type: "party.ready", party, player, ready: true });
  }
  return { shard, leader, others, members: [leader, ...others] };
}

function queued(names: readonly string[], mode = "pairs", shard = Shard.started()) {
  const made = partyOf(names, shard);
  const ticket = made.shard.enqueue(made.leader, mode, { party, members: made.members });
  return { ...made, ticket };
}

const membersOf = (shard: Shard) => shard.state.parties.get(party)?.members.map(({ player }) => player);
const leave = (player: PlayerId): Command => ({ type: "party.leave", party, player });

test("[PA1] whoever creates a party leads it", () => {
  const { shard, leader } = partyOf(["ada"]);
  assert.deepEqual(membersOf(shard), [leader]);
  assert.equal(shard.state.parties.get(party)?.leader, leader);
  assert.equal(shard.player(leader).party, party);
});

test("[PA1] [PA3] who is away neither makes nor joins a party, and so none stands for ever", () => {
  const { shard, leader } = partyOf(["ada"]);
  const bob = shard.connect("bob");
  shard.apply({ type: "party.invite", party, player: leader, invited: bob });
  shard.disconnect(bob);
  shard.refuses({ type: "party.join", party, player: bob }, "INVALID_PARTY_OPERATION");
  const create = { type: "party.create", party: "party_of_bob", player: bob, sizeMax: 2 } as const;
  shard.refuses(create, "INVALID_PARTY_OPERATION");
  shard.connect("bob");
  expectEvent(shard.apply({ type: "party.join", party, player: bob }), "party.joined");
});

test("[PA1] nobody is in two parties, and no party is of one or of seventeen", () => {
  const { shard, leader } = partyOf(["ada"]);
  const create = { type: "party.create", party: "party_2", player: leader, sizeMax: 5 } as const;
  shard.refuses(create, "INVALID_PARTY_OPERATION");
  const player = shard.connect("bob");
  shard.refuses({ ...create, party, player }, "ID_REUSED");
  for (const sizeMax of [1, 17, 2.5, Number.NaN, Number.POSITIVE_INFINITY])
    shard.refuses({ ...create, player, sizeMax }, "INVALID_CONFIGURATION");
});

test("[PA2] members and invitations together are no more than there is room for", () => {
  const shard = Shard.started();
  const [ada, bob, cyd] = ["ada", "bob", "cyd"].map((name) => shard.connect(name));
  shard.apply({ type: "party.create", party, player: ada, sizeMax: 2 });
  shard.apply({ type: "party.invite", party, player: ada, invited: bob });
  shard.refuses({ type: "party.invite", party, player: ada, invited: cyd }, "PARTY_FULL");
  shard.wait(60_000);
  expectEvent(shard.apply({ type: "party.invite", party, player: ada, invited: cyd }), "party.invited");
});

test("[PA2] nobody is invited again while an invitation holds", () => {
  const { shard, leader } = partyOf(["ada"]);
  const invite = { type: "party.invite", party, player: leader, invited: shard.connect("bob") } as const;
  shard.apply(invite);
  shard.refuses(invite, "INVALID_PARTY_OPERATION");
  shard.wait(60_000);
  expectEvent(shard.apply(invite), "party.invited");
});

test("[PA3] an invitation holds for a minute", () => {
  const { shard, leader } = partyOf(["ada"]);
  const bob = shard.connect("bob");
  shard.refuses({ type: "party.join", party, player: bob }, "INVALID_PARTY_OPERATION");
  shard.apply({ type: "party.invite", party, player: leader, invited: bob });
  shard.wait(59_000);
  const ended = expectEvent(shard.wait(1_000), "party.invitations_ended");
  assert.deepEqual(ended.players, [bob]);
  shard.refuses({ type: "party.join", party, player: bob }, "INVALID_PARTY_OPERATION");
});

test("[PA3] nobody joins a second party, or one that waits", () => {
  const { shard, leader } = queued(["ada", "bob"]);
  const cyd = shard.connect("cyd");
  shard.apply({ type: "party.invite", party, player: leader, invited: cyd });
  shard.refuses({ type: "party.join", party, player: cyd }, "INVALID_STATE");
  shard.apply({ type: "ticket.cancel", player: leader });
  expectEvent(shard.apply({ type: "party.join", party, player: cyd }), "party.joined");
  const dan = shard.connect("dan");
  shard.apply({ type: "party.create", party: "party_2", player: dan, sizeMax: 5 });
  shard.apply({ type: "party.invite", party: "party_2", player: dan, invited: cyd });
  shard.refuses({ type: "party.join", party: "party_2", player: cyd }, "INVALID_PARTY_OPERATION");
});

test("[PA4] between a match being found and its start nobody leaves, is kicked or disbands", () => {
  const { shard, leader, others, ticket } = queued(["ada", "bob"]);
  const rivals = ["cyd", "dan"].map((name) => shard.connect(name));
  const rival = shard.enqueue(rivals[0], "pairs", { members: rivals });
  const match = shard.propose([[ticket], [rival]], "pairs:bronze");
  shard.refuses(leave(others[0]), "INVALID_STATE");
  shard.refuses({ type: "party.kick", party, player: leader, member: others[0] }, "INVALID_STATE");
  shard.refuses({ type: "party.disband", party, player: leader }, "INVALID_STATE");
  for (const player of [leader, ...others, ...rivals]) shard.apply({ type: "match.accept", match, player });
  shard.apply({ type: "effect.done", key: `escrow:${match}`, txHash: null });
  shard.wait(5_000);
  assert.equal(shard.stateOf(match), "ACTIVE");
  expectEvent(shard.apply(leave(others[0])), "party.left");
  assert.equal(shard.player(others[0]).match, match);
});

test("[PA5] the longest-standing member leads on, and the last one ends the party", () => {
  const { shard, leader, others } = partyOf(["ada", "bob", "cyd"]);
  shard.apply({ type: "party.promote", party, player: leader, member: others[1] });
  assert.equal(expectEvent(shard.apply(leave(others[1])), "party.left").leader, leader);
  assert.equal(expectEvent(shard.apply(leave(leader)), "party.left").leader, others[0]);
  const events = shard.apply(leave(others[0]));
  assert.deepEqual(typesOf(events), ["party.disbanded"]);
  assert.equal(shard.state.parties.size, 0);
  assert.equal(shard.player(others[0]).party, null);
});

test("[PA6] what concerns others is the leader's", () => {
  const { shard, leader, others } = partyOf(["ada", "bob", "cyd"]);
  const stranger = shard.connect("dan");
  for (const player of [others[0], stranger]) {
    const asked = { party, player } as const;
    shard.refuses({ type: "party.kick", ...asked, member: others[1] }, "INVALID_PARTY_OPERATION");
    shard.refuses({ type: "party.promote", ...asked, member: player }, "INVALID_PARTY_OPERATION");
    shard.refuses({ type: "party.invite", ...asked, invited: stranger }, "INVALID_PARTY_OPERATION");
    shard.refuses({ type: "party.disband", ...asked }, "INVALID_PARTY_OPERATION");
  }
  shard.refuses({ type: "party.ready", party, player: stranger, ready: true }, "INVALID_PARTY_OPERATION");
  shard.refuses(leave(stranger), "INVALID_PARTY_OPERATION");
  shard.refuses({ type: "party.kick", party, player: leader, member: leader }, "INVALID_PARTY_OPERATION");
  const kicked = shard.apply({ type: "party.kick", party, player: leader, member: others[0] });
  assert.equal(expectEvent(kicked, "party.left").reason, "kicked");
  const ended = expectEvent(shard.apply({ type: "party.disband", party, player: leader }), "party.disbanded");
  assert.deepEqual(ended.players, [leader, others[1]]);
});

test("[PA7] what is unknown is not found", () => {
  const { shard, leader } = partyOf(["ada"]);
  shard.refuses({ type: "party.leave", party: "party_9", player: leader }, "PARTY_NOT_FOUND");
  shard.refuses({ type: "party.invite", party, player: leader, invited: "player_none" }, "PLAYER_NOT_FOUND");
  shard.refuses({ type: "party.kick", party, player: leader, member: "player_none" }, "PLAYER_NOT_FOUND");
  shard.refuses({ type: "party.promote", party, player: leader, member: "player_none" }, "PLAYER_NOT_FOUND");
  shard.refuses({ type: "party.create", party, player: "player_none", sizeMax: 5 }, "PLAYER_NOT_FOUND");
});

test("[PA8] who has been away for ten minutes leaves the party, which goes on", () => {
  const { shard, leader, others } = partyOf(["ada", "bob"]);
  shard.disconnect(leader);
  shard.wait(599_000);
  assert.deepEqual(membersOf(shard), [leader, others[0]]);
  const left = expectEvent(shard.wait(1_000), "party.left");
  assert.deepEqual([left.player, left.reason, left.leader], [leader, "gone", others[0]]);
});

test("[PA9] the leader queues the whole party, once all others are ready", () => {
  const { shard, leader, others, members } = partyOf(["ada", "bob"]);
  const enqueue = shard.enqueueCommand(leader, "pairs", { party, members });
  shard.refuses({ ...enqueue, party: "party_9" }, "PARTY_NOT_FOUND");
  shard.refuses({ ...enqueue, player: others[0] }, "INVALID_PARTY_OPERATION");
  shard.refuses({ ...enqueue, members: [leader] }, "INVALID_PARTY_OPERATION");
  const stranger = shard.connect("cyd");
  shard.refuses({ ...enqueue, members: [leader, stranger] }, "INVALID_PARTY_OPERATION");
  shard.apply({ type: "party.ready", party, player: others[0], ready: false });
  shard.refuses(enqueue, "INVALID_PARTY_OPERATION");
  shard.apply({ type: "party.ready", party, player: others[0], ready: true });
  const { players } = expectEvent(shard.apply(enqueue), "ticket.queued");
  assert.deepEqual(players, members);
});

test("[PA10] being queued uses up readiness and ends open invitations", () => {
  const { shard, leader, members } = partyOf(["ada", "bob"]);
  const cyd = shard.connect("cyd");
  shard.apply({ type: "party.invite", party, player: leader, invited: cyd });
  shard.enqueue(leader, "pairs", { party, members });
  shard.apply({ type: "ticket.cancel", player: leader });
  shard.refuses({ type: "party.join", party, player: cyd }, "INVALID_PARTY_OPERATION");
  shard.refuses(shard.enqueueCommand(leader, "pairs", { party, members }), "INVALID_PARTY_OPERATION");
});

for (const [what, command] of [
  ["leaves", (_: PlayerId, mate: PlayerId) => leave(mate)],
  ["is kicked", (player: PlayerId, member: PlayerId) => ({ type: "party.kick", party, player, member })],
  ["is disbanded with all", (player: PlayerId) => ({ type: "party.disband", party, player })],
] as const) {
  test(`[PA11] a waiting party one of whom ${what} is taken back at once`, () => {
    const { shard, leader, others, ticket } = queued(["ada", "bob"]);
    const ended = expectEvent(shard.apply(command(leader, others[0]) as Command), "ticket.ended");
    assert.deepEqual([ended.ticket, ended.reason], [ticket, "party_changed"]);
    assert.deepEqual(ended.players, [leader, others[0]]);
    assert.equal(shard.player(leader).ticket, null);
    assert.ok(shard.enqueue(others[0], "arena"));
  });
}

test("[PA12] a ticket says of each member what they said", () => {
  const { shard, leader, others, members } = partyOf(["ada", "bob"]);
  const said = (player: PlayerId, roles: readonly string[], eu: number | null) => {
    const latencies = [
      { region: "us", latencyMs: 50 },
      ...(eu === null ? [] : [{ region: "eu", latencyMs: eu }]),
    ];
    shard.apply({ type: "party.ready", party, player, ready: true, roles, latencies });
  };
  said(others[0], ["healer", "tank"], 70);
  const wishes = {
    roles: [["tank"]],
    blocked: ["player_zoe"],
    latencies: [
      { region: "ap", latencyMs: 10 },
      { region: "eu", latencyMs: 20 },
      { region: "us", latencyMs: 90 },
    ],
  } as const;
  const ticket = shard.enqueue(leader, "squad", { party, members, wishes });
  const [standing] = shard.ticket(ticket).standings;
  assert.deepEqual(standing.wishes.roles, [["tank"], ["healer", "tank"]]);
  assert.deepEqual(standing.wishes.blocked, ["player_zoe"]);
  assert.deepEqual(standing.wishes.latencies, [
    { region: "eu", latencyMs: 70 },
    { region: "us", latencyMs: 90 },
  ]);
});

test("[PA12] roles and latencies that make no sense are refused where they are said", () => {
  const { shard, others } = partyOf(["ada", "bob"]);
  const ready = { type: "party.ready", party, player: others[0], ready: true } as const;
  for (const roles of [
    [""],
    ["tank", "tank"],
    ["x".repeat(65)],
    Array.from({ length: 11 }, (_, id) => `${id}`),
  ])
    shard.refuses({ ...ready, roles }, "INVALID_CONFIGURATION");
  for (const latencyMs of [-1, Number.NaN, Number.POSITIVE_INFINITY])
    shard.refuses({ ...ready, latencies: [{ region: "eu", latencyMs }] }, "INVALID_CONFIGURATION");
});

test("[PA13] a repeated request is carried out once", () => {
  const { shard, leader } = partyOf(["ada", "bob"]);
  const bob = shard.connect("cyd");
  const invite: Command = {
    type: "party.invite",
    party,
    player: leader,
    invited: bob,
    origin: { key: "client:1", bodyHash: 7 },
  };
  expectEvent(shard.apply(invite), "party.invited");
  shard.refuses(invite, "REPEATED");
});

test("[PA14] a restored party has the same hash and the same future", () => {
  const { shard, leader, others } = queued(["ada", "bob"]);
  shard.apply({ type: "party.invite", party, player: leader, invited: shard.connect("cyd") });
  const twin = Shard.started();
  twin.state = shard.copy();
  twin.at = shard.at;
  assert.equal(stateHash(twin.state), stateHash(shard.state));
  for (const one of [shard, twin]) {
    one.wait(61_000);
    one.apply(leave(others[0]));
  }
  assert.equal(stateHash(twin.state), stateHash(shard.state));
  assert.equal(twin.state.tickets.has("ticket_1" as TicketId), false);
});
