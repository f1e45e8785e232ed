import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import type { TicketId } from "@matchforge/core";
import type { TicketRequest } from "@matchforge/protocol";
import type { HttpPlayer } from "./http-player.ts";
import { TicketRig } from "./ticket-rig.ts";

let rig: TicketRig;
before(async () => {
  rig = await TicketRig.start({ nodes: 2 });
});
afterEach(async () => {
  for (const match of [...rig.state.matches.keys()])
    await rig.done({ type: "match.close", match, reason: "test" });
  for (const { id, ticket } of [...rig.state.players.values()])
    if (ticket !== null) await rig.done({ type: "ticket.cancel", player: id });
});
after(() => rig.stop());

/** Two who have been found for each other. */
async function found(a: HttpPlayer, b: HttpPlayer, body: TicketRequest = { mode: "arena" }) {
  const made = [(await a.create(body)).ticket, (await b.create(body)).ticket] as const;
  const [ofA, ofB] = await Promise.all([
    a.until(made[0], ({ match }) => match !== null),
    b.until(made[1], ({ match }) => match !== null),
  ]);
  assert.ok(ofA.match !== null && ofB.match !== null);
  return { ofA, ofB, match: ofA.match.match_id };
}

test("[HT1] a ticket is answered with its id, its end, its place and its version", async () => {
  const ada = rig.player("player_ada");
  const before = Date.now();
  const { status, ticket } = await ada.create({ mode: "cup", stake_tier: "gold" });
  assert.equal(status, 201);
  const { state, position, expires_at, match, ended } = ticket;
  assert.deepEqual([state, position, match, ended], ["waiting", 1, null, null]);
  assert.ok(expires_at !== null && expires_at > before);
  const standing = rig.state.tickets.get(ticket.ticket_id as TicketId)?.standings[0];
  assert.equal(standing?.stake, 300n);
});

test("[HT1] a wager names the tier of its stake", async () => {
  const ada = rig.player("player_ada");
  const { ticket } = await ada.create({ mode: "cup", wager: "100" });
  assert.equal(rig.state.tickets.get(ticket.ticket_id as TicketId)?.standings[0]?.pool, "cup:silver");
  await ada.cancel(ticket.ticket_id);
  const code = (body: object) => ada.refusal("POST", "/tickets", { key: "wager", body });
  assert.equal(await code({ mode: "cup", wager: "77" }), "QUEUE_NOT_FOUND");
  assert.equal(await code({ mode: "cup", wager: "100", stake_tier: "gold" }), "INVALID_CONFIGURATION");
});

test("[HT1] what is wrong with a wish has the code it has on a socket, and makes no ticket", async () => {
  const ada = rig.player("player_ada");
  const wrong: readonly [unknown, string][] = [
    [{ mode: "nowhere" }, "QUEUE_NOT_FOUND"],
    [{ mode: "cup" }, "QUEUE_NOT_FOUND"],
    [{ mode: "arena", party_id: "party_none" }, "PARTY_NOT_FOUND"],
    [{ mode: "arena", modes: ["arena", 1] }, "INVALID_FIELD"],
    [{ mode: "arena", surprise: true }, "UNKNOWN_FIELD"],
    [{}, "MISSING_FIELD"],
    [[], "INVALID_FIELD"],
    [{ mode: "far", latencies: { asia: 30 } }, "CONSTRAINTS_NOT_SATISFIED"],
    [
      { mode: "arena", preferences: { min_opponent_rating: 9, max_opponent_rating: 1 } },
      "INVALID_CONFIGURATION",
    ],
  ];
  for (const [body, code] of wrong)
    assert.equal(await ada.refusal("POST", "/tickets", { key: "wrong", body }), code, JSON.stringify(body));
  assert.equal(rig.state.tickets.size, 0);
  await ada.create();
  assert.equal(
    await ada.refusal("POST", "/tickets", { key: "second", body: { mode: "cup", stake_tier: "gold" } }),
    "ALREADY_IN_QUEUE",
  );
});

test("[HT2] one key makes one ticket, however many ask at once and of whichever node", async () => {
  const asking = Array.from({ length: 100 }, (_, index) =>
    rig.player("player_ada", index % 2).create({ mode: "arena" }, "once"),
  );
  const answers = await Promise.all(asking);
  assert.equal(new Set(answers.map(({ ticket }) => ticket.ticket_id)).size, 1);
  assert.deepEqual(answers.map(({ status }) => status).filter((status) => status === 201).length, 1);
  assert.equal(rig.state.tickets.size, 1);
});

test("[HT3] a key comes with one body, is needed, and is short and visible", async () => {
  const ada = rig.player("player_ada");
  await ada.create({ mode: "arena" }, "mine");
  const body = { mode: "far" };
  for (const node of [0, 1])
    assert.equal(
      await rig.player("player_ada", node).refusal("POST", "/tickets", { key: "mine", body }),
      "ID_REUSED",
    );
  assert.equal(await ada.refusal("POST", "/tickets", { body }), "MISSING_FIELD");
  assert.equal(await ada.refusal("POST", "/tickets", { key: "x".repeat(65), body }), "INVALID_FIELD");
  assert.equal(await ada.refusal("POST", "/tickets", { key: "a b", body }), "INVALID_FIELD");
  // Another player's key is another key.
  assert.equal((await rig.player("player_bob").create({ mode: "far" }, "mine")).status, 201);
});

test("[HT4] a request that comes again is answered as its ticket stands then", async () => {
  const [ada, bob] = [rig.player("player_ada"), rig.player("player_bob")];
  const first = await ada.create({ mode: "arena" }, "lost");
  await bob.create();
  await rig.reaches(({ players }) => players.get("player_ada")?.match != null);
  const again = await ada.create({ mode: "arena" }, "lost");
  assert.deepEqual([again.status, again.ticket.ticket_id], [200, first.ticket.ticket_id]);
  assert.equal(again.ticket.state, "matched");
  await ada.act(again.ticket.match?.match_id ?? "", "ready", { accept: false });
  const last = await ada.create({ mode: "arena" }, "lost");
  assert.deepEqual([last.status, last.ticket.ended?.reason], [200, "declined"]);
});

test("[HT5] a ticket tells of its match, and its version changes with all that is told", async () => {
  const [ada, bob] = [rig.player("player_ada"), rig.player("player_bob", 1)];
  const { ofA, ofB, match } = await found(ada, bob);
  assert.deepEqual(
    [ofA.match?.state, ofA.match?.accepted, ofA.match?.ready, ofA.match?.total],
    ["MATCHED", false, 0, 2],
  );
  assert.equal(ofB.match?.opponent?.address, "player_ada");
  await bob.act(match, "ready", { accept: true });
  const next = await ada.look(ofA.ticket_id, { wait: 30, since: ofA.version });
  assert.notEqual(next.version, ofA.version);
  assert.deepEqual([next.match?.accepted, next.match?.ready], [false, 1]);
  await ada.act(match, "ready", { accept: true });
  const active = await ada.until(next, (ticket) => ticket.match?.state === "ACTIVE");
  assert.ok(active.match?.starts_at != null);
  assert.equal((await bob.look(ofB.ticket_id)).version, active.version);
});

test("[HT5] a ticket of a match that was called off waits again, and says so", async () => {
  const [ada, bob] = [rig.player("player_ada"), rig.player("player_bob")];
  const { ofA, ofB, match } = await found(ada, bob);
  await ada.act(match, "ready", { accept: true });
  await bob.act(match, "ready", { accept: false });
  const again = await ada.until(ofA, ({ state }) => state === "waiting");
  assert.deepEqual([again.requeued, again.match, again.position], [true, null, 1]);
  const over = await bob.until(ofB, ({ state }) => state === "ended");
  assert.deepEqual(
    [over.ended?.reason, over.ended?.match_id, over.ended?.match_state, over.ended?.message],
    ["declined", match, "CANCELLED", "You declined the match."],
  );
});

test("[HT6] only its players see a ticket: for others there is none", async () => {
  const [ada, eve] = [rig.player("player_ada"), rig.player("player_eve")];
  const { ticket } = await ada.create();
  const { ticket_id: id } = ticket;
  const asked = ["", "/events"] as const;
  for (const path of [
    `/tickets/${id}`,
    "/tickets/ticket_none",
    "/tickets/..%2F..",
    `/tickets/${"x".repeat(64)}`,
  ]) {
    for (const part of asked) assert.equal(await eve.refusal("GET", `${path}${part}`), "TICKET_NOT_FOUND");
    assert.equal(await eve.refusal("DELETE", path), "TICKET_NOT_FOUND");
  }
  assert.equal((await ada.look(id)).state, "waiting");
  const stranger = new Headers();
  for (const path of asked) {
    const response = await fetch(`${rig.nodes[0]?.url}/api/v1/tickets/${id}${path}`, { headers: stranger });
    assert.equal(response.status, 401);
  }
  // Whoever asks for what is not theirs is not present for it.
  assert.equal(rig.state.players.has("player_eve"), false);
});

test("[HT6] a mate sees the party's ticket, and may take it back", async () => {
  const [ada, bob] = [rig.player("player_ada"), rig.player("player_bob")];
  for (const player of [ada, bob]) await player.send("POST", "/matchmaking/preferences", { body: {} });
  const party = "party_http1";
  await rig.done({ type: "party.create", party, player: ada.id, sizeMax: 2 });
  await rig.done({ type: "party.invite", party, player: ada.id, invited: bob.id });
  await rig.done({ type: "party.join", party, player: bob.id });
  await rig.done({ type: "party.ready", party, player: bob.id, ready: true });
  const { ticket } = await ada.create({ mode: "mates", party_id: party });
  assert.equal(ticket.party_id, party);
  assert.equal((await bob.look(ticket.ticket_id)).state, "waiting");
  const gone = await bob.cancel(ticket.ticket_id);
  assert.equal(gone.ended?.message, "You left the queue.");
  assert.equal((await ada.look(ticket.ticket_id)).ended?.message, "Somebody in your party left the queue.");
});

test("[HT7] a ticket is taken back once, and again changes nothing", async () => {
  const ada = rig.player("player_ada");
  const { ticket } = await ada.create();
  const gone = await ada.cancel(ticket.ticket_id);
  assert.deepEqual([gone.state, gone.ended?.reason, gone.position], ["ended", "cancelled", null]);
  const { ticket: later } = await ada.create();
  assert.deepEqual(await ada.cancel(ticket.ticket_id), gone);
  assert.equal((await ada.look(later.ticket_id)).state, "waiting");
});

test("[HT8] a ticket for which a match was found cannot be taken back", async () => {
  const [ada, bob] = [rig.player("player_ada"), rig.player("player_bob")];
  const { ofA, match } = await found(ada, bob);
  const response = await ada.send("DELETE", `/tickets/${ofA.ticket_id}`);
  const { code, detail } = (await response.json()) as { code: string; detail: string };
  assert.deepEqual([response.status, code], [409, "INVALID_STATE"]);
  assert.match(detail, new RegExp(`${match} is MATCHED`));
  assert.equal((await ada.look(ofA.ticket_id)).state, "matched");
});

test("[HT8] taking back and being matched at once ends in one of them", async () => {
  for (let round = 0; round < 5; round += 1) {
    const [ada, bob] = [rig.player(`player_a${round}`), rig.player(`player_b${round}`, 1)];
    const { ticket } = await ada.create();
    const [cancelled] = await Promise.all([ada.send("DELETE", `/tickets/${ticket.ticket_id}`), bob.create()]);
    const { state } = await ada.look(ticket.ticket_id);
    assert.deepEqual([cancelled.status, state], cancelled.status === 200 ? [200, "ended"] : [409, "matched"]);
    if (cancelled.status === 200) await rig.done({ type: "ticket.cancel", player: bob.id });
    else
      await rig.done({
        type: "match.close",
        match: [...rig.state.matches.keys()][0] ?? "match_",
        reason: "x",
      });
  }
});

test("[HT9] who knows an older version is answered at once, who knows the newest when there is news", async () => {
  const [ada, bob] = [rig.player("player_ada"), rig.player("player_bob")];
  const { ticket } = await ada.create();
  const [at] = ticket.version.split(".");
  const told = await ada.look(ticket.ticket_id, { wait: 30, since: "0" });
  assert.equal(told.version.split(".")[0], at);
  const news = ada.until(told, ({ state }) => state !== "waiting");
  await bob.create();
  assert.equal((await news).state, "matched");
});

test("[HT9] another place in the queue is news, and without any the answer comes when the time is over", async () => {
  const [ada, bob] = [rig.player("player_ada"), rig.player("player_bob")];
  const alone = { mode: "far", preferences: { min_opponent_rating: 90_000, expand_search: false } };
  const first = (await ada.create(alone)).ticket;
  const second = (await bob.create(alone)).ticket;
  assert.deepEqual([first.position, second.position], [1, 2]);
  const same = await bob.look(second.ticket_id, { wait: 1, since: second.version });
  assert.deepEqual([same.version, same.position], [second.version, 2]);
  const news = bob.look(second.ticket_id, { wait: 30, since: second.version });
  await ada.cancel(first.ticket_id);
  assert.equal((await news).position, 1);
});

test("[HT9] who asks another node is not told of things as they were before", async () => {
  const ada = rig.player("player_ada");
  const { ticket } = await ada.create();
  const there = await rig.player("player_ada", 1).look(ticket.ticket_id, { since: ticket.version });
  assert.equal(there.version.split(".")[0], ticket.version.split(".")[0]);
});

test("[HT9] a query that makes no sense is refused", async () => {
  const ada = rig.player("player_ada");
  const { ticket } = await ada.create();
  for (const [query, code] of [
    ["wait=31", "INVALID_FIELD"],
    ["wait=-1", "INVALID_FIELD"],
    ["wait=1&wait=2", "INVALID_FIELD"],
    ["since=yesterday", "INVALID_FIELD"],
    ["later=1", "UNKNOWN_FIELD"],
  ])
    assert.equal(await ada.refusal("GET", `/tickets/${ticket.ticket_id}?${query}`), code, query);
});
