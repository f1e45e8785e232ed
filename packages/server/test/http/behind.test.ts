import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { MatchId } from "@matchforge/core";
import { TicketRig } from "./ticket-rig.ts";

let rig: TicketRig;
before(async () => {
  rig = await TicketRig.start({ nodes: 2 });
});
after(() => rig.stop());

/** Keeps the second node from what the first one logs until the function is called. */
function fallBehind(): () => void {
  const release = rig.nodes[1]?.fallBehind();
  assert.ok(release !== undefined);
  return release;
}

/** Resolves when the second node has answered something that was asked after everything else. */
async function answers(): Promise<void> {
  await (await fetch(`${rig.nodes[1]?.url}/healthz`)).text();
}

test("[HT9] a ticket that another node has just made is waited for", async () => {
  const [here, there] = [rig.player("player_ada"), rig.player("player_ada", 1)];
  const readOn = fallBehind();
  const { ticket } = await here.create({ mode: "far" });
  const looked = there.look(ticket.ticket_id);
  await answers();
  readOn();
  assert.equal((await looked).state, "waiting");
  const readOnAgain = fallBehind();
  await here.cancel(ticket.ticket_id);
  const later = (await here.create({ mode: "far" })).ticket;
  const cancelled = there.cancel(later.ticket_id);
  await answers();
  readOnAgain();
  assert.equal((await cancelled).ended?.reason, "cancelled");
});

test("[HT17] what a node has not read of a match does not make it refuse who plays it", async () => {
  const [cyd, dan] = [rig.player("player_cyd"), rig.player("player_dan")];
  const accepted = rig.heard("match.accepted");
  const readOn = fallBehind();
  const { ticket } = await cyd.create();
  await dan.create();
  const found = await cyd.until(ticket, ({ match }) => match !== null);
  const match = (found.match?.match_id ?? "") as MatchId;
  const answer = rig.player("player_cyd", 1).act(match, "ready", { accept: true });
  // The log has it, and the node that put it there still knows no such match.
  await rig.reaches(() => accepted.length === 1);
  assert.equal(rig.nodes[1]?.engine.state.matches.has(match), false);
  readOn();
  assert.equal(((await answer) as { ready: number }).ready, 1);
  await rig.done({ type: "match.close", match, reason: "test" });
});
