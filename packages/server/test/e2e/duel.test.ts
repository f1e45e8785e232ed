import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, test } from "node:test";
import { type PlayerId, sha256Hex } from "@matchforge/core";
import { systemClock } from "../../src/shard/threads/system-clock.ts";
import { ServerRig } from "./server-rig.ts";

let rig: ServerRig;
before(async () => {
  rig = await ServerRig.start();
});
after(() => rig.stop());

const bronze = { game_type: "code_duel", stake_tier: "bronze" };
const quick = { game_type: "quick" };
const token = 1_000_000_000_000_000_000n;

test("[B1] [B3] a staked duel from sign-in to the payout, and no byte of its text before it starts", async () => {
  const [a, b, match_id] = await rig.found(bronze);
  for (const player of [a, b]) {
    const { data } = await player.next("match.found");
    assert.equal(data.wager, (50n * token).toString());
    assert.equal(data.opponent?.rating, 1200);
  }
  const update = b.next("match.ready_update");
  assert.equal((await a.accept(match_id)).type, "ok");
  assert.deepEqual((await update).data, { match_id, ready: 1, total: 2 });
  await b.accept(match_id);
  const { data: countdown } = await a.next("match.countdown");
  const { data: started } = await a.next("game.started");
  const text = started.code_sequence ?? "";
  const commitment = createHash("sha256").update(`${started.code_salt}${text}`).digest("hex");
  assert.equal(commitment, countdown.code_commitment);
  assert.equal(commitment, sha256Hex(`${started.code_salt}${text}`));
  await b.next("game.started");
  for (const player of [a, b]) {
    const beginning = player.frames.findIndex((frame) => frame.includes('"game.started"'));
    const secrets = [text, started.code_salt ?? "", text.slice(0, 12), text.slice(-12)];
    for (const frame of player.frames.slice(0, beginning))
      for (const secret of secrets) assert.equal(frame.includes(secret), false, frame);
  }
  await a.type(match_id, text);
  const [won, lost] = [await a.next("game.result"), await b.next("game.result")];
  assert.equal(won.data.winner, a.id);
  assert.equal(lost.data.winner, a.id);
  assert.deepEqual([won.data.prize, lost.data.prize], [(90n * token).toString(), "0"]);
  assert.deepEqual([won.data.rating_change, lost.data.rating_change], [16, -16]);
  assert.deepEqual([won.data.your_stats.progress, won.data.your_stats.accuracy], [1, 1]);
  assert.equal(won.data.end_reason, "completed");
  assert.ok((await b.next("game.opponent_progress")).data.progress > 0);
  const settled = [await a.next("match.settled"), await b.next("match.settled")];
  assert.deepEqual(
    settled.map(({ data }) => data.payout),
    [(90n * token).toString(), "0"],
  );
});

test("[B2] figures a client claims of itself are ignored", async () => {
  const [a, b, match_id, text] = await rig.playing(quick);
  const claims = { progress: 1, wpm: 250, accuracy: 1, current_position: text.length };
  await a.ask("game.progress", { match_id, from: 0, typed: text.slice(0, 5), ...claims });
  const { data } = await b.next("game.opponent_progress");
  assert.ok(data.progress < 1, `${data.progress}`);
  for (const player of [a, b]) player.terminate();
});

test("[B4] at time out who is further wins; when all is equal it is a tie", async () => {
  const [a, b, match_id, text] = await rig.playing(quick);
  await b.ask("game.progress", { match_id, from: 0, typed: text.slice(0, 3) });
  const [first, second] = [await a.next("game.result"), await b.next("game.result")];
  assert.deepEqual([first.data.winner, second.data.winner], [b.id, b.id]);
  assert.equal(first.data.end_reason, "timeout");
  const [c, d] = await rig.playing(quick);
  for (const player of [c, d]) assert.equal((await player.next("game.result")).data.winner, null);
});

test("[B5] a decline cancels: the other waits again, who declined does not", async () => {
  const [a, b, match_id] = await rig.found(quick);
  await a.accept(match_id);
  await b.ask("match.ready", { match_id, response: "decline" });
  const [kept, gone] = [await a.next("match.cancelled"), await b.next("match.cancelled")];
  assert.deepEqual([kept.data.reason, kept.data.requeued], ["declined", true]);
  assert.equal(gone.data.requeued, false);
  assert.equal(await a.code("queue.enter", quick), "ALREADY_IN_QUEUE");
  assert.equal(await a.code("queue.leave", {}), "ok");
  assert.equal(await b.code("queue.leave", {}), "NOT_IN_QUEUE");
});

test("[B6] when the ready check runs out only those who accepted wait again", async () => {
  const [a, b, match_id] = await rig.found(quick);
  await a.accept(match_id);
  assert.equal((await a.next("match.cancelled")).data.requeued, true);
  assert.equal((await b.next("match.cancelled")).data.requeued, false);
  await a.ask("queue.leave", {});
  const [c, d] = await rig.found(quick);
  for (const player of [c, d]) {
    assert.equal((await player.next("match.cancelled")).data.requeued, false);
    assert.equal(await player.code("queue.leave", {}), "NOT_IN_QUEUE");
  }
});

test("[B7] leaving before the start is a decline, after it a forfeit", async () => {
  const [a, b, match_id] = await rig.found(quick);
  await a.ask("match.abandon", { match_id });
  assert.equal((await b.next("match.cancelled")).data.reason, "abandoned");
  await b.ask("queue.leave", {});
  const [c, d, active] = await rig.playing(bronze);
  await c.ask("match.abandon", { match_id: active });
  const { data } = await d.next("game.result");
  assert.deepEqual([data.end_reason, data.winner, data.rating_change], ["forfeit", d.id, 16]);
});

test("[B8] who is cut off has the grace to return, and forfeits after it", async () => {
  const [a, b, match_id, text] = await rig.playing(bronze);
  const known = { id: a.id, token: "" };
  await a.ask("game.progress", { match_id, from: 0, typed: text.slice(0, 10) });
  a.terminate();
  const { data: told } = await b.next("match.opponent_disconnected");
  assert.deepEqual(told, { match_id, player_id: known.id, grace_period_secs: 1 });
  const { data } = await b.next("game.result");
  assert.deepEqual([data.end_reason, data.winner], ["forfeit", b.id]);
});

test("[B8] [B9] who returns in time goes on with every key that was acknowledged", async () => {
  const credentials = [await rig.guest(), await rig.guest()];
  const [a, b] = [await rig.player(credentials[0]), await rig.player(credentials[1])];
  for (const player of [a, b]) await player.ask("queue.enter", bronze);
  const { data: found } = await a.next("match.found");
  const { match_id } = found;
  for (const player of [a, b]) await player.accept(match_id);
  const text = (await a.next("game.started")).data.code_sequence ?? "";
  await a.ask("game.progress", { match_id, from: 0, typed: text.slice(0, 10) });
  a.terminate();
  await b.next("match.opponent_disconnected");
  const again = await rig.player(credentials[0]);
  const { data: sync } = await again.next("session.sync");
  assert.ok(sync.match?.state === "ACTIVE");
  assert.deepEqual([sync.match.match_id, sync.match.upto, sync.match.code_sequence], [match_id, 10, text]);
  await b.next("match.opponent_reconnected");
  await again.type(match_id, text.slice(0, 30), 10);
  await b.ask("match.abandon", { match_id });
  assert.equal((await again.next("game.result")).data.winner, a.id);
});

test("[B10] a new connection takes over from one that lingers, whose end touches nothing", async () => {
  const credentials = await rig.guest();
  const old = await rig.player(credentials);
  await old.ask("queue.enter", { game_type: "code_duel", stake_tier: "silver" });
  old.client.socket.pause();
  const fresh = await rig.player(credentials);
  const { data: sync } = await fresh.next("session.sync");
  assert.equal(sync.ticket?.standings[0]?.stake_tier, "silver");
  old.client.socket.resume();
  assert.equal(await old.client.closed(), 4001);
  assert.equal(await fresh.code("queue.enter", quick), "ALREADY_IN_QUEUE");
  assert.equal(await fresh.code("queue.leave", {}), "ok");
});

test("[B11] a message sent again has one effect and the same reply; with another body it is refused", async () => {
  const credentials = await rig.guest();
  const player = await rig.player(credentials);
  const silver = { game_type: "code_duel", stake_tier: "silver" };
  player.client.send("queue.enter", silver, "same");
  const first = await player.client.reply("same");
  player.terminate();
  const again = await rig.player(credentials);
  const { ticket } = (await again.next("session.sync")).data;
  again.client.send("queue.enter", silver, "same");
  const second = await again.client.reply("same");
  assert.ok(first.type === "queue.update" && second.type === "queue.update");
  assert.deepEqual([first.data.players_in_tier, second.data.players_in_tier], [1, 1]);
  const third = await rig.player(credentials);
  assert.equal((await third.next("session.sync")).data.ticket?.ticket_id, ticket?.ticket_id);
  third.client.send("queue.enter", bronze, "same");
  const other = await third.client.reply("same");
  assert.equal(other.type === "error" && other.data.code, "ID_REUSED");
  await third.ask("queue.leave", {});
});

test("[B12] waiting players hear how they stand when it changes, and at least every ten seconds", async () => {
  const player = await rig.player();
  await player.ask("queue.enter", { game_type: "code_duel", stake_tier: "silver" });
  const from = player.seen;
  await new Promise<void>((resume) => systemClock.after(2_500, resume));
  assert.equal(player.client.messages.slice(from).filter(({ type }) => type === "queue.update").length, 0);
  await player.next("queue.update", from);
  await player.ask("queue.leave", {});
});

test("[B20] what became of a match can be asked for", async () => {
  const [a, , match_id] = await rig.playing(quick);
  const live = await (await fetch(`${rig.url}/api/v1/matches/${match_id}`)).json();
  assert.equal((live as { state: string }).state, "ACTIVE");
  await a.ask("match.abandon", { match_id });
  await a.next("game.result");
  const players: PlayerId[] = (live as { players: { player_id: PlayerId }[] }).players.map(
    ({ player_id }) => player_id,
  );
  assert.ok(players.includes(a.id as PlayerId));
});
