import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import type { PlayerId } from "@matchforge/core";
import { GatewayRig } from "./gateway-rig.ts";
import type { TestClient } from "./test-client.ts";

let rig: GatewayRig;
beforeEach(async () => {
  rig = await GatewayRig.start();
});
afterEach(() => rig.stop());

const playersMax = 3;
const hunt = { game_type: "hunt" };

/** Players who have registered for a round, in this order; whoever fills it sees the match at once. */
async function registered(...players: PlayerId[]) {
  const clients: TestClient[] = [];
  for (const [place, player] of players.entries()) {
    const client = await rig.signIn(player);
    assert.equal((await client.ask("queue.enter", hunt)).type, "queue.update");
    await client.next(place + 1 === playersMax ? "match.found" : "round.update");
    clients.push(client);
  }
  return clients;
}

/** The next time a client is told of its round. */
async function nextRound(client: TestClient, seen: number) {
  return (await client.next("round.update", seen)).data;
}

test("[PW21] those in a round are told how it fills, and nobody else", async () => {
  const stranger = await rig.signIn("player_s");
  const first = await rig.signIn("player_a");
  await first.ask("queue.enter", hunt);
  const { data } = await first.next("round.update");
  assert.deepEqual(
    [data.round, data.mode, data.state, data.players, data.min_players, data.max_players, data.prize_pool],
    [1, "hunt", "FORMING", 1, 2, 3, "0"],
  );
  assert.ok(data.time_remaining_secs > 0 && data.time_remaining_secs <= 60);
  const seen = first.messages.length;
  const [second] = await registered("player_b");
  assert.ok(second !== undefined);
  assert.equal((await nextRound(first, seen)).players, 2);
  await Promise.all([stranger.heard(), second.heard()]);
  assert.ok(!stranger.messages.some(({ type }) => type === "round.update"));
  assert.ok(!first.messages.some(({ type }) => type === "match.found"));
});

test("[PW21] a full round is found by everybody in it", async () => {
  const clients = await registered("player_a", "player_b", "player_c");
  for (const client of clients) {
    const { data } = await client.next("match.found");
    assert.equal(data.accept_deadline, null);
    assert.deepEqual(data.players?.map(({ player_id, team }) => [player_id, team]).sort(), [
      ["player_a", 0],
      ["player_b", 1],
      ["player_c", 2],
    ]);
    await client.next("game.started");
  }
  const [next] = await registered("player_d");
  assert.equal(next?.messages.filter(({ type }) => type === "round.update").length, 1);
});

test("[PW22] leaving is free, and the others are told", async () => {
  const [first, second] = await registered("player_a", "player_b");
  assert.ok(first !== undefined && second !== undefined);
  await first.heard();
  const seen = first.messages.length;
  assert.equal((await second.ask("queue.leave", {})).type, "ok");
  assert.equal((await second.next("queue.ended")).data.reason, "cancelled");
  assert.equal((await nextRound(first, seen)).players, 1);
  const before = second.messages.length;
  await registered("player_c");
  await second.heard();
  assert.deepEqual(
    second.messages.slice(before).filter(({ type }) => type === "round.update"),
    [],
  );
});

test("[PW23] who comes back sees the round", async () => {
  const [client] = await registered("player_a");
  assert.ok(client !== undefined);
  const back = await rig.open();
  await back.ask("auth", { token: "player_a" });
  const { state, round, match } = (await back.next("session.sync")).data;
  assert.deepEqual([state, round?.players, round?.mode, match], ["in_queue", 1, "hunt", null]);
});
