import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { MatchId } from "@matchforge/core";
import type { HttpPlayer } from "./http-player.ts";
import { TicketRig } from "./ticket-rig.ts";

let rig: TicketRig;
before(async () => {
  rig = await TicketRig.start({ nodes: 2 });
});
after(() => rig.stop());

/** Two who have accepted a match of a mode. */
async function accepted(mode: string, a: HttpPlayer, b: HttpPlayer) {
  const tickets = await Promise.all([a, b].map(async (player) => (await player.create({ mode })).ticket));
  const [ofA, ofB] = await Promise.all([
    a.until(tickets[0] as never, ({ match }) => match !== null),
    b.until(tickets[1] as never, ({ match }) => match !== null),
  ]);
  const match = (ofA?.match?.match_id ?? "") as MatchId;
  for (const player of [a, b]) await player.act(match, "ready", { accept: true });
  return { ofA, ofB, match };
}

async function registered(name: string): Promise<void> {
  await rig.done({
    type: "server.up",
    server: `server_${name}`,
    allocator: "registry",
    instance: "1",
    offer: { address: "203.0.113.7:7777", region: null, capacity: 8, labels: {} },
    isHeard: false,
  });
}

test("[HT18] a match is lived through by HTTP alone: ready, loading, a server, and the result", async () => {
  await registered("one");
  const [ada, bob] = [rig.player("player_ada"), rig.player("player_bob", 1)];
  const { ofA, ofB, match } = await accepted("hosted", ada, bob);
  const loading = await ada.until(ofA, (ticket) => ticket.match?.state === "PREPARING");
  assert.deepEqual(
    [loading.match?.has_loaded, loading.match?.loaded, loading.match?.total, loading.assignment],
    [false, 0, 2, null],
  );
  assert.deepEqual(await ada.act(match, "loaded", {}), {
    match_id: match,
    state: "PREPARING",
    ready: 2,
    loaded: 1,
    total: 2,
  });
  await bob.act(match, "loaded", { progress: 1 });
  const assigned = await ada.until(loading, ({ assignment }) => assignment !== null);
  const { assignment } = assigned;
  assert.deepEqual([assignment?.lobby_id, assignment?.server_addr], [match, "203.0.113.7:7777"]);
  assert.ok(assignment !== null && assignment.expires_at > Date.now());
  const fresh = (await ada.act(match, "ticket")) as typeof assignment;
  assert.equal(fresh.lobby_id, match);
  assert.notEqual(fresh.match_ticket, assignment.match_ticket);
  assert.equal((await ada.look(ofA.ticket_id)).assignment?.match_ticket, fresh.match_ticket);
  const active = await bob.until(ofB, (ticket) => ticket.match?.state === "ACTIVE");
  assert.notEqual(active.assignment?.match_ticket, fresh.match_ticket);
  const { players, allocation } = rig.state.matches.get(match) ?? { players: [] };
  const teams = players.map(({ id }, index) => ({ players: [id], rank: index + 1 }));
  await rig.done({ type: "match.result", match, attempt: allocation?.attempt ?? 0, teams });
  const [endA, endB] = await Promise.all([
    ada.until(assigned, ({ state }) => state === "ended"),
    bob.until(active, ({ state }) => state === "ended"),
  ]);
  assert.deepEqual([endA.ended?.reason, endA.ended?.match_id, endA.assignment], ["played", match, null]);
  const winner = players[0]?.id;
  assert.deepEqual([endA.result?.winner, endB.result?.winner], [winner, winner]);
  assert.equal(endA.result?.end_reason, "completed");
});

test("[HT18] a match that is void ends its tickets, and there is no result", async () => {
  const [ada, bob] = [rig.player("player_cyd"), rig.player("player_dan")];
  const { ofA, match } = await accepted("arena", ada, bob);
  await ada.until(ofA, (ticket) => ticket.match?.state === "ACTIVE");
  await rig.done({ type: "match.close", match, reason: "test" });
  const over = await ada.look(ofA.ticket_id);
  assert.deepEqual([over.ended?.reason, over.ended?.match_state, over.result], ["voided", "VOIDED", null]);
});

test("[HT17] who abandons a match in play forfeits it", async () => {
  const [ada, bob] = [rig.player("player_eli"), rig.player("player_fay")];
  const { ofA, ofB, match } = await accepted("arena", ada, bob);
  await ada.until(ofA, (ticket) => ticket.match?.state === "ACTIVE");
  await ada.act(match, "abandon");
  const [endA, endB] = await Promise.all([
    ada.until(ofA, ({ state }) => state === "ended"),
    bob.until(ofB, ({ state }) => state === "ended"),
  ]);
  assert.deepEqual([endA.result?.end_reason, endB.result?.winner], ["forfeit", bob.id]);
});

test("[HT17] what a player may not say of a match has the code it has on a socket, and changes nothing", async () => {
  const [ada, bob, eve] = [rig.player("player_gus"), rig.player("player_hal"), rig.player("player_eve")];
  const { ofA, match } = await accepted("arena", ada, bob);
  await ada.until(ofA, (ticket) => ticket.match?.state === "ACTIVE");
  const accept = { accept: true };
  const asked = (player: HttpPlayer, step: string, body?: unknown, id: string = match) =>
    player.refusal("POST", `/matches/${id}/${step}`, body === undefined ? {} : { body });
  assert.equal(await asked(ada, "ready", accept), "INVALID_STATE");
  assert.equal(await asked(ada, "loaded", {}), "INVALID_STATE");
  assert.equal(await asked(ada, "loaded", { progress: 0.5 }), "INVALID_STATE");
  assert.equal(await asked(ada, "ticket"), "INVALID_STATE");
  for (const [step, body] of [
    ["ready", accept],
    ["loaded", {}],
    ["loaded", { progress: 0.5 }],
    ["abandon"],
    ["ticket"],
  ] as const) {
    assert.equal(await asked(eve, step, body), "PLAYER_NOT_IN_MATCH");
    assert.equal(await asked(eve, step, body, "match_none"), "MATCH_NOT_FOUND");
  }
  assert.equal(await asked(ada, "ready", { accept: "yes" }), "INVALID_FIELD");
  assert.equal(await asked(ada, "ready", {}), "MISSING_FIELD");
  assert.equal(await asked(ada, "loaded", { progress: 2 }), "INVALID_FIELD");
  assert.equal(rig.state.players.has("player_eve"), false);
  await rig.done({ type: "match.close", match, reason: "test" });
});

test("[HT17] what is said twice with one key is said once, and with another body not at all", async () => {
  const [ada, bob] = [rig.player("player_ida"), rig.player("player_jon")];
  const { ofA, match } = await accepted("arena", ada, bob);
  await ada.until(ofA, (ticket) => ticket.match?.state === "ACTIVE");
  const path = `/matches/${match}/abandon`;
  for (let turn = 0; turn < 2; turn += 1)
    assert.equal((await ada.send("POST", path, { key: "leave" })).status, 200);
  assert.equal(
    await ada.refusal("POST", `/matches/${match}/ready`, { key: "leave", body: { accept: true } }),
    "ID_REUSED",
  );
});

test("[HT17] how far somebody has loaded reaches the others", async () => {
  await registered("two");
  const bob = await rig.socket("player_leo");
  const ada = rig.player("player_kim");
  const { ticket } = await ada.create({ mode: "hosted" });
  await bob.ask("queue.enter", { game_type: "hosted" });
  const { match_id } = (await bob.next("match.found")).data;
  await bob.ask("match.ready", { match_id, response: "accept" });
  await ada.until(ticket, ({ match }) => match !== null);
  await ada.act(match_id, "ready", { accept: true });
  await rig.reaches(({ matches }) => matches.get(match_id as MatchId)?.phase.state === "PREPARING");
  await ada.act(match_id, "loaded", { progress: 0.25 });
  const told = () =>
    bob.messages.some(({ type, data }) => type === "match.loading" && data.progress === 0.25);
  while (!told()) await new Promise((resolve) => bob.socket.once("message", resolve));
  await ada.act(match_id, "abandon");
});
