import assert from "node:assert/strict";
import { connect } from "node:net";
import { afterEach, test } from "node:test";
import type { TicketView } from "@matchforge/protocol";
import { TicketRig } from "./ticket-rig.ts";

let rig: TicketRig;
afterEach(() => rig.stop());

type Event = { id: string; ticket: TicketView };

/** The next event of a stream; fails when the stream is over. */
async function next(events: AsyncGenerator<Event>): Promise<Event> {
  const { value, done } = await events.next();
  assert.ok(done !== true, "the stream is over");
  return value;
}

test("[HT15] a stream tells the whole ticket at first and with every change, and ends with it", async () => {
  rig = await TicketRig.start();
  const [ada, bob] = [rig.player("player_ada"), rig.player("player_bob")];
  const { ticket } = await ada.create();
  const events = ada.events(ticket.ticket_id);
  const first = await next(events);
  assert.deepEqual([first.id, first.ticket.state], [ticket.version, "waiting"]);
  await bob.create();
  let told = await next(events);
  while (told.ticket.match === null) told = await next(events);
  const match = told.ticket.match.match_id;
  await bob.act(match, "ready", { accept: false });
  while (!told.ticket.requeued) told = await next(events);
  assert.equal(told.ticket.state, "waiting");
  await ada.cancel(ticket.ticket_id);
  while (told.ticket.state !== "ended") told = await next(events);
  assert.equal((await events.next()).done, true);
  const response = await ada.send("GET", `/tickets/${ticket.ticket_id}/events`, {
    headers: { "last-event-id": told.id },
  });
  assert.equal(response.status, 204);
});

test("[HT15] who comes back is told only what they do not know", async () => {
  rig = await TicketRig.start();
  const [ada, bob] = [rig.player("player_ada"), rig.player("player_bob")];
  const notified = rig.heard("match.notified");
  const { ticket } = await ada.create();
  await bob.create();
  const found = await ada.until(ticket, ({ match }) => match !== null);
  const events = ada.events(ticket.ticket_id, { headers: { "last-event-id": found.version } });
  const told = next(events);
  await rig.reaches(() => notified.some(({ player }) => player === ada.id));
  await bob.act(found.match?.match_id ?? "", "ready", { accept: true });
  assert.equal((await told).ticket.match?.ready, 1);
  assert.equal(
    await ada.refusal("GET", `/tickets/${ticket.ticket_id}/events`, { headers: { "last-event-id": "no" } }),
    "INVALID_FIELD",
  );
});

test("[HT16] a stream ends when it has lasted long enough", async () => {
  rig = await TicketRig.start({ limits: { ticketStreamMs: 350, ticketFiguresEveryMs: 50 } });
  const ada = rig.player("player_ada");
  const { ticket } = await ada.create();
  const events = ada.events(ticket.ticket_id);
  await next(events);
  assert.equal((await events.next()).done, true);
  assert.equal((await ada.look(ticket.ticket_id)).state, "waiting");
});

test("[HT16] a reader who leaves too much unread is cut off", async () => {
  rig = await TicketRig.start({ limits: { ticketStreamBytesMax: 100 } });
  const ada = rig.player("player_ada");
  const { ticket } = await ada.create();
  const { hostname, port } = new URL(rig.nodes[0]?.url ?? "");
  const socket = connect(Number(port), hostname);
  const lines = [
    `GET /api/v1/tickets/${ticket.ticket_id}/events HTTP/1.1`,
    `host: ${hostname}`,
    `authorization: Bearer ${ada.id}`,
  ];
  socket.on("error", () => {});
  socket.resume();
  socket.write(`${lines.join("\r\n")}\r\n\r\n`);
  await new Promise<void>((resolve) => socket.once("close", () => resolve()));
});

test("[HT14] of a player's waiting requests the newest stay, the oldest is answered", async () => {
  rig = await TicketRig.start({ limits: { ticketWatchersPerPlayer: 2 } });
  const ada = rig.player("player_ada");
  const { ticket } = await ada.create();
  const order: string[] = [];
  const ask = (name: string) =>
    ada.look(ticket.ticket_id, { wait: 30, since: ticket.version }).then(() => order.push(name));
  const first = ask("first");
  const events = ada.events(ticket.ticket_id);
  await next(events);
  const third = ask("third");
  await Promise.race([first, third]);
  const fourth = ask("fourth");
  assert.deepEqual(order, ["first"]);
  assert.equal((await events.next()).done, true);
  await ada.cancel(ticket.ticket_id);
  await Promise.all([third, fourth]);
});

test("[HT14] a node holds so many who wait, and says so to the others", async () => {
  rig = await TicketRig.start({ limits: { ticketWatchersMax: 1 } });
  const [ada, bob] = [rig.player("player_ada"), rig.player("player_bob")];
  const { ticket } = await ada.create({ mode: "far" });
  const events = ada.events(ticket.ticket_id);
  await next(events);
  const other = (await bob.create()).ticket;
  const path = `/tickets/${other.ticket_id}`;
  assert.equal(await bob.refusal("GET", `${path}?wait=30&since=${other.version}`), "POOL_FULL");
  assert.equal(await bob.refusal("GET", `${path}/events`), "POOL_FULL");
  assert.equal((await bob.look(other.ticket_id)).state, "waiting");
  await events.return(undefined);
});
