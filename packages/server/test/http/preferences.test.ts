import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import type { TicketId } from "@matchforge/core";
import type { HttpPlayer } from "./http-player.ts";
import { TicketRig } from "./ticket-rig.ts";

let rig: TicketRig;
afterEach(() => rig.stop());

const path = "/matchmaking/preferences";
const preferred = {
  modes: ["far"],
  regions: ["eu", "us"],
  latency_max_ms: { us: 80 },
  latencies: { eu: 30, us: 95 },
};

async function answered(player: HttpPlayer, body?: unknown): Promise<unknown> {
  const response = body === undefined ? player.send("GET", path) : player.send("POST", path, { body });
  return (await response).json();
}

test("[HT27] what a player prefers is read back, and another set replaces it", async () => {
  rig = await TicketRig.start();
  const ada = rig.player("player_ada");
  assert.deepEqual(await answered(ada), {});
  assert.deepEqual(await answered(ada, preferred), preferred);
  assert.deepEqual(await answered(ada), preferred);
  assert.deepEqual(await answered(rig.player("player_bob")), {});
  assert.deepEqual(await answered(ada, { latency_max_ms: 120 }), { latency_max_ms: 120 });
  assert.deepEqual(await answered(ada, { modes: [], regions: [] }), {});
});

test("[HT27] a ticket without a mode is for those preferred, in regions near enough", async () => {
  rig = await TicketRig.start();
  const ada = rig.player("player_ada");
  await answered(ada, preferred);
  const { ticket } = await ada.create({});
  const standing = rig.state.tickets.get(ticket.ticket_id as TicketId)?.standings[0];
  assert.deepEqual(
    [standing?.pool, standing?.wishes.regions, standing?.wishes.latencies],
    ["far", ["eu", "us"], [{ region: "eu", latencyMs: 30 }]],
  );
  await ada.cancel(ticket.ticket_id);
  const other = (await ada.create({ mode: "arena" })).ticket;
  assert.equal(rig.state.tickets.get(other.ticket_id as TicketId)?.standings[0]?.pool, "arena");
});

test("[HT27] preferences that make no sense are refused, and change nothing", async () => {
  rig = await TicketRig.start();
  const ada = rig.player("player_ada");
  await answered(ada, preferred);
  for (const [body, code] of [
    [{ regions: ["eu", "eu"] }, "INVALID_CONFIGURATION"],
    [{ regions: "eu" }, "INVALID_FIELD"],
    [{ latency_max_ms: -1 }, "INVALID_FIELD"],
    [{ latency_max_ms: { eu: "near" } }, "INVALID_FIELD"],
    [{ region: ["eu"] }, "UNKNOWN_FIELD"],
    [[], "INVALID_FIELD"],
  ] as const)
    assert.equal(await ada.refusal("POST", path, { body }), code, JSON.stringify(body));
  assert.deepEqual(await answered(ada), preferred);
});

test("[HT23] what the shard has forgotten the archive still knows, and brings back", async () => {
  rig = await TicketRig.start();
  const ada = rig.player("player_ada");
  await answered(ada, preferred);
  const [node] = rig.nodes;
  assert.ok(node !== undefined);
  // A shard that begins anew over the same archive knows nobody.
  const { epoch = 0 } = rig.state.players.get("player_ada") ?? {};
  await rig.done({ type: "player.disconnected", player: "player_ada", epoch });
  await rig.archived();
  rig.forget("player_ada");
  assert.deepEqual(await answered(ada), preferred);
  await ada.create({});
  assert.deepEqual(rig.state.players.get("player_ada")?.preferences?.modes, ["far"]);
});
