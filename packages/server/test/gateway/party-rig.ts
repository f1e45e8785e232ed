import assert from "node:assert/strict";
import type { PlayerId } from "@matchforge/core";
import type { ServerMessage, ServerMessages } from "@matchforge/protocol";
import type { GatewayRig } from "./gateway-rig.ts";
import type { TestClient } from "./test-client.ts";

/** The data of a reply that must be the party. */
export function partyIn(reply: ServerMessage): ServerMessages["party.update"] {
  assert.ok(reply.type === "party.update", JSON.stringify(reply));
  return reply.data;
}

/** The code of a refusal; `ok` of anything else. */
export function codeOf(reply: ServerMessage): string {
  return reply.type === "error" ? reply.data.code : "ok";
}

/** A party of these players, who are signed in; the first leads. */
export async function partyOf(rig: GatewayRig, ...players: PlayerId[]) {
  const clients: TestClient[] = [];
  for (const player of players) clients.push(await rig.signIn(player));
  const [leader, ...others] = clients;
  assert.ok(leader !== undefined);
  const { party_id } = partyIn(await leader.ask("party.create", {}));
  for (const [index, client] of others.entries()) {
    await leader.ask("party.invite", { party_id, player_id: players[index + 1] ?? "" });
    partyIn(await client.ask("party.join", { party_id }));
  }
  return { party_id, clients };
}

/** A party whose members other than the leader are ready. */
export async function readyParty(rig: GatewayRig, ...players: PlayerId[]) {
  const party = await partyOf(rig, ...players);
  for (const client of party.clients.slice(1))
    partyIn(await client.ask("party.ready", { party_id: party.party_id, ready: true }));
  return party;
}

/** What came unasked while something was done: pushes by type, in their order. */
export async function toldDuring(clients: readonly TestClient[], act: () => Promise<unknown>) {
  const from = await Promise.all(clients.map(seen));
  await act();
  await Promise.all(clients.map((client) => client.heard()));
  return clients.map(({ messages }, index) =>
    messages.slice(from[index]).filter(({ id, type }) => type !== "ping" && id.startsWith("event_")),
  );
}

async function seen(client: TestClient): Promise<number> {
  await client.heard();
  return client.messages.length;
}

/** The types of messages. */
export function typesOf(messages: readonly ServerMessage[]): string[] {
  return messages.map(({ type }) => type);
}
