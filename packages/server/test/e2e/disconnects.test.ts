import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { deedsBetween, loggedEntries } from "./logged-entries.ts";
import type { Player } from "./player.ts";
import { oneToken } from "./rules-text.ts";
import { ServerRig } from "./server-rig.ts";

let rig: ServerRig;
before(async () => {
  rig = await ServerRig.start();
});
after(() => rig.stop());

const bronze = { game_type: "code_duel", stake_tier: "bronze" };
const slow = { game_type: "slow" };
const tokens = (count: bigint) => (count * oneToken).toString();

/** Two players whose connections can be cut and made again. */
async function known() {
  const credentials = [await rig.guest(), await rig.guest()] as const;
  const players = [await rig.player(credentials[0]), await rig.player(credentials[1])] as const;
  return { credentials, players };
}

test("[B8] who is cut off and stays away forfeits after the grace, which the opponent is told", async () => {
  const { credentials, players } = await known();
  const [a, b, match_id] = await rig.playing({ game_type: "strict", stake_tier: "bronze" }, players);
  a.terminate();
  const away = { match_id, player_id: a.id, grace_period_secs: 0.3 };
  assert.deepEqual((await b.next("match.opponent_disconnected")).data, away);
  const { end_reason, winner, rating_change, prize } = (await b.next("game.result")).data;
  assert.deepEqual([end_reason, winner, rating_change, prize], ["forfeit", b.id, 16, tokens(90n)]);
  const { state, balance } = await rig.truthOf(credentials[0]);
  assert.deepEqual([state, balance], ["idle", tokens(950n)]);
});

test("[B8] [B9] who returns in the grace goes on with every key that was acknowledged, and may win", async () => {
  const { credentials, players } = await known();
  const [a, b, match_id, text] = await rig.playing(bronze, players);
  const ack = await a.ask("game.progress", { match_id, from: 0, typed: text.slice(0, 10) });
  assert.deepEqual(ack.data, { match_id, upto: 10 });
  a.terminate();
  const away = { match_id, player_id: a.id, grace_period_secs: 20 };
  assert.deepEqual((await b.next("match.opponent_disconnected")).data, away);
  const again = await rig.player(credentials[0]);
  assert.deepEqual((await b.next("match.opponent_reconnected")).data, { match_id, player_id: a.id });
  const { match } = (await again.next("session.sync")).data;
  assert.ok(match?.state === "ACTIVE");
  assert.deepEqual([match.upto, match.position], [10, 10]);
  await again.type(match_id, text, match.upto);
  const { winner, end_reason, your_stats } = (await again.next("game.result")).data;
  assert.deepEqual([winner, end_reason, your_stats.accuracy], [a.id, "completed", 1]);
  assert.equal((await b.next("game.result")).data.winner, a.id);
});

test("[B9] who returns gets the whole truth, in whatever state it is", async () => {
  const { credentials, players } = await known();
  const [, b, match_id] = await rig.found(slow, players);
  const matched = (await rig.truthOf(credentials[0])).match;
  assert.ok(matched?.state === "MATCHED");
  const { accept_deadline, opponent } = (await b.next("match.found")).data;
  assert.deepEqual(
    [matched.match_id, matched.accepted, matched.ready, matched.total],
    [match_id, false, 0, 2],
  );
  assert.ok(Math.abs(matched.deadline - (accept_deadline ?? 0)) < 1_000);
  assert.deepEqual([matched.opponent?.address, opponent?.address], [b.id, credentials[0].id]);
  const back = await rig.player(credentials[0]);
  assert.equal(back.story().includes("match.found"), false);
  await back.accept(match_id);
  await b.accept(match_id);
  const { code_commitment } = (await b.next("match.countdown")).data;
  const ready = await rig.truthOf(credentials[0]);
  assert.ok(ready.match?.state === "READY");
  assert.deepEqual(
    [ready.state, ready.ticket, ready.match.code_commitment],
    ["in_match", null, code_commitment],
  );
  const { code_sequence, code_salt } = (await b.next("game.started")).data;
  await b.ask("game.progress", { match_id, from: 0, typed: (code_sequence ?? "").slice(0, 4) });
  const active = (await rig.truthOf(credentials[0])).match;
  assert.ok(active?.state === "ACTIVE");
  const secrets = [active.code_sequence, active.code_salt, active.code_commitment];
  assert.deepEqual(secrets, [code_sequence, code_salt, code_commitment]);
  assert.deepEqual([active.upto, active.position], [0, 0]);
  assert.equal(active.opponent_progress?.progress, 4 / (code_sequence ?? "").length);
  assert.ok(active.remaining_ms > 0 && active.remaining_ms <= 60_000);
  await b.ask("match.abandon", { match_id });
  await b.next("match.settled");
  const { state, ticket, match } = await rig.truthOf(credentials[0]);
  assert.deepEqual([state, ticket, match], ["idle", null, null]);
});

test("[B22] who returns to a running match is told who of the others is away, and for how long at most", async () => {
  const { credentials, players } = await known();
  const [a, b, match_id] = await rig.playing(bronze, players);
  a.terminate();
  await b.next("match.opponent_disconnected");
  b.terminate();
  const again = await rig.player(credentials[1]);
  const { data } = await again.next("match.opponent_disconnected");
  assert.deepEqual([data.match_id, data.player_id], [match_id, a.id]);
  assert.ok(data.grace_period_secs > 0 && data.grace_period_secs <= 20, `${data.grace_period_secs}`);
  assert.ok(again.story().indexOf("session.sync") < again.story().indexOf("match.opponent_disconnected"));
  const back = await rig.player(credentials[0]);
  assert.deepEqual((await again.next("match.opponent_reconnected")).data, { match_id, player_id: a.id });
  await again.ask("match.abandon", { match_id });
  await back.next("match.settled");
  assert.ok(!back.story().includes("match.opponent_disconnected"));
});

/** Stops reading, as a network that dies does: the server sees an open connection. */
async function replaced(old: Player, credentials: Parameters<ServerRig["player"]>[0]): Promise<Player> {
  old.client.socket.pause();
  const fresh = await rig.player(credentials);
  old.client.socket.resume();
  assert.equal(await old.client.closed(), 4001);
  return fresh;
}

test("[B10] a new connection takes a waiting ticket over from one that lingers, whose end touches nothing", async () => {
  const credentials = await rig.guest();
  const old = await rig.player(credentials);
  const silver = { game_type: "code_duel", stake_tier: "silver" };
  await old.ask("queue.enter", silver);
  const before = await rig.position();
  const fresh = await replaced(old, credentials);
  assert.equal((await fresh.next("session.sync")).data.ticket?.standings[0]?.stake_tier, "silver");
  assert.equal(await fresh.code("queue.enter", silver), "ALREADY_IN_QUEUE");
  const between = { after: before, upTo: await rig.position() };
  assert.deepEqual(deedsBetween(await loggedEntries(rig.deployment), between), ["player.connected"]);
  assert.equal(await fresh.code("queue.leave", {}), "ok");
});

test("[B10] a new connection takes over a running match, and the opponent notices nothing", async () => {
  const { credentials, players } = await known();
  const [a, b, match_id, text] = await rig.playing(slow, players);
  await a.ask("game.progress", { match_id, from: 0, typed: text.slice(0, 5) });
  const fresh = await replaced(a, credentials[0]);
  await fresh.type(match_id, text.slice(0, 20), 5);
  await b.ask("match.abandon", { match_id });
  const { winner, your_stats } = (await fresh.next("game.result")).data;
  assert.deepEqual([winner, your_stats.progress], [a.id, 20 / text.length]);
  const unsettling = ["match.opponent_disconnected", "match.opponent_reconnected"];
  assert.deepEqual(
    b.story().filter((type) => unsettling.includes(type)),
    [],
  );
});
