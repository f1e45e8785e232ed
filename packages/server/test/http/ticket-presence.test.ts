import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import type { PlayerId, State } from "@matchforge/core";
import { TicketRig } from "./ticket-rig.ts";

let rig: TicketRig;
afterEach(() => rig.stop());

const player = "player_ada";
const isPresent = ({ players }: State) => (players.get(player)?.epoch ?? 0) !== 0;
const viaOf = ({ players }: State) => players.get(player)?.via;

test("[HT10] the first request connects, and who is silent has left", async () => {
  rig = await TicketRig.start({ limits: { presenceSilentMs: 300 } });
  const gone = rig.heard("player.disconnected");
  const { ticket } = await rig.player(player).create();
  assert.deepEqual([isPresent(rig.state), viaOf(rig.state)], [true, "http"]);
  const { epoch } = rig.state.players.get(player) ?? {};
  await rig.reaches((state) => !isPresent(state));
  assert.deepEqual(
    gone.map((event) => [event.player, event.epoch]),
    [[player, epoch]],
  );
  // The ticket waits a while for its player, who comes back by asking.
  assert.equal((await rig.player(player).look(ticket.ticket_id)).state, "waiting");
  await rig.reaches(isPresent);
});

test("[HT10] a request that is held open is presence, however long it takes", async () => {
  rig = await TicketRig.start({ limits: { presenceSilentMs: 700 } });
  const gone = rig.heard("player.disconnected");
  const ada = rig.player(player);
  const { ticket } = await ada.create();
  await ada.look(ticket.ticket_id, { wait: 3, since: ticket.version });
  assert.deepEqual(gone, []);
  await rig.reaches((state) => !isPresent(state));
});

test("[HT10] who asks only for the headers of a stream holds nothing open, and is silent from then on", async () => {
  rig = await TicketRig.start({ limits: { presenceSilentMs: 200 } });
  const ada = rig.player(player);
  const { ticket } = await ada.create();
  const response = await ada.send("HEAD", `/tickets/${ticket.ticket_id}/events`);
  assert.equal(response.status, 200);
  await rig.reaches((state) => !isPresent(state));
});

test("[HT10] who leaves a held request is silent from then on", async () => {
  rig = await TicketRig.start({ limits: { presenceSilentMs: 100 } });
  const ada = rig.player(player);
  const { ticket } = await ada.create();
  const leave = new AbortController();
  const path = `/tickets/${ticket.ticket_id}?wait=30&since=${ticket.version}`;
  const held = ada.send("GET", path, { signal: leave.signal });
  leave.abort();
  await assert.rejects(held);
  await rig.reaches((state) => !isPresent(state));
});

test("[HT11] a player present by a socket stays that, and asking takes over when it ends", async () => {
  rig = await TicketRig.start({ limits: { presenceSilentMs: 100 } });
  const socket = await rig.socket(player);
  const before = rig.state.players.get(player)?.epoch;
  const ada = rig.player(player);
  const { ticket } = await ada.create();
  const held = ada.look(ticket.ticket_id, { wait: 30, since: ticket.version });
  assert.deepEqual([rig.state.players.get(player)?.epoch, viaOf(rig.state)], [before, undefined]);
  socket.socket.close();
  await rig.reaches((state) => viaOf(state) === "http");
  await ada.cancel(ticket.ticket_id);
  assert.equal((await held).ended?.reason, "cancelled");
});

test("[HT11] a socket takes over from somebody who asks, and their silence ends nothing", async () => {
  rig = await TicketRig.start({ limits: { presenceSilentMs: 1_000 } });
  const gone = rig.heard("player.disconnected");
  const { ticket } = await rig.player(player).create();
  const socket = await rig.socket(player);
  await outlasted();
  assert.deepEqual(
    gone.map((event) => event.player),
    ["player_later"],
  );
  assert.equal(socket.closeCode, undefined);
  assert.equal((await socket.ask("queue.leave", {})).type, "ok");
  assert.equal((await rig.player(player).look(ticket.ticket_id)).ended?.reason, "cancelled");
});

test("[HT12] who asks several nodes is held by the one asked last, and no silence of another ends it", async () => {
  rig = await TicketRig.start({ nodes: 2, limits: { presenceSilentMs: 1_500, presenceTakeoverMs: 100 } });
  const gone = rig.heard("player.disconnected");
  const came = rig.heard("player.connected");
  const { ticket } = await rig.player(player).create();
  const there = rig.player(player, 1);
  await there.look(ticket.ticket_id, { since: ticket.version });
  const other = rig.nodes[1]?.engine.key;
  await rig.reaches(({ players }) => players.get(player)?.node === other);
  for (let turn = 0; turn < 3; turn += 1)
    await there.look(ticket.ticket_id, { wait: 1, since: ticket.version });
  assert.deepEqual(gone, []);
  assert.deepEqual(
    came.map(({ node, via }) => [node, via]),
    rig.nodes.map(({ engine }) => [engine.key, "http"]),
  );
  await rig.reaches((state) => !isPresent(state));
});

test("[HT12] a node takes a player over so often and no more", async () => {
  rig = await TicketRig.start({ nodes: 2, limits: { presenceTakeoverMs: 3_600_000 } });
  const came = rig.heard("player.connected");
  const { ticket } = await rig.player(player).create();
  for (let turn = 0; turn < 20; turn += 1)
    await rig.player(player, (turn + 1) % 2).look(ticket.ticket_id, { since: ticket.version });
  assert.equal(came.length, 2);
});

test("[HT13] who names the version that showed the match has been told of it", async () => {
  rig = await TicketRig.start();
  const [ada, bob] = [rig.player(player), rig.player("player_bob")];
  const notified = rig.heard("match.notified");
  const { ticket } = await ada.create();
  await bob.create();
  await rig.reaches(({ players }) => players.get(player)?.match != null);
  const found = await ada.look(ticket.ticket_id, { since: ticket.version });
  assert.equal(found.match?.state, "MATCHED");
  assert.equal(notified.length, 0);
  await ada.look(ticket.ticket_id, { since: found.version });
  await rig.reaches(() => notified.length === 1);
  const ids: PlayerId[] = notified.map((event) => event.player);
  assert.deepEqual(ids, [player]);
});

test("[HT26] a node on its way out takes nobody, sends away who waits, and reports nobody as gone", async () => {
  rig = await TicketRig.start({ nodes: 2, limits: { presenceSilentMs: 1_000 } });
  const gone = rig.heard("player.disconnected");
  const ada = rig.player(player);
  const { ticket } = await ada.create();
  const path = `/tickets/${ticket.ticket_id}`;
  const waiting = ada.refusal("GET", `${path}?wait=30&since=${ticket.version}`);
  const streamed = ada.events(ticket.ticket_id);
  await streamed.next();
  rig.nodes[0]?.drain();
  assert.equal(await waiting, "DRAINING");
  assert.equal((await streamed.next()).done, true);
  for (const [method, at] of [
    ["GET", path],
    ["GET", `${path}/events`],
    ["DELETE", path],
  ] as const)
    assert.equal(await ada.refusal(method, at), "DRAINING");
  assert.equal(await ada.refusal("POST", "/tickets", { key: "x", body: { mode: "arena" } }), "DRAINING");
  await outlasted(1);
  assert.deepEqual(
    gone.map((event) => event.player),
    ["player_later"],
  );
});

/** Resolves when somebody who came after all that happened so far, and asked once, is taken for gone. */
async function outlasted(node = 0): Promise<void> {
  const { ticket } = await rig.player("player_later", node).create({ mode: "far" });
  assert.equal(ticket.state, "waiting");
  await rig.reaches(({ players }) => players.get("player_later")?.epoch === 0);
}
