import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { matchView } from "@matchforge/protocol/schemas";
import { answerOf } from "../http/http-client.ts";
import type { Player } from "./player.ts";
import { oneToken } from "./rules-text.ts";
import { ServerRig } from "./server-rig.ts";

let rig: ServerRig;
before(async () => {
  rig = await ServerRig.start();
});
after(() => rig.stop());

const bronze = { game_type: "code_duel", stake_tier: "bronze" };
const sprint = { game_type: "sprint", stake_tier: "bronze" };
const tokens = (count: bigint) => (count * oneToken).toString();

/** How a match ended, as both are told. */
async function ends(players: readonly [Player, Player]) {
  const [one, other] = players;
  const results = [(await one.next("game.result")).data, (await other.next("game.result")).data];
  const settled = [(await one.next("match.settled")).data, (await other.next("match.settled")).data];
  const [first] = results;
  return {
    winner: first?.winner,
    agreed: results.every(
      ({ winner, end_reason }) => winner === first?.winner && end_reason === first?.end_reason,
    ),
    reason: first?.end_reason,
    prizes: results.map(({ prize }) => prize),
    changes: results.map(({ rating_change }) => rating_change),
    payouts: settled.map(({ payout }) => payout),
  };
}

test("[B4] at time out who is further wins, however many keys the other pressed", async () => {
  const [a, b, match_id, text] = await rig.playing(sprint);
  const wrong = text.startsWith("~") ? "!" : "~";
  await a.ask("game.progress", { match_id, from: 0, typed: wrong.repeat(20) });
  await b.ask("game.progress", { match_id, from: 0, typed: text.slice(0, 3) });
  const won = { prizes: ["0", tokens(90n)], payouts: ["0", tokens(90n)], changes: [-16, 16] };
  assert.deepEqual(await ends([a, b]), { winner: b.id, agreed: true, reason: "timeout", ...won });
  assert.equal((await b.next("game.result")).data.your_stats.progress, 3 / text.length);
});

test("[B4] equally far, the more accurate wins", async () => {
  const [a, b, match_id, text] = await rig.playing(sprint);
  const wrong = text.startsWith("~") ? "!" : "~";
  await a.ask("game.progress", { match_id, from: 0, typed: `${wrong}\b${text.slice(0, 5)}` });
  await b.ask("game.progress", { match_id, from: 0, typed: text.slice(0, 5) });
  const { winner, reason } = await ends([a, b]);
  assert.deepEqual([winner, reason], [b.id, "timeout"]);
});

test("[B4] when all is equal it is a tie: stakes go back whole, ratings stay", async () => {
  const [a, b, match_id, text] = await rig.playing(sprint);
  for (const player of [a, b])
    await player.ask("game.progress", { match_id, from: 0, typed: text.slice(0, 5) });
  const back = [tokens(50n), tokens(50n)];
  const tie = { prizes: back, payouts: back, changes: [0, 0] };
  assert.deepEqual(await ends([a, b]), { winner: null, agreed: true, reason: "timeout", ...tie });
});

test("[B7] leaving the ready check or the countdown is a decline: the other waits on, no stake is lost", async () => {
  const credentials = [await rig.guest(), await rig.guest()] as const;
  const [a, b] = [await rig.player(credentials[0]), await rig.player(credentials[1])];
  const [, , asked] = await rig.found(bronze, [a, b]);
  await b.accept(asked);
  assert.equal((await a.ask("match.abandon", { match_id: asked })).type, "ok");
  const [left, kept] = [(await a.next("match.cancelled")).data, (await b.next("match.cancelled")).data];
  assert.deepEqual(
    [left.reason, left.requeued, kept.reason, kept.requeued],
    ["abandoned", false, "abandoned", true],
  );
  assert.equal((await a.next("queue.ended")).data.reason, "declined");
  assert.deepEqual((await rig.truthOf(credentials[0])).balance, tokens(1_000n));
  const from = b.seen;
  const c = await rig.player();
  await c.ask("queue.enter", bronze);
  const counting = (await b.next("match.found", from)).data.match_id;
  for (const player of [b, c]) await player.accept(counting);
  await c.next("match.countdown");
  assert.equal((await c.ask("match.abandon", { match_id: counting })).type, "ok");
  assert.equal((await b.next("match.cancelled", from)).data.requeued, true);
  assert.equal((await rig.truthOf(credentials[1])).state, "in_queue");
  assert.equal(await b.client.closed(), 4001);
});

test("[B7] leaving after the start is a forfeit", async () => {
  const [a, b, match_id] = await rig.playing({ game_type: "strict", stake_tier: "bronze" });
  assert.equal((await a.ask("match.abandon", { match_id })).type, "ok");
  const lost = { prizes: ["0", tokens(90n)], payouts: ["0", tokens(90n)], changes: [-16, 16] };
  assert.deepEqual(await ends([a, b]), { winner: b.id, agreed: true, reason: "forfeit", ...lost });
});

test("[B20] what becomes of a match can be asked for at any time, and by anybody", async () => {
  const [a, b, id] = await rig.found({ game_type: "strict", stake_tier: "bronze" });
  const look = () => answerOf(rig.url, matchView, { id });
  assert.equal((await look()).state, "MATCHED");
  for (const player of [a, b]) await player.accept(id);
  const text = (await a.next("game.started")).data.code_sequence ?? "";
  const live = await look();
  assert.deepEqual([live.state, live.end_reason, live.code_sequence], ["ACTIVE", null, null]);
  assert.deepEqual(live.players.map(({ player_id }) => player_id).sort(), [a.id, b.id].sort());
  await a.type(id, text);
  // They are on different nodes, where there are several: both know by then.
  for (const player of [a, b]) await player.next("match.settled");
  const { state, end_reason, wager, players } = await look();
  assert.deepEqual([state, end_reason, wager], ["SETTLED", "completed", tokens(50n)]);
  const fates = new Map(players.map(({ player_id, outcome, payout }) => [player_id, [outcome, payout]]));
  assert.deepEqual(fates.get(a.id), ["win", tokens(90n)]);
  assert.deepEqual(fates.get(b.id), ["loss", "0"]);
});
