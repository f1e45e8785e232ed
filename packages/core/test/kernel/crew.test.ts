import assert from "node:assert/strict";
import { test } from "node:test";
import { type Command, type CrewId, createState, kernelLimits, stateHash } from "../../src/index.ts";
import { crewOf, founded, queuedCrew, names as someNames } from "./crews.ts";
import { expectEvent, Shard, typesOf } from "./shard.ts";

const crew: CrewId = "crew_red";
const other: CrewId = "crew_blue";

test("[CR1] whoever creates a crew leads it", () => {
  const { shard, leader } = crewOf(["ada"]);
  const { members, leader: led } = founded(shard, crew);
  assert.deepEqual([members, led], [[leader], leader]);
});

test("[CR1] nobody is in two crews, and an id is used once", () => {
  const { shard, leader } = crewOf(["ada"]);
  shard.refuses({ type: "crew.create", crew: other, player: leader }, "INVALID_CREW_OPERATION");
  const bob = shard.connect("bob");
  shard.refuses({ type: "crew.create", crew, player: bob }, "ID_REUSED");
  shard.apply({ type: "crew.create", crew: other, player: bob });
  shard.apply({ type: "crew.invite", crew: other, player: bob, invited: leader });
  shard.refuses({ type: "crew.join", crew: other, player: leader }, "INVALID_CREW_OPERATION");
});

test("[CR1] there are only so many crews", () => {
  const state = createState();
  const shard = Shard.started(undefined, state);
  const player = shard.connect("ada");
  const { id, ...crewLike } = founded(crewOf(["zoe"]).shard, crew);
  for (let made = 0; made < kernelLimits.crewsMax; made += 1)
    state.crews.set(`crew_${made}`, { ...crewLike, id, members: [] });
  // The audit would complain of crews without members, so the command is judged without it.
  const events = shard.judge({ type: "crew.create", crew, player });
  assert.equal(expectEvent(events, "refused").code, "TOO_MANY_CREWS");
});

test("[CR2] members and invitations together are at most eight", () => {
  const { shard, leader } = crewOf(["ada"]);
  const others = someNames.slice(1, 9).map((name) => shard.connect(name));
  for (const invited of others.slice(0, 7))
    shard.apply({ type: "crew.invite", crew, player: leader, invited });
  const last: Command = { type: "crew.invite", crew, player: leader, invited: others[7] };
  shard.refuses(last, "CREW_FULL");
  const again: Command = { type: "crew.invite", crew, player: leader, invited: others[0] };
  shard.refuses(again, "INVALID_CREW_OPERATION");
  for (const player of others.slice(0, 7))
    expectEvent(shard.apply({ type: "crew.join", crew, player }), "crew.joined");
  shard.refuses(last, "CREW_FULL");
});

test("[CR2] [CR3] an invitation holds for a minute", () => {
  const { shard, leader } = crewOf(["ada"]);
  const bob = shard.connect("bob");
  shard.refuses({ type: "crew.join", crew, player: bob }, "INVALID_CREW_OPERATION");
  shard.apply({ type: "crew.invite", crew, player: leader, invited: bob });
  shard.wait(59_000);
  assert.deepEqual(expectEvent(shard.wait(1_000), "crew.invitations_ended").players, [bob]);
  shard.refuses({ type: "crew.join", crew, player: bob }, "INVALID_CREW_OPERATION");
});

test("[CR4] the longest-standing member leads on, and the last one ends the crew", () => {
  const { shard, leader, others } = crewOf(["ada", "bob", "cyd"]);
  shard.apply({ type: "crew.promote", crew, player: leader, member: others[1] });
  const handed = shard.apply({ type: "crew.leave", crew, player: others[1] });
  assert.equal(expectEvent(handed, "crew.left").leader, leader);
  const again = shard.apply({ type: "crew.leave", crew, player: leader });
  assert.equal(expectEvent(again, "crew.left").leader, others[0]);
  assert.deepEqual(typesOf(shard.apply({ type: "crew.leave", crew, player: others[0] })), ["crew.disbanded"]);
  assert.deepEqual([shard.state.crews.size, shard.state.crewOf.size], [0, 0]);
});

test("[CR5] what concerns others is the leader's", () => {
  const { shard, leader, others } = crewOf(["ada", "bob", "cyd"]);
  const stranger = shard.connect("dan");
  for (const player of [others[0], stranger]) {
    const asked = { crew, player } as const;
    shard.refuses({ type: "crew.kick", ...asked, member: others[1] }, "INVALID_CREW_OPERATION");
    shard.refuses({ type: "crew.promote", ...asked, member: player }, "INVALID_CREW_OPERATION");
    shard.refuses({ type: "crew.invite", ...asked, invited: stranger }, "INVALID_CREW_OPERATION");
    shard.refuses({ type: "crew.disband", ...asked }, "INVALID_CREW_OPERATION");
  }
  shard.refuses({ type: "crew.leave", crew, player: stranger }, "INVALID_CREW_OPERATION");
  shard.refuses({ type: "crew.kick", crew, player: leader, member: leader }, "INVALID_CREW_OPERATION");
  shard.refuses({ type: "crew.invite", crew, player: leader, invited: others[0] }, "INVALID_CREW_OPERATION");
  const kicked = shard.apply({ type: "crew.kick", crew, player: leader, member: others[0] });
  assert.equal(expectEvent(kicked, "crew.left").reason, "kicked");
  const ended = expectEvent(shard.apply({ type: "crew.disband", crew, player: leader }), "crew.disbanded");
  assert.deepEqual(ended.players, [leader, others[1]]);
});

test("[CR5] what is unknown is not found", () => {
  const { shard, leader } = crewOf(["ada"]);
  shard.refuses({ type: "crew.leave", crew: "crew_none", player: leader }, "CREW_NOT_FOUND");
  shard.refuses({ type: "crew.create", crew: other, player: "player_none" }, "PLAYER_NOT_FOUND");
  shard.refuses({ type: "crew.invite", crew, player: leader, invited: "player_none" }, "PLAYER_NOT_FOUND");
  shard.refuses({ type: "crew.kick", crew, player: leader, member: "player_none" }, "PLAYER_NOT_FOUND");
  shard.refuses({ type: "crew.promote", crew, player: leader, member: "player_none" }, "PLAYER_NOT_FOUND");
});

/** Everybody goes, and the archive knows all there is to know of them. */
function forgotten({ shard, members }: ReturnType<typeof crewOf>) {
  for (const player of members) shard.disconnect(player);
  shard.apply({ type: "archive.progress", cursor: shard.state.position });
  return shard.wait(600_000);
}

test("[CR6] who is forgotten by the shard is in the crew still when they return", () => {
  const made = crewOf(["ada", "bob", "cyd"]);
  const { shard, leader, members } = made;
  assert.equal(forgotten(made).filter(({ type }) => type === "player.evicted").length, 3);
  assert.deepEqual(founded(shard, crew).members, members);
  shard.connect("ada");
  const kicked = shard.apply({ type: "crew.kick", crew, player: leader, member: members[1] });
  assert.equal(expectEvent(kicked, "crew.left").player, members[1]);
  shard.connect("bob");
  shard.refuses({ type: "crew.leave", crew, player: members[1] }, "INVALID_CREW_OPERATION");
});

test("[CR6] a guest who is forgotten leaves the crew", () => {
  const shard = Shard.started();
  const guest = shard.connect("gus", { guest: true });
  shard.apply({ type: "crew.create", crew, player: guest });
  const bob = shard.connect("bob");
  shard.apply({ type: "crew.invite", crew, player: guest, invited: bob });
  shard.apply({ type: "crew.join", crew, player: bob });
  shard.disconnect(guest);
  shard.apply({ type: "archive.progress", cursor: shard.state.position });
  const left = expectEvent(shard.wait(600_000), "crew.left");
  assert.deepEqual([left.player, left.reason, left.leader], [guest, "gone", bob]);
});

test("[CR7] a repeated request is carried out once", () => {
  const { shard, leader } = crewOf(["ada"]);
  const invited = shard.connect("bob");
  const origin = { key: "client:1", bodyHash: 7 };
  const invite: Command = { type: "crew.invite", crew, player: leader, invited, origin };
  expectEvent(shard.apply(invite), "crew.invited");
  shard.refuses(invite, "REPEATED");
});

test("[CR8] a restored crew has the same hash and the same future", () => {
  const { shard, leader, others } = queuedCrew(["ada", "bob", "cyd"]);
  shard.apply({ type: "crew.invite", crew, player: leader, invited: shard.connect("dan") });
  const twin = Shard.started();
  twin.state = shard.copy();
  twin.at = shard.at;
  assert.deepEqual([...twin.state.crewOf], [...shard.state.crewOf]);
  for (const one of [shard, twin]) {
    one.wait(61_000);
    one.apply({ type: "crew.leave", crew, player: others[0] });
  }
  assert.equal(stateHash(twin.state), stateHash(shard.state));
});

test("[CR9] the leader queues three or more of the crew, all there and free", () => {
  const { shard, leader, others, members } = crewOf(["ada", "bob", "cyd", "dan"]);
  const enqueue = shard.enqueueCommand(leader, "siege", { crew, members });
  shard.refuses({ ...enqueue, crew: "crew_none" }, "CREW_NOT_FOUND");
  shard.refuses({ ...enqueue, player: others[0] }, "INVALID_CREW_OPERATION");
  shard.refuses({ ...enqueue, members: members.slice(0, 2) }, "INVALID_CREW_OPERATION");
  shard.refuses({ ...enqueue, members: others }, "INVALID_CONFIGURATION");
  const stranger = shard.connect("eve");
  shard.refuses({ ...enqueue, members: [leader, others[0], stranger] }, "INVALID_CREW_OPERATION");
  shard.refuses({ ...enqueue, pools: [{ mode: "squad", tier: null }] }, "CONSTRAINTS_NOT_SATISFIED");
  shard.disconnect(others[0]);
  shard.refuses(enqueue, "PLAYER_NOT_FOUND");
  shard.enqueue(others[1], "arena");
  shard.connect("bob");
  shard.refuses(enqueue, "ALREADY_IN_QUEUE");
  const some = [leader, others[0], others[2]];
  const queued = expectEvent(shard.apply({ ...enqueue, members: some }), "ticket.queued");
  assert.deepEqual([queued.crew, queued.players], [crew, some]);
});

test("[CR10] a crew has one ticket at a time, and a ticket is not of a party too", () => {
  const { shard, leader, others } = crewOf(["ada", "bob", "cyd", "dan", "eve", "fay"]);
  shard.enqueue(leader, "siege", { crew, members: [leader, others[0], others[1]] });
  shard.apply({ type: "crew.promote", crew, player: leader, member: others[2] });
  const second = shard.enqueueCommand(others[2], "siege", { crew, members: others.slice(2) });
  shard.refuses({ ...second, party: "party_1" }, "INVALID_CONFIGURATION");
  shard.refuses(second, "ALREADY_IN_QUEUE");
  shard.apply({ type: "ticket.cancel", player: leader });
  expectEvent(shard.apply(second), "ticket.queued");
});

for (const [what, command] of [
  ["leaves", { type: "crew.leave", crew, player: "player_bob" }],
  ["is kicked", { type: "crew.kick", crew, player: "player_ada", member: "player_bob" }],
  ["is disbanded with all", { type: "crew.disband", crew, player: "player_ada" }],
] as const) {
  test(`[CR11] a waiting ticket one of whose players ${what} is taken back at once`, () => {
    const { shard, members, ticket } = queuedCrew(["ada", "bob", "cyd"]);
    const ended = expectEvent(shard.apply(command), "ticket.ended");
    assert.deepEqual([ended.ticket, ended.reason, ended.players], [ticket, "crew_changed", members]);
    assert.equal(shard.player("player_cyd").ticket, null);
  });

  test(`[CR12] from a match being found to its start nobody on it ${what}`, () => {
    const { shard, members, ticket } = queuedCrew(["ada", "bob", "cyd"]);
    const rivals = ["gil", "hal", "ian"].map((name) => shard.connect(name));
    const rival = shard.enqueue(rivals[0], "siege", { members: rivals });
    const match = shard.propose([[ticket], [rival]], "siege");
    shard.refuses(command, "INVALID_STATE");
    for (const player of [...members, ...rivals]) shard.apply({ type: "match.accept", match, player });
    shard.wait(5_000);
    assert.equal(shard.stateOf(match), "ACTIVE");
    shard.apply(command);
    assert.equal(shard.state.crewOf.has("player_bob"), false);
    assert.equal(shard.player("player_bob").match, match);
  });
}

test("[CR11] who is not on the crew's ticket comes and goes", () => {
  const { shard, others, leader, members } = crewOf(["ada", "bob", "cyd", "dan"]);
  const ticket = shard.enqueue(leader, "siege", { crew, members: members.slice(0, 3) });
  expectEvent(shard.apply({ type: "crew.leave", crew, player: others[2] }), "crew.left");
  assert.equal(shard.ticket(ticket).state, "waiting");
});
