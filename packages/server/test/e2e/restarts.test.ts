import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { oneToken } from "./rules-text.ts";
import { ServerProcess } from "./server-process.ts";

let server: ServerProcess;
beforeEach(async () => {
  server = await ServerProcess.start();
});
afterEach(() => server.remove());

const bronze = { game_type: "code_duel", stake_tier: "bronze" };
const choosy = { ...bronze, preferences: { min_opponent_rating: 3_000, expand_search: false } };
const tokens = (count: bigint) => (count * oneToken).toString();

async function killAndRestart(): Promise<void> {
  assert.equal(await server.end("SIGKILL"), null);
  await server.restart();
}

/** Two new guests who were found for each other. */
async function found(entry: { readonly game_type: string; readonly stake_tier?: string }) {
  const credentials = [await server.guest(), await server.guest()] as const;
  const [a, b] = [await server.player(credentials[0]), await server.player(credentials[1])];
  for (const player of [a, b]) await player.ask("queue.enter", entry);
  const { data } = await a.next("match.found");
  await b.next("match.found");
  return { a, b, credentials, match_id: data.match_id, accept_deadline: data.accept_deadline ?? 0 };
}

test("[B18] [B22] a killed server goes on with a duel: its time, every key acknowledged, and its stakes", async () => {
  const { a, b, credentials, match_id } = await found(bronze);
  for (const player of [a, b]) await player.accept(match_id);
  const text = (await a.next("game.started")).data.code_sequence ?? "";
  await a.ask("game.progress", { match_id, from: 0, typed: text.slice(0, 10) });
  const before = (await server.truthOf(credentials[1])).match;
  await killAndRestart();
  const again = await server.player(credentials[0]);
  const { match, balance } = (await again.next("session.sync")).data;
  assert.ok(match?.state === "ACTIVE" && before?.state === "ACTIVE");
  assert.deepEqual([match.match_id, match.upto, match.code_sequence], [match_id, 10, text]);
  assert.deepEqual([match.wager, balance], [tokens(50n), tokens(950n)]);
  assert.ok(match.remaining_ms >= before.remaining_ms);
  const away = (await again.next("match.opponent_disconnected")).data;
  assert.equal(away.player_id, b.id);
  assert.ok(away.grace_period_secs > 20, "the grace of a fault of ours is longer");
  const other = await server.player(credentials[1]);
  assert.equal((await again.next("match.opponent_reconnected")).data.player_id, b.id);
  await again.type(match_id, text, 10);
  const { winner, end_reason, rating_change } = (await other.next("game.result")).data;
  assert.deepEqual([winner, end_reason, rating_change], [a.id, "completed", -16]);
  assert.equal((await again.next("match.settled")).data.payout, tokens(90n));
  assert.equal((await server.truthOf(credentials[0])).balance, tokens(1_040n));
  assert.equal((await server.truthOf(credentials[1])).balance, tokens(950n));
});

test("[B18] tickets wait on with their places and their age", async () => {
  const credentials = [await server.guest(), await server.guest()] as const;
  for (const known of credentials) await (await server.player(known)).ask("queue.enter", choosy);
  const truths = async () => [await server.truthOf(credentials[0]), await server.truthOf(credentials[1])];
  let before = await truths();
  while ((before[0]?.ticket?.waited_secs ?? 0) < 1) before = await truths();
  await killAndRestart();
  const after = await truths();
  const ids = (all: typeof before) => all.map(({ ticket }) => ticket?.ticket_id);
  assert.deepEqual(ids(after), ids(before));
  assert.deepEqual(
    after.map(({ ticket }) => ticket?.standings[0]?.position),
    [1, 2],
  );
  assert.ok((after[0]?.ticket?.waited_secs ?? 0) >= (before[0]?.ticket?.waited_secs ?? 0));
});

test("[B18] a deadline that the clock on the wall passed while the server was down is still to come", async () => {
  const { credentials, match_id, accept_deadline } = await found({ game_type: "patient" });
  assert.equal(await server.end("SIGKILL"), null);
  while (Date.now() <= accept_deadline) await setTimeout(accept_deadline - Date.now() + 1);
  await server.restart();
  const players = [await server.player(credentials[0]), await server.player(credentials[1])];
  for (const player of players) {
    const { match } = (await player.next("session.sync")).data;
    assert.ok(match?.state === "MATCHED");
    assert.ok(match.deadline > accept_deadline);
    assert.equal((await player.accept(match_id)).type, "ok");
  }
  for (const player of players) await player.next("game.started");
});

test("[B18] killed in the middle of requests, it knows whatever it has answered", async () => {
  const credentials = await Promise.all(Array.from({ length: 16 }, () => server.guest()));
  const players = await Promise.all(credentials.map((known) => server.player(known)));
  const answered = new Set<string>();
  const requests = players.map(async (player) => {
    const reply = await player.ask("queue.enter", choosy);
    if (reply.type === "queue.update") answered.add(player.id);
    if (answered.size === 8) await server.end("SIGKILL");
  });
  await Promise.allSettled(requests);
  assert.ok(answered.size >= 8);
  await server.restart();
  for (const known of credentials) {
    const { state } = await server.truthOf(known);
    if (answered.has(known.id)) assert.equal(state, "in_queue");
  }
});
