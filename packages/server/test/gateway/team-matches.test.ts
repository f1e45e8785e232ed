import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { GatewayRig } from "./gateway-rig.ts";
import { readyParty } from "./party-rig.ts";
import type { TestClient } from "./test-client.ts";

let rig: GatewayRig;
beforeEach(async () => {
  rig = await GatewayRig.start();
});
afterEach(() => rig.stop());

const names = ["player_a", "player_b", "player_x", "player_y"] as const;

/** Two parties of two that have been found for each other, each with a healer who leads and a tank. */
async function found(mode: string) {
  const parties = [
    await readyParty(rig, "player_a", "player_b"),
    await readyParty(rig, "player_x", "player_y"),
  ];
  for (const { party_id, clients } of parties) {
    await clients[1].ask("party.ready", { party_id, ready: true, roles: ["tank"], latencies: { us: 40 } });
    const entry = { game_type: mode, party_id, roles: ["healer"], latencies: { eu: 20, us: 90 } };
    assert.equal((await clients[0].ask("queue.enter", entry)).type, "queue.update");
  }
  const clients = parties.flatMap((party) => party.clients);
  const told = await Promise.all(clients.map((client) => client.next("match.found")));
  return { clients, told: told.map(({ data }) => data), match_id: told[0].data.match_id };
}

/** The same, with everybody in play. */
async function playing(mode: string) {
  const match = await found(mode);
  const { clients, match_id } = match;
  for (const client of clients) await client.ask("match.ready", { match_id, response: "accept" });
  await Promise.all(clients.map((client) => client.next("game.started")));
  return match;
}

/** Somebody who connects anew, and what match they are shown. */
async function again(token: string) {
  const client = await rig.open();
  await client.ask("auth", { token });
  const { match } = (await client.next("session.sync")).data;
  assert.ok(match !== null);
  return { client, match };
}

type Seats = readonly { readonly player_id: string; readonly team: number; readonly role: string | null }[];
const seatsOf = (players: Seats | undefined) =>
  (players ?? []).map(({ player_id, team, role }) => [player_id, team, role]).sort();

/** Each party is a team; who is on which side is the matcher's choice. */
function seats(teamOfA: number) {
  return [
    ["player_a", teamOfA, "healer"],
    ["player_b", teamOfA, "tank"],
    ["player_x", 1 - teamOfA, "healer"],
    ["player_y", 1 - teamOfA, "tank"],
  ];
}

const teamOf = (players: Seats | undefined, id: string) =>
  players?.find(({ player_id }) => player_id === id)?.team ?? -1;

test("[PW15] [PW16] match.found tells everybody the teams and roles, the region all can reach, and the map", async () => {
  const { told } = await found("brawl");
  const teamOfA = teamOf(told[0].players, "player_a");
  for (const { opponent, players, region, map } of told) {
    assert.deepEqual([opponent, region, map], [null, "us", "Old Harbour"]);
    assert.deepEqual(seatsOf(players), seats(teamOfA));
    assert.ok(players?.every(({ address, player_id, rating }) => address === player_id && rating === 1200));
  }
});

test("[PW16] the picture of a match of teams has the same in every state", async () => {
  const { clients, told, match_id } = await found("brawl");
  const { players, region, map } = told[0];
  const shown = async (state: string) => {
    const { client, match } = await again("player_x");
    assert.equal(match.state, state);
    assert.deepEqual([match.opponent, match.players, match.region, match.map], [null, players, region, map]);
    return client;
  };
  const back = await shown("MATCHED");
  for (const client of [clients[0], clients[1], back, clients[3]])
    await client.ask("match.ready", { match_id, response: "accept" });
  await back.next("game.started");
  await shown("ACTIVE");
});

test("[PW16] one against one with roles tells the opponent and both players' roles", async () => {
  const clients = [await rig.signIn("player_a"), await rig.signIn("player_b")];
  for (const client of clients) await client.ask("queue.enter", { game_type: "siege" });
  const { opponent, players, map } = (await clients[0].next("match.found")).data;
  assert.equal(opponent?.address, "player_b");
  assert.equal(map, "Old Harbour");
  assert.deepEqual(players?.map(({ player_id, role }) => [player_id, role]).sort(), [
    ["player_a", "tank"],
    ["player_b", "tank"],
  ]);
});

test("[PW16] one against one without roles, regions or maps has an opponent and no list", async () => {
  const { a } = await rig.found();
  const { opponent, players, region, map } = (await a.next("match.found")).data;
  assert.deepEqual([opponent?.address, players, region, map], ["player_b", undefined, null, null]);
});

test("[PW17] where opponents are hidden each is shown the own team alone, and everybody once all have accepted", async () => {
  const { told, clients, match_id } = await found("masked");
  for (const [index, { opponent, players }] of told.entries()) {
    const own = index < 2 ? ["player_a", "player_b"] : ["player_x", "player_y"];
    assert.equal(opponent, null);
    assert.deepEqual(players?.map(({ player_id }) => player_id).sort(), own);
  }
  for (const client of clients) await client.ask("match.ready", { match_id, response: "accept" });
  await clients[0].next("game.started");
  const { players } = (await again("player_a")).match;
  assert.deepEqual(players?.map(({ player_id }) => player_id).sort(), names);
});

test("[PW18] a match of teams ends with what it came to for each player, and no one opponent", async () => {
  const { clients, told, match_id } = await playing("brawl");
  const teamOfA = teamOf(told[0].players, "player_a");
  const [, , x, y] = clients;
  assert.equal((await x.ask("match.abandon", { match_id })).type, "ok");
  assert.equal(rig.node.state.matches.get(match_id as `match_${string}`)?.phase.state, "ACTIVE");
  assert.equal((await y.ask("match.abandon", { match_id })).type, "ok");
  const results = await Promise.all(clients.map((client) => client.next("game.result")));
  for (const [index, { data }] of results.entries()) {
    const { winner, opponent_stats, players, end_reason, rating_change } = data;
    assert.ok(winner === "player_a" || winner === "player_b");
    assert.deepEqual([opponent_stats, end_reason], [null, "forfeit"]);
    assert.equal(rating_change, index < 2 ? 16 : -16);
    assert.deepEqual(seatsOf(players), seats(teamOfA));
    assert.deepEqual(
      players?.map(({ player_id, outcome }) => [player_id, outcome]).sort(),
      names.map((name, place) => [name, place < 2 ? "win" : "loss"]),
    );
  }
});

test("[PW20] in a match of teams everybody else hears who is cut off and who is back", async () => {
  const { clients, match_id } = await playing("brawl");
  const [a, b, x, y] = clients;
  const heard = (type: "match.opponent_disconnected" | "match.opponent_reconnected") =>
    Promise.all([b, x, y].map(async (client: TestClient) => (await client.next(type)).data));
  a.socket.terminate();
  for (const { match_id: id, player_id } of await heard("match.opponent_disconnected"))
    assert.deepEqual([id, player_id], [match_id, "player_a"]);
  await rig.signIn("player_a");
  for (const { player_id } of await heard("match.opponent_reconnected")) assert.equal(player_id, "player_a");
});
