import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { matchView } from "@matchforge/protocol/schemas";
import { ServerRig } from "../e2e/server-rig.ts";
import { answerOf, problemOf } from "./http-client.ts";

const token = 10n ** 18n;
const bronze = { game_type: "code_duel", stake_tier: "bronze" };
const slow = { game_type: "slow" };

let rig: ServerRig;
before(async () => {
  rig = await ServerRig.start();
});
after(() => rig.stop());

const look = (id: string) => answerOf(rig.url, matchView, { id });

test("[H17] who completes a text stands at 1, the other where they got to", async () => {
  const [a, b, id, text] = await rig.playing(bronze);
  const half = text.slice(0, 15);
  await b.ask("game.progress", { match_id: id, from: 0, typed: half });
  await a.type(id, text);
  await a.next("match.settled");
  const view = await look(id);
  const [won, lost] = [a, b].map((player) => view.players.find(({ player_id }) => player_id === player.id));
  assert.deepEqual([won?.outcome, won?.stats?.progress, won?.stats?.accuracy], ["win", 1, 1]);
  assert.deepEqual([lost?.outcome, lost?.stats?.progress], ["loss", half.length / text.length]);
  assert.deepEqual([won?.payout, lost?.payout], [(90n * token).toString(), "0"]);
  assert.deepEqual(
    [view.mode, view.stake_tier, view.wager],
    ["code_duel", "bronze", (50n * token).toString()],
  );
  assert.deepEqual([view.state, view.end_reason], ["SETTLED", "completed"]);
  const { created_at, started_at, ended_at } = view;
  assert.ok(started_at !== null && ended_at !== null);
  assert.ok(created_at <= started_at && started_at <= ended_at);
});

test("[H17] where nobody completed the text no progress is claimed", async () => {
  const [a, b, id, text] = await rig.playing(slow);
  await a.ask("game.progress", { match_id: id, from: 0, typed: text.slice(0, 5) });
  await b.ask("match.abandon", { match_id: id });
  await a.next("match.settled");
  const view = await look(id);
  assert.deepEqual([view.end_reason, view.wager, view.stake_tier], ["forfeit", "0", null]);
  assert.deepEqual(
    view.players.map(({ player_id, outcome, stats }) => [player_id === a.id, outcome, stats]),
    view.players.map(({ player_id }) => [player_id === a.id, player_id === a.id ? "win" : "loss", null]),
  );
});

test("[H17] while it is played everybody sees who plays, and nothing of the text or of anybody's progress", async () => {
  const [a, b, id, text] = await rig.playing(slow);
  await a.ask("game.progress", { match_id: id, from: 0, typed: text.slice(0, 10) });
  const view = await look(id);
  assert.deepEqual([view.state, view.end_reason, view.ended_at], ["ACTIVE", null, null]);
  assert.ok(view.started_at !== null && view.started_at >= view.created_at);
  const shown = view.players.map(({ player_id, stats, outcome }) => [player_id, stats, outcome]).sort();
  assert.deepEqual(
    shown,
    [a.id, b.id].sort().map((player) => [player, null, null]),
  );
  const { data } = await b.next("game.started");
  const all = JSON.stringify(view);
  assert.ok(!all.includes(text) && !all.includes(data.code_salt ?? text));
  await b.ask("match.abandon", { match_id: id });
});

test("[H17] a match before its start shows who is in it, its commitment, and nothing of the text", async () => {
  const [a, b, id] = await rig.found(bronze);
  const matched = await look(id);
  assert.deepEqual([matched.state, matched.started_at, matched.ended_at], ["MATCHED", null, null]);
  assert.deepEqual(matched.players.map(({ player_id }) => player_id).sort(), [a.id, b.id].sort());
  for (const player of [a, b]) await player.accept(id);
  const { data } = await a.next("match.countdown");
  const view = await look(id);
  assert.equal(view.code_commitment, data.code_commitment);
  assert.deepEqual([view.code_sequence, view.code_salt, view.tx_hash], [null, null, null]);
  await a.ask("match.abandon", { match_id: id });
  const cancelled = await look(id);
  assert.deepEqual([cancelled.state, cancelled.end_reason, cancelled.started_at], ["CANCELLED", null, null]);
  assert.equal(cancelled.wager, (50n * token).toString());
});

test("[H17] what is no match, or none that ever was, is told apart", async () => {
  const cases: readonly (readonly [string, string])[] = [
    ["match_0", "MATCH_NOT_FOUND"],
    [`match_${"a".repeat(58)}`, "MATCH_NOT_FOUND"],
    [`match_${"a".repeat(59)}`, "INVALID_FIELD"],
    [`match_${"a".repeat(500)}`, "NOT_FOUND"],
    ["match_", "INVALID_FIELD"],
    ["ticket_1", "INVALID_FIELD"],
    ["constructor", "INVALID_FIELD"],
    ["match_1%2F..%2F..%2Fhealthz", "INVALID_FIELD"],
    ["match_'%20or%201=1", "INVALID_FIELD"],
    ["%FF", "INVALID_FIELD"],
  ];
  for (const [id, code] of cases)
    assert.equal((await problemOf(await fetch(`${rig.url}/api/v1/matches/${id}`))).code, code, id);
});
