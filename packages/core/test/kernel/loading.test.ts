import assert from "node:assert/strict";
import { test } from "node:test";
import { load, loadAll, served, servedShard } from "./served.ts";
import { expectEvent, find, refusal } from "./shard.ts";

test("[GS1] a match waits until every client has loaded", () => {
  const game = served("hosted");
  const { shard, match, players } = game;
  const [first] = load(game, players[0]);
  assert.deepEqual(first, { type: "match.loaded", match, player: players[0], loaded: 1, total: 2 });
  assert.equal(shard.stateOf(match), "PREPARING");
  assert.equal(find(load(game, players[1]), "match.allocating")?.attempt, 1);
});

test("[GS2] who has not loaded in 30 s is at fault; the others stand at the front with their age", () => {
  const game = served("hosted");
  const { shard, match, players } = game;
  const late = shard.connect("late");
  const behind = shard.enqueue(late, "hosted");
  const { tickets } = shard.match(match);
  const [{ enqueuedAt }] = tickets;
  load(game, players[0]);
  assert.equal(find(shard.wait(28_000), "match.cancelled"), undefined);
  const cancelled = expectEvent(shard.wait(2_000), "match.cancelled");
  assert.equal(cancelled.reason, "loading_timeout");
  assert.deepEqual(
    cancelled.fates.map(({ ended }) => ended),
    [null, "loading_timeout"],
  );
  assert.deepEqual(
    cancelled.offenders.map(({ player }) => player),
    [players[1]],
  );
  assert.deepEqual(shard.queue("hosted"), [tickets[0].id, behind]);
  assert.equal(shard.ticket(tickets[0].id).enqueuedAt, enqueuedAt);
});

test("[GS3] loading twice counts once, and a stranger loads for nobody", () => {
  const game = served("hosted");
  const { shard, match, players } = game;
  const stranger = shard.connect("stranger");
  load(game, players[0]);
  assert.deepEqual(load(game, players[0]), []);
  shard.refuses({ type: "match.loaded", match, player: stranger }, "PLAYER_NOT_IN_MATCH");
  shard.refuses({ type: "match.loaded", match: "match_none", player: stranger }, "MATCH_NOT_FOUND");
  const without = served("friendly", { shard });
  shard.refuses({ type: "match.loaded", match: without.match, player: without.players[0] }, "INVALID_STATE");
});

test("[GS4] a server that is late after loading cancels before the escrow would, and blames nobody", () => {
  const game = served("wagered");
  loadAll(game);
  const server = game.shard.wait(44_000);
  assert.equal(find(server, "match.cancelled"), undefined);
  const cancelled = expectEvent(game.shard.wait(2_000), "match.cancelled");
  assert.deepEqual([cancelled.reason, cancelled.offenders], ["no_server", []]);
});

test("[GS4] loading that is late cancels before the escrow would", () => {
  const game = served("wagered");
  load(game, game.players[0]);
  const cancelled = expectEvent(game.shard.wait(31_000), "match.cancelled");
  assert.equal(cancelled.reason, "loading_timeout");
  assert.deepEqual(
    cancelled.offenders.map(({ player }) => player),
    [game.players[1]],
  );
});

test("[GS4] a match whose server is there and whose escrow is not in time blames nobody", () => {
  const game = served("wagered");
  const { shard } = game;
  loadAll(game);
  shard.apply({
    type: "server.lent",
    key: `allocate:${game.match}:1`,
    allocator: "http",
    name: "vm",
    address: "a:1",
    region: null,
    isUnsure: false,
  });
  const cancelled = expectEvent(shard.wait(61_000), "match.cancelled");
  assert.equal(cancelled.reason, "escrow_failed");
  assert.ok(shard.state.effects.has(`release:${game.match}:1`));
});

test("[GS1] deadlines that a fault of ours moves move for loading as well", () => {
  const game = served("hosted");
  const { shard, match, players } = game;
  shard.apply({ type: "node.up", levels: [1, 2, 3] }, "beta/1");
  shard.apply({ type: "player.connected", player: players[1], node: "beta/1", guest: false }, "beta/1");
  load(game, players[0]);
  shard.wait(10_000, [shard.node]);
  assert.equal(shard.state.nodes.has("beta/1"), false);
  shard.wait(25_000);
  assert.equal(shard.stateOf(match), "PREPARING");
  shard.wait(30_000);
  assert.equal(shard.stateOf(match), undefined);
});

test("[GS26] below level 3 loading is passed over and its command refused", () => {
  const shard = servedShard();
  shard.state.level = 2;
  const game = served("hosted", { shard });
  assert.equal(shard.stateOf(game.match), "READY");
  const { match, players } = game;
  assert.equal(
    refusal(shard.apply({ type: "match.loaded", match, player: players[0] })),
    "LEVEL_NOT_SUPPORTED",
  );
});
