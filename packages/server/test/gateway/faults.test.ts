import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { closeCodes, wireLimits } from "@matchforge/protocol";
import { createSecretDice } from "matchforge";
import { GatewayRig } from "./gateway-rig.ts";

let rig: GatewayRig;
beforeEach(async () => {
  rig = await GatewayRig.start();
});
afterEach(() => rig.stop());

const offencesOf = (player: `player_${string}`) => rig.node.state.players.get(player)?.offences;
const epochOf = (player: `player_${string}`) => rig.node.state.players.get(player)?.epoch;

test("[Q1] keys acknowledged on one connection are known on the next", async () => {
  const { a, match, text } = await rig.playing();
  const ack = await a.ask("game.progress", { match_id: match, from: 0, typed: text.slice(0, 12) });
  assert.deepEqual(ack.data, { match_id: match, upto: 12 });
  a.socket.terminate();
  const again = await rig.signIn("player_a");
  const sync = await again.next("session.sync");
  assert.equal(sync.data.match?.state === "ACTIVE" && sync.data.match.upto, 12);
});

test("[Q16] a picture counts the keys the log has: who goes on from there after this node died is not lost", async () => {
  const { a, match, text } = await rig.playing();
  const ping = await a.next("ping");
  await a.ask("game.progress", { match_id: match, from: 0, typed: text.slice(0, 12) });
  const ack = await a.ask("game.progress", { match_id: match, from: 12, typed: text.slice(12, 20) });
  assert.deepEqual(ack.data, { match_id: match, upto: 12 });
  const seen = a.messages.length;
  a.send("pong", { last_event: "event_1" }, ping.id);
  const shown = (await a.next("session.sync", seen)).data.match;
  assert.ok(shown?.state === "ACTIVE");
  assert.deepEqual([shown.upto, shown.position], [12, 12]);
  a.socket.terminate();
  const again = await rig.signIn("player_a");
  const goOn = (typed: string) => again.ask("game.progress", { match_id: match, from: shown.upto, typed });
  assert.deepEqual((await goOn("")).data, { match_id: match, upto: 12 });
  rig.pass(1_000);
  assert.equal((await goOn(text.slice(12, 20))).type, "game.ack");
});

test("[Q4] match.found is followed at once by a ping whose pong proves delivery", async () => {
  const { a, match } = await rig.found();
  const ping = await a.next("ping");
  a.send("pong", {}, ping.id);
  await rig.state(
    (state) =>
      state.matches.get(match as `match_${string}`)?.players.find(({ id }) => id === "player_a")?.notified ===
      true,
  );
});

test("[Q4] the pong to a ping sent before match.found proves nothing", async () => {
  const a = await rig.signIn("player_a");
  const isPinged = () => a.messages.some(({ type }) => type === "ping");
  for (let second = 0; second * 1_000 < wireLimits.pingIntervalMs && !isPinged(); second += 1) {
    await rig.passServing(1_000);
    await a.heard();
  }
  const earlier = await a.next("ping");
  const b = await rig.signIn("player_b");
  for (const client of [a, b]) await client.ask("queue.enter", { game_type: "duel" });
  const { data } = await a.next("match.found");
  a.send("pong", {}, earlier.id);
  await a.ask("queue.leave", {});
  await rig.settled();
  const own = rig.node.state.matches
    .get(data.match_id as `match_${string}`)
    ?.players.find(({ id }) => id === "player_a");
  assert.equal(own?.notified, false);
});

test("[Q5] who is sent away by a stale node is not reported as gone for fifteen seconds, then is", async () => {
  const { a, b, match } = await rig.found();
  for (const client of [a, b]) client.send("pong", {}, (await client.next("ping")).id);
  await rig.state(
    (state) =>
      state.matches.get(match as `match_${string}`)?.players.every(({ notified }) => notified) === true,
  );
  const epoch = epochOf("player_a");
  rig.pass(wireLimits.staleReplicaClosesAfterMs + 250);
  assert.deepEqual(
    [await a.closed(), await b.closed()],
    [closeCodes.serviceRestart.code, closeCodes.serviceRestart.code],
  );
  rig.pass(14_000);
  await rig.settled();
  assert.equal(epochOf("player_a"), epoch);
  assert.deepEqual(offencesOf("player_a"), []);
  rig.pass(2_000);
  await rig.state((state) => state.players.get("player_a")?.epoch === 0);
});

test("[Q13] a player who leaves a draining node, or is closed by it, is not blamed for it", async () => {
  const { a, b } = await rig.found();
  rig.gateway.drain();
  await a.next("server.draining");
  a.socket.close();
  await a.closed();
  rig.gateway.close();
  await b.closed();
  await rig.settled();
  assert.deepEqual([offencesOf("player_a"), offencesOf("player_b")], [[], []]);
  assert.equal(rig.node.state.matches.size, 1);
});

test("[Q14] a bug met by a request that waited its turn is answered, and the next request is served", async () => {
  await rig.stop();
  const dice = createSecretDice("00".repeat(32));
  let draws = 0;
  rig = await GatewayRig.start({
    dice: {
      secretOf: (epoch) => dice.secretOf(epoch),
      draw: (options) => {
        draws += 1;
        if (draws === 2) throw new Error("a bug");
        return dice.draw(options);
      },
    },
  });
  const client = await rig.signIn("player_a");
  const enter = { game_type: "duel" };
  client.send("queue.enter", enter);
  client.send("queue.leave", {});
  const unlucky = client.send("queue.enter", enter);
  const next = client.send("queue.enter", enter);
  const reply = await client.reply(unlucky);
  assert.equal(reply.type === "error" && reply.data.code, "INTERNAL_ERROR");
  assert.equal((await client.reply(next)).type, "queue.update");
  assert.deepEqual(rig.logged, ["a request could not be carried out"]);
});
