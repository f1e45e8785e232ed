import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { kernelLimits } from "@matchforge/core";
import type { ServerMessages } from "@matchforge/protocol";
import { GatewayRig } from "./gateway-rig.ts";
import { codeOf, partyOf, readyParty, toldDuring, typesOf } from "./party-rig.ts";

let rig: GatewayRig;
beforeEach(async () => {
  rig = await GatewayRig.start();
});
afterEach(() => rig.stop());

const brawl = { game_type: "brawl" };

/** A party of two that waits, and a stranger. */
async function waiting() {
  const party = await readyParty(rig, "player_a", "player_b");
  const stranger = await rig.signIn("player_s");
  const [leader, member] = party.clients;
  const reply = await leader.ask("queue.enter", { ...brawl, party_id: party.party_id });
  assert.equal(reply.type, "queue.update", JSON.stringify(reply));
  return { ...party, leader, member, stranger, everybody: [leader, member, stranger], reply };
}

const endings = (messages: Awaited<ReturnType<typeof toldDuring>>[number]) =>
  messages.flatMap((message) => (message.type === "queue.ended" ? [message.data] : []));

test("[PW12] when the leader queues the party every member is told how it stands, and strangers are not", async () => {
  const { party_id, clients } = await readyParty(rig, "player_a", "player_b");
  const [leader, member] = clients;
  const stranger = await rig.signIn("player_s");
  await leader.ask("party.invite", { party_id, player_id: "player_s" });
  let reply: unknown;
  const told = await toldDuring([leader, member, stranger], async () => {
    reply = (await leader.ask("queue.enter", { ...brawl, party_id })).data;
  });
  assert.deepEqual(told.map(typesOf), [["party.update"], ["queue.update", "party.update"], []]);
  assert.deepEqual(told[1][0].data, reply);
  const { members, invited } = told[0][0].data as ServerMessages["party.update"];
  assert.deepEqual([members.map(({ ready }) => ready), invited], [[false, false], []]);
});

test("[PW12] the picture of a member of a waiting party has the ticket and whose it is", async () => {
  const { party_id } = await waiting();
  const back = await rig.open();
  await back.ask("auth", { token: "player_b" });
  const { state, ticket, party } = (await back.next("session.sync")).data;
  assert.deepEqual([state, ticket?.party_id, party?.party_id], ["in_queue", party_id, party_id]);
  await back.ask("queue.leave", {});
  const alone = await rig.signIn("player_s");
  await alone.ask("queue.enter", brawl);
  const again = await rig.open();
  await again.ask("auth", { token: "player_s" });
  const own = (await again.next("session.sync")).data;
  assert.deepEqual([own.ticket?.party_id, own.party], [null, null]);
});

test("[PW13] only a whole party whose members are ready is queued, by its leader, where it fits", async () => {
  const { party_id, clients } = await partyOf(rig, "player_a", "player_b");
  const [leader, member] = clients;
  const stranger = await rig.signIn("player_s");
  const enter = { ...brawl, party_id };
  const refused = async (client: typeof leader, data: Parameters<typeof leader.ask<"queue.enter">>[1]) =>
    codeOf(await client.ask("queue.enter", data));
  assert.equal(await refused(leader, { ...enter, party_id: "party_unknown" }), "PARTY_NOT_FOUND");
  assert.equal(await refused(stranger, enter), "INVALID_PARTY_OPERATION");
  assert.equal(await refused(leader, enter), "INVALID_PARTY_OPERATION");
  await member.ask("party.ready", { party_id, ready: true });
  await leader.ask("party.ready", { party_id, ready: true });
  assert.equal(await refused(member, enter), "INVALID_PARTY_OPERATION");
  assert.equal(await refused(leader, { ...enter, game_type: "duel" }), "CONSTRAINTS_NOT_SATISFIED");
  const twice = { ...enter, regions: ["eu", "eu"] };
  assert.equal(await refused(leader, twice), "INVALID_CONFIGURATION");
  await member.ask("queue.enter", brawl);
  assert.equal(await refused(leader, enter), "ALREADY_IN_QUEUE");
  await member.ask("queue.leave", {});
  member.socket.terminate();
  await rig.state((state) => state.players.get("player_b")?.epoch === 0);
  assert.equal(await refused(leader, enter), "PLAYER_NOT_FOUND");
});

for (const [what, act] of Object.entries({
  "a member leaves": ({ member, party_id }) => member.ask("party.leave", { party_id }),
  "a member is kicked": ({ leader, party_id }) =>
    leader.ask("party.kick", { party_id, player_id: "player_b" }),
  "the party is disbanded": ({ leader, party_id }) => leader.ask("party.disband", { party_id }),
} satisfies Record<string, (party: Awaited<ReturnType<typeof waiting>>) => Promise<unknown>>)) {
  test(`[PW14] when ${what} all its players are told that its ticket has ended, and strangers are not`, async () => {
    const party = await waiting();
    const told = await toldDuring(party.everybody, () => act(party));
    const ended = { reason: "party_changed", message: "Your party changed while it was waiting." };
    assert.deepEqual(told.map(endings), [[ended], [ended], []]);
    assert.deepEqual(typesOf(told[2]), []);
    for (const client of [party.leader, party.member])
      assert.equal(codeOf(await client.ask("queue.leave", {})), "NOT_IN_QUEUE");
  });
}

test("[PW14] whoever takes the ticket back is told so, and the others that it was somebody else", async () => {
  const { member, everybody } = await waiting();
  const told = await toldDuring(everybody, () => member.ask("queue.leave", {}));
  assert.deepEqual(told.map(endings), [
    [{ reason: "cancelled", message: "Somebody in your party left the queue." }],
    [{ reason: "cancelled", message: "You left the queue." }],
    [],
  ]);
});

test("[PW14] when a member is away for too long the others are told whose doing it was", async () => {
  const { leader, member } = await waiting();
  member.socket.terminate();
  const told = await toldDuring([leader], () => rig.passShardTime(kernelLimits.ticketGraceMs + 2_000));
  const message = "Somebody in your party was away for too long.";
  assert.deepEqual(told.map(endings), [[{ reason: "disconnected", message }]]);
});

test("[PW14] when a member declines the party waits no longer, and each is told whose doing it was", async () => {
  const { leader, member } = await waiting();
  const rivals = await readyParty(rig, "player_x", "player_y");
  await rivals.clients[0].ask("queue.enter", { ...brawl, party_id: rivals.party_id });
  const { match_id } = (await member.next("match.found")).data;
  const told = await toldDuring([leader, member, ...rivals.clients], () =>
    member.ask("match.ready", { match_id, response: "decline" }),
  );
  assert.deepEqual(told.map(endings), [
    [{ reason: "declined", message: "Somebody in your party declined the match." }],
    [{ reason: "declined", message: "You declined the match." }],
    [],
    [],
  ]);
  assert.deepEqual(told.map(typesOf), [
    ["match.cancelled", "queue.ended"],
    ["match.cancelled", "queue.ended"],
    ["match.cancelled"],
    ["match.cancelled"],
  ]);
});
