import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { kernelLimits } from "@matchforge/core";
import type { ServerMessages } from "@matchforge/protocol";
import { GatewayRig } from "./gateway-rig.ts";
import { codeOf, partyIn, partyOf, toldDuring, typesOf } from "./party-rig.ts";

let rig: GatewayRig;
beforeEach(async () => {
  rig = await GatewayRig.start();
});
afterEach(() => rig.stop());

const invitationSecs = kernelLimits.invitationMs / 1_000;
const idle = { ready: false, roles: [] };

/** The newest party of each told player. */
const lastParties = (told: Awaited<ReturnType<typeof toldDuring>>) =>
  told.map((messages) => messages.findLast(({ type }) => type === "party.update")?.data);

test("[PW1] a party is made for five unless its maker says otherwise, and the reply tells it", async () => {
  const [a, b] = [await rig.signIn("player_a"), await rig.signIn("player_b")];
  const made = partyIn(await a.ask("party.create", {}));
  assert.match(made.party_id, /^party_/);
  const members = [{ player_id: "player_a", ...idle }];
  assert.deepEqual(made, {
    party_id: made.party_id,
    leader: "player_a",
    size_max: 5,
    members,
    invited: [],
  });
  assert.equal(partyIn(await b.ask("party.create", { size_max: 2 })).size_max, 2);
});

test("[PW1] every request about a party is answered with the party as it then is", async () => {
  const [a, b] = [await rig.signIn("player_a"), await rig.signIn("player_b")];
  const { party_id } = partyIn(await a.ask("party.create", { size_max: 3 }));
  const [ofA, ofB] = [
    { player_id: "player_a", ...idle },
    { player_id: "player_b", ...idle },
  ];
  const common = { party_id, leader: "player_a", size_max: 3, members: [ofA], invited: [] };
  const invited = await a.ask("party.invite", { party_id, player_id: "player_b" });
  assert.deepEqual(partyIn(invited), { ...common, invited: ["player_b"] });
  const both = { ...common, members: [ofA, ofB] };
  assert.deepEqual(partyIn(await b.ask("party.join", { party_id })), both);
  const said = { ready: true, roles: ["healer", "tank"] };
  const readied = await b.ask("party.ready", { party_id, ...said, latencies: { eu: 20 } });
  assert.deepEqual(partyIn(readied), { ...common, members: [ofA, { ...ofB, ...said }] });
  const notReady = await b.ask("party.ready", { party_id, ready: false });
  const kept = { ...ofB, roles: said.roles };
  assert.deepEqual(partyIn(notReady), { ...common, members: [ofA, kept] });
  const promoted = await a.ask("party.promote", { party_id, player_id: "player_b" });
  assert.deepEqual(partyIn(promoted), { ...common, leader: "player_b", members: [ofA, kept] });
  const kicked = await b.ask("party.kick", { party_id, player_id: "player_a" });
  assert.deepEqual(partyIn(kicked), { ...common, leader: "player_b", members: [kept] });
  assert.equal((await b.ask("party.leave", { party_id })).type, "ok");
  const next = partyIn(await a.ask("party.create", {})).party_id;
  assert.equal((await a.ask("party.disband", { party_id: next })).type, "ok");
});

test("[PW3] a request sent again has one effect, and is answered with the party as it is by then", async () => {
  const a = await rig.signIn("player_a");
  await rig.signIn("player_b");
  const id = a.send("party.create", { size_max: 2 });
  const made = partyIn(await a.reply(id));
  const invite = a.send("party.invite", { party_id: made.party_id, player_id: "player_b" });
  await a.reply(invite);
  const told = await toldDuring([a], async () => {
    const seen = a.messages.length;
    a.send("party.create", { size_max: 2 }, id);
    assert.deepEqual(partyIn(await a.reply(id, seen)), { ...made, invited: ["player_b"] });
  });
  assert.deepEqual(told, [[]]);
  assert.equal(rig.node.state.parties.size, 1);
});

test("[PW3] a request sent again after the player has left is PARTY_NOT_FOUND, also from another party", async () => {
  const a = await rig.signIn("player_a");
  await rig.signIn("player_b");
  const again = async (id: string, send: () => void) => {
    const seen = a.messages.length;
    send();
    return codeOf(await a.reply(id, seen));
  };
  const create = a.send("party.create", {});
  const { party_id } = partyIn(await a.reply(create));
  const invite = a.send("party.invite", { party_id, player_id: "player_b" });
  await a.reply(invite);
  await a.ask("party.disband", { party_id });
  assert.equal(await again(create, () => a.send("party.create", {}, create)), "PARTY_NOT_FOUND");
  await a.ask("party.create", {});
  const resend = () => a.send("party.invite", { party_id, player_id: "player_b" }, invite);
  assert.equal(await again(invite, resend), "PARTY_NOT_FOUND");
});

test("[PW4] [PW7] all members hear of every change, who asked among them, and strangers of none", async () => {
  const { party_id, clients } = await partyOf(rig, "player_a", "player_b", "player_c");
  const [a, b, c] = clients;
  const [invited, stranger] = [await rig.signIn("player_d"), await rig.signIn("player_e")];
  await a.ask("party.invite", { party_id, player_id: "player_d" });
  const steps = [
    () => b.ask("party.ready", { party_id, ready: true, roles: ["tank"] }),
    () => a.ask("party.promote", { party_id, player_id: "player_c" }),
    () => c.ask("party.invite", { party_id, player_id: "player_f" }),
  ];
  await rig.signIn("player_f");
  for (const step of steps) {
    let reply: unknown;
    const told = await toldDuring([a, b, c, invited, stranger], async () => {
      reply = partyIn(await step());
    });
    assert.deepEqual(told.map(typesOf), [["party.update"], ["party.update"], ["party.update"], [], []]);
    assert.deepEqual(lastParties(told).slice(0, 3), [reply, reply, reply]);
  }
});

test("[PW5] the invited hear who invites them, to what, and for how long, and nothing more", async () => {
  const { party_id, clients } = await partyOf(rig, "player_a", "player_b");
  const invited = await rig.signIn("player_c");
  const [told] = await toldDuring([invited], () =>
    clients[0].ask("party.invite", { party_id, player_id: "player_c" }),
  );
  assert.deepEqual(
    told.map(({ type, data }) => [type, data]),
    [["party.invitation", { party_id, from: "player_a", expires_in_secs: invitationSecs }]],
  );
});

test("[PW6] who leaves is told so, and the others see who leads them", async () => {
  const { party_id, clients } = await partyOf(rig, "player_a", "player_b", "player_c");
  const told = await toldDuring(clients, () => clients[0].ask("party.leave", { party_id }));
  assert.deepEqual(told.map(typesOf), [["party.ended"], ["party.update"], ["party.update"]]);
  assert.deepEqual(told[0][0].data, { party_id, reason: "left" });
  const [, ofB] = lastParties(told) as ServerMessages["party.update"][];
  assert.deepEqual([ofB.leader, ofB.members.length], ["player_b", 2]);
});

test("[PW6] who is kicked is told so, and hears nothing of the party from then on", async () => {
  const { party_id, clients } = await partyOf(rig, "player_a", "player_b");
  const [a, b] = clients;
  const told = await toldDuring(clients, () => a.ask("party.kick", { party_id, player_id: "player_b" }));
  assert.deepEqual(told.map(typesOf), [["party.update"], ["party.ended"]]);
  assert.deepEqual(told[1][0].data, { party_id, reason: "kicked" });
  const later = await toldDuring([b], () => a.ask("party.ready", { party_id, ready: true }));
  assert.deepEqual(later, [[]]);
});

test("[PW6] when a party is disbanded, or its last member leaves, all who were in it are told so", async () => {
  const { party_id, clients } = await partyOf(rig, "player_a", "player_b");
  const [a, b] = clients;
  const told = await toldDuring(clients, () => a.ask("party.disband", { party_id }));
  const ended = { party_id, reason: "disbanded" };
  assert.deepEqual(
    told.map((messages) => messages.map(({ type, data }) => [type, data])),
    [[["party.ended", ended]], [["party.ended", ended]]],
  );
  const alone = partyIn(await b.ask("party.create", {})).party_id;
  const [last] = await toldDuring([b], () => b.ask("party.leave", { party_id: alone }));
  assert.deepEqual(last[0].data, { party_id: alone, reason: "disbanded" });
  assert.equal(rig.node.state.parties.size, 0);
});

test("[PW8] when an invitation runs out the members are told, and it holds no longer", async () => {
  const { party_id, clients } = await partyOf(rig, "player_a");
  const invited = await rig.signIn("player_b");
  await clients[0].ask("party.invite", { party_id, player_id: "player_b" });
  const told = await toldDuring([...clients, invited], () =>
    rig.passShardTime(kernelLimits.invitationMs + 2_000),
  );
  assert.deepEqual(told.map(typesOf), [["party.update"], []]);
  assert.deepEqual((lastParties(told)[0] as ServerMessages["party.update"]).invited, []);
  assert.equal(codeOf(await invited.ask("party.join", { party_id })), "INVALID_PARTY_OPERATION");
  const again = await rig.open();
  await again.ask("auth", { token: "player_b" });
  assert.deepEqual((await again.next("session.sync")).data.invitations, []);
});

test("[PW9] a member who was away for ten minutes is in the party no longer, and the others are told", async () => {
  const { party_id, clients } = await partyOf(rig, "player_a", "player_b");
  const [a, b] = clients;
  a.socket.terminate();
  await rig.state((state) => state.players.get("player_a")?.epoch === 0);
  const told = await toldDuring([b], () => rig.passShardTime(kernelLimits.evictAfterMs + 2_000));
  assert.deepEqual(told.map(typesOf), [["party.update"]]);
  const { leader, members } = lastParties(told)[0] as ServerMessages["party.update"];
  assert.deepEqual([leader, members], ["player_b", [{ player_id: "player_b", ...idle }]]);
  const back = await rig.open();
  await back.ask("auth", { token: "player_a" });
  assert.equal((await back.next("session.sync")).data.party, null);
  assert.equal(codeOf(await back.ask("party.leave", { party_id })), "INVALID_PARTY_OPERATION");
});

test("[PW10] who comes back is shown their own party and the invitations that hold, the newest first", async () => {
  const first = await partyOf(rig, "player_a", "player_b");
  const second = await partyOf(rig, "player_c");
  const guest = await rig.signIn("player_d");
  assert.deepEqual((await guest.next("session.sync")).data.invitations, []);
  await first.clients[0].ask("party.invite", { party_id: first.party_id, player_id: "player_d" });
  await rig.passShardTime(3_000);
  await second.clients[0].ask("party.invite", { party_id: second.party_id, player_id: "player_d" });
  const shownTo = async (token: string) => {
    const client = await rig.open();
    await client.ask("auth", { token });
    return (await client.next("session.sync")).data;
  };
  const { party, invitations } = await shownTo("player_d");
  assert.equal(party, null);
  assert.deepEqual(
    invitations.map(({ party_id, from }) => [party_id, from]),
    [
      [second.party_id, "player_c"],
      [first.party_id, "player_a"],
    ],
  );
  assert.ok(invitations.every(({ expires_in_secs: secs }) => secs > 0 && secs <= invitationSecs));
  assert.ok(invitations[1].expires_in_secs < invitations[0].expires_in_secs);
  const own = await shownTo("player_b");
  const [leader] = first.clients;
  const update = await leader.ask("party.promote", { party_id: first.party_id, player_id: "player_a" });
  assert.deepEqual([own.party, own.invitations], [partyIn(update), []]);
});

test("[PW10] a node that starts with parties in its log knows who is invited", async () => {
  const { party_id, clients } = await partyOf(rig, "player_a");
  await rig.signIn("player_b");
  await clients[0].ask("party.invite", { party_id, player_id: "player_b" });
  rig.renewGateway();
  const back = await rig.open();
  await back.ask("auth", { token: "player_b" });
  const { invitations } = (await back.next("session.sync")).data;
  assert.deepEqual(
    invitations.map((invitation) => invitation.party_id),
    [party_id],
  );
});

test("[PW10] an invitation that was taken up, or whose party is no more, waits no longer", async () => {
  const { party_id, clients } = await partyOf(rig, "player_a");
  const other = await partyOf(rig, "player_b");
  const guest = await rig.signIn("player_c");
  await clients[0].ask("party.invite", { party_id, player_id: "player_c" });
  await other.clients[0].ask("party.invite", { party_id: other.party_id, player_id: "player_c" });
  await guest.ask("party.join", { party_id });
  await other.clients[0].ask("party.disband", { party_id: other.party_id });
  const back = await rig.open();
  await back.ask("auth", { token: "player_c" });
  const { party, invitations } = (await back.next("session.sync")).data;
  assert.deepEqual([party?.party_id, invitations], [party_id, []]);
});

test("[PW11] what a member measured is told to nobody", async () => {
  const { party_id, clients } = await partyOf(rig, "player_a", "player_b");
  await clients[1].ask("party.ready", { party_id, ready: true, latencies: { atlantis: 77 } });
  await Promise.all(clients.map((client) => client.heard()));
  const said = clients.map(({ messages }) => JSON.stringify(messages)).join();
  assert.ok(!said.includes("atlantis"));
  assert.equal(rig.node.state.parties.get(party_id as `party_${string}`)?.members[1].latencies?.length, 1);
});
