import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { ClientMessages, ClientMessageType, ServerMessage } from "@matchforge/protocol";
import { loggedEntries, timesLogged } from "./logged-entries.ts";
import type { Player } from "./player.ts";
import { ServerRig } from "./server-rig.ts";

let rig: ServerRig;
before(async () => {
  rig = await ServerRig.start();
});
after(() => rig.stop());

const silver = { game_type: "code_duel", stake_tier: "silver" };
const bronze = { game_type: "code_duel", stake_tier: "bronze" };
const slow = { game_type: "slow" };

/** Sends a request twice before its first reply can have come; answers both replies. */
async function twiceAtOnce<Type extends ClientMessageType>(
  player: Player,
  type: Type,
  { data, id }: { data: ClientMessages[Type]; id: string },
): Promise<[ServerMessage, ServerMessage]> {
  const from = player.seen;
  const [first] = await Promise.all([player.ask(type, data, id), player.ask(type, data, id)]);
  for (;;) {
    const replies = player.client.messages.slice(from).filter((message) => message.id === id);
    if (replies[1] !== undefined) return [first, replies[1]];
    await player.client.reply(id, player.seen);
  }
}

function typesOf(messages: readonly ServerMessage[]): string[] {
  return messages.map(({ type }) => type);
}

test("[B11] a request sent again, at once, later or on a new connection, has the same reply and one entry", async () => {
  const credentials = await rig.guest();
  const player = await rig.player(credentials);
  const atOnce = await twiceAtOnce(player, "queue.enter", { data: silver, id: "enter" });
  const later = await player.ask("queue.enter", silver, "enter");
  player.terminate();
  const back = await rig.player(credentials);
  const elsewhere = await back.ask("queue.enter", silver, "enter");
  for (const reply of [...atOnce, later, elsewhere])
    assert.deepEqual(reply.data, { ...later.data, position: 1, players_in_tier: 1, status: "searching" });
  assert.deepEqual(typesOf(await twiceAtOnce(back, "queue.leave", { data: {}, id: "leave" })), ["ok", "ok"]);
  const entries = await loggedEntries(rig.deployment);
  assert.deepEqual(
    ["enter", "leave"].map((id) => timesLogged(entries, id)),
    [1, 1],
  );
  assert.equal((await back.next("session.sync")).data.state, "in_queue");
  assert.equal((await rig.truthOf(credentials)).state, "idle");
});

test("[B11] a ready check is answered once, a match abandoned once, and keys count once, however often sent", async () => {
  const [a, b, match_id] = await rig.found(slow);
  const accept = { match_id, response: "accept" } as const;
  assert.deepEqual(typesOf(await twiceAtOnce(a, "match.ready", { data: accept, id: "accept" })), [
    "ok",
    "ok",
  ]);
  assert.equal((await a.next("match.ready_update")).data.ready, 1);
  assert.equal(a.story().filter((type) => type === "match.ready_update").length, 1);
  await b.accept(match_id);
  const { code_sequence: text = "" } = (await a.next("game.started")).data;
  const keys = { match_id, from: 0, typed: text.slice(0, 8) };
  const acks = [await a.ask("game.progress", keys, "keys"), await a.ask("game.progress", keys, "keys")];
  for (const ack of acks) assert.deepEqual([ack.type, ack.data], ["game.ack", { match_id, upto: 8 }]);
  const abandon = { data: { match_id }, id: "abandon" };
  assert.deepEqual(typesOf(await twiceAtOnce(b, "match.abandon", abandon)), ["ok", "ok"]);
  assert.equal((await a.next("game.result")).data.your_stats.progress, 8 / text.length);
  assert.equal(await b.code("match.abandon", { match_id }, "abandon"), "ok");
  const entries = await loggedEntries(rig.deployment);
  assert.deepEqual(
    ["accept", "abandon"].map((id) => timesLogged(entries, id)),
    [1, 1],
  );
});

test("[B11] the id of one request is refused for another, which has no effect", async () => {
  const player = await rig.player();
  assert.equal(await player.code("queue.enter", silver, "mine"), "ok");
  assert.equal(await player.code("queue.enter", bronze, "mine"), "ID_REUSED");
  assert.equal(await player.code("queue.leave", {}, "mine"), "ID_REUSED");
  const entries = await loggedEntries(rig.deployment);
  assert.equal(timesLogged(entries, "mine"), 1);
  assert.equal(await player.code("queue.enter", silver, "mine"), "ok");
  assert.equal(await player.code("queue.leave", {}), "ok");
});
