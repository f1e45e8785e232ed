import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Command, PlayerId } from "@matchforge/core";
import { guestToken, shardMove } from "@matchforge/protocol/schemas";
import { problemOf } from "./http-client.ts";
import { HttpRig } from "./http-rig.ts";

const shards = [
  { id: "main", regions: ["eu-west", "eu-central"], url: null },
  { id: "us", regions: ["us-east"], url: "https://us.example" },
];

let rig: HttpRig;
before(async () => {
  rig = await HttpRig.start(() => ({ shards, wallClock: Date.now }));
});
after(() => rig.stop());

async function guest(query = "") {
  const response = await rig.get(`${guestToken.path}${query}`, { method: "POST" });
  assert.equal(response.status, 200);
  return (await response.json()) as { token: string; shard: string; url: string | null; player_id: PlayerId };
}

const move = (token: string, region: string) =>
  rig.get(`${shardMove.path}?region=${region}`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}` },
  });

test("[H38] a guest belongs to the shard of their region, and hears where it is", async () => {
  const here = await guest("?region=eu-central");
  assert.deepEqual([here.shard, here.url], ["main", null]);
  const there = await guest("?region=us-east");
  assert.deepEqual([there.shard, there.url], ["us", "https://us.example"]);
  assert.equal((await guest()).shard, "main");
});

test("[H38] a region that no shard has is told, with those there are", async () => {
  const response = await rig.get(`${guestToken.path}?region=mars`, { method: "POST" });
  const { code, detail } = await problemOf(response);
  assert.equal(code, "INVALID_FIELD");
  assert.match(detail ?? "", /eu-west, eu-central, us-east/);
});

test("[H39] who is idle may move: the token is for the other shard, and no longer for this one's players", async () => {
  const { token, player_id } = await guest();
  const response = await move(token, "us-east");
  const moved = (await response.json()) as { token: string; shard: string; player_id: string };
  assert.deepEqual([moved.shard, moved.player_id], ["us", player_id]);
  assert.equal((await problemOf(await move(moved.token, "us-east"))).code, "WRONG_SHARD");
});

/** Puts a player into the queue of a duel. */
async function queue(player: PlayerId, serial: number): Promise<void> {
  const { node } = rig.gateway;
  const commands: readonly Command[] = [
    { type: "player.connected", player, node: node.key, guest: true },
    {
      type: "ticket.enqueue",
      ticket: `ticket_${serial}`,
      player,
      members: [player],
      party: null,
      pools: [{ mode: "duel", tier: null }],
      draw: 0,
      secretEpoch: 1,
    },
  ];
  for (const command of commands) assert.ok((await node.submit(command)).ok);
}

test("[H39] who waits or plays may not move", async () => {
  const { state } = rig.gateway.node;
  const [first, second] = [await guest(), await guest()];
  await queue(first.player_id, 1);
  assert.equal((await problemOf(await move(first.token, "us-east"))).code, "ALREADY_IN_QUEUE");
  await queue(second.player_id, 2);
  await rig.gateway.state(() => state.players.get(second.player_id)?.match != null);
  for (const { token } of [first, second])
    assert.equal((await problemOf(await move(token, "us-east"))).code, "INVALID_STATE");
});

test("[H39] where tokens come from elsewhere nobody moves here", async () => {
  const other = await HttpRig.start(() => ({ shards, wallClock: Date.now, signsTokens: false }));
  const { token } = await guest();
  const headers = { authorization: `Bearer ${token}` };
  const response = await other.get(`${shardMove.path}?region=us-east`, { method: "POST", headers });
  assert.equal((await problemOf(response)).code, "UNSUPPORTED");
  await other.stop();
});

test("[H39] without a token nobody moves", async () => {
  assert.equal(
    (await problemOf(await rig.get(shardMove.path, { method: "POST" }))).code,
    "NOT_AUTHENTICATED",
  );
});
