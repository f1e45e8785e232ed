import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import type { MatchId } from "@matchforge/core";
import type { TicketView } from "@matchforge/protocol";
import { TicketRig } from "./ticket-rig.ts";

let rig: TicketRig;
afterEach(() => rig.stop());

/** A played match's tickets, as their players saw them at the end. */
async function played(): Promise<readonly [TicketView, TicketView]> {
  const [ada, bob] = [rig.player("player_ada"), rig.player("player_bob")];
  const tickets = [(await ada.create()).ticket, (await bob.create()).ticket] as const;
  const found = await ada.until(tickets[0], ({ match }) => match !== null);
  const match = (found.match?.match_id ?? "") as MatchId;
  for (const player of [ada, bob]) await player.act(match, "ready", { accept: true });
  await ada.until(found, (ticket) => ticket.match?.state === "ACTIVE");
  await bob.act(match, "abandon");
  const settled = ({ ended }: TicketView) => ended?.match_state === "SETTLED";
  await rig.reaches(({ matches }) => !matches.has(match));
  return [await ada.until(found, settled), await bob.until(tickets[1], settled)];
}

test("[HT19] how a ticket ended is told on every node, for a while", async () => {
  rig = await TicketRig.start({ nodes: 2, limits: { endedTicketMs: 500 } });
  const [ada, bob] = [rig.player("player_ada"), rig.player("player_bob", 1)];
  const { ticket } = await ada.create();
  const gone = await ada.cancel(ticket.ticket_id);
  const there = rig.player("player_ada", 1);
  assert.deepEqual(await there.look(ticket.ticket_id, { since: gone.version }), gone);
  await bob.create();
  const path = `/tickets/${ticket.ticket_id}`;
  // Every entry of the log is an occasion to forget.
  while ((await ada.send("GET", path)).status !== 404) await rig.done({ type: "node.alive" });
  assert.equal(await ada.refusal("GET", path), "TICKET_NOT_FOUND");
});

test("[HT19] a played ticket that a node remembers no more is found in the archive, by its players alone", async () => {
  rig = await TicketRig.start({ limits: { endedTicketsMax: 2 } });
  const [ofA, ofB] = await played();
  for (let turn = 0; turn < 2; turn += 1) {
    const later = (await rig.player("player_cyd").create()).ticket;
    await rig.player("player_cyd").cancel(later.ticket_id);
  }
  for (const [id, told] of [
    ["player_ada", ofA],
    ["player_bob", ofB],
  ] as const) {
    const player = rig.player(id);
    const again = await player.look(told.ticket_id, { wait: 30, since: told.version });
    assert.deepEqual(again.ended, { ...told.ended });
    assert.deepEqual([again.result?.winner, again.result?.prize], [told.result?.winner, told.result?.prize]);
    const events = player.events(told.ticket_id);
    assert.equal((await events.next()).value?.ticket.state, "ended");
    assert.equal((await events.next()).done, true);
    assert.equal(await player.refusal("DELETE", `/tickets/${told.ticket_id}`), "INVALID_STATE");
  }
  const path = `/tickets/${ofA.ticket_id}`;
  for (const other of ["player_bob", "player_cyd"] as const)
    assert.equal(await rig.player(other).refusal("GET", path), "TICKET_NOT_FOUND");
});

test("[HT19] a node that starts in the middle goes on with a ticket where it stands", async () => {
  rig = await TicketRig.start();
  const ada = rig.player("player_ada");
  const { ticket } = await ada.create();
  await rig.add();
  const there = rig.player("player_ada", 1);
  const taken = await there.look(ticket.ticket_id, { wait: 30, since: ticket.version });
  assert.equal(taken.state, "waiting");
  const news = there.until(taken, ({ match }) => match !== null);
  await rig.player("player_bob").create();
  const found = await news;
  // The version of one node means the same to the other: nothing has happened since.
  const same = await ada.look(ticket.ticket_id, { since: found.version });
  assert.equal(same.match?.match_id, found.match?.match_id);
});
