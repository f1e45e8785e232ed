import assert from "node:assert/strict";
import { test } from "node:test";
import { type RegionLatency, stateHash } from "../../src/index.ts";
import {
  askedKey,
  choose,
  lend,
  loadAll,
  playing,
  register,
  type Served,
  served,
  servedShard,
  upCommand,
} from "./served.ts";
import { expectEvent, find, type Shard, typesOf } from "./shard.ts";

/** A match that asks for a server. */
function asking(shard: Shard = servedShard(), mode = "direct"): Served {
  const game = served(mode, { shard });
  if (mode !== "direct" && mode !== "choosy") loadAll(game);
  return game;
}

const ways = (eu: number, us: number): RegionLatency[] => [
  { region: "eu", latencyMs: eu },
  { region: "us", latencyMs: us },
];

test("[GS5] a server is asked for under a key of the match and the attempt, once all have loaded", () => {
  const game = served("hosted");
  assert.deepEqual([...game.shard.state.effects.keys()], []);
  loadAll(game);
  assert.deepEqual([...game.shard.state.effects.keys()], [`allocate:${game.match}:1`]);
  const direct = served("direct", { shard: game.shard });
  assert.equal(askedKey(direct), `allocate:${direct.match}:1`);
});

test("[GS6] the region whose longest way is the shortest wins, then the least loaded, then the first by id", () => {
  const shard = servedShard();
  const far = register(shard, "far", { region: "us" });
  const near = ["b", "a"].map((name) => register(shard, name, { region: "eu" }));
  const chosen = [1, 2, 3, 4, 5].map(() => {
    const game = served("direct", { shard, latencies: [ways(30, 90), ways(60, 80)] });
    return expectEvent(choose(game), "match.allocated").server;
  });
  assert.deepEqual(chosen, [near[1], near[0], near[1], near[0], far]);
});

test("[GS7] no server takes more than its capacity, any while it drains, or any without the labels asked for", () => {
  const shard = servedShard();
  const small = register(shard, "small", { capacity: 1 });
  expectEvent(choose(asking(shard)), "match.allocated");
  const second = asking(shard);
  shard.refuses(
    { type: "server.choose", key: askedKey(second), allocator: "registry", isUnsure: false },
    "NO_SERVER",
  );
  const big = register(shard, "big", { capacity: 9 });
  const { epoch } = shard.state.servers.get(big) as { epoch: number };
  shard.apply({ type: "server.drain", server: big, epoch, draining: true });
  shard.refuses(
    { type: "server.choose", key: askedKey(second), allocator: "registry", isUnsure: false },
    "NO_SERVER",
  );
  shard.apply({ type: "server.drain", server: big, epoch, draining: false });
  assert.equal(expectEvent(choose(second), "match.allocated").server, big);
  assert.deepEqual(shard.state.servers.get(small)?.matches.length, 1);
  const labelled = register(shard, "labelled", { labels: { map: "mill" }, region: "us" });
  register(shard, "elsewhere", { labels: { map: "mill" }, region: "asia" });
  const picky = served("choosy", { shard, latencies: [ways(20, 90), ways(20, 90)] });
  assert.equal(shard.match(picky.match).region, "eu");
  assert.equal(expectEvent(choose(picky), "match.allocated").server, labelled);
  const nowhere = served("choosy", { shard, latencies: [ways(20, 190), ways(20, 190)] });
  shard.refuses(
    { type: "server.choose", key: askedKey(nowhere), allocator: "registry", isUnsure: false },
    "NO_SERVER",
  );
});

test("[GS8] with the server each player gets a match ticket, and the countdown begins", () => {
  const shard = servedShard();
  register(shard, "one");
  const game = asking(shard, "hosted");
  const events = choose(game);
  assert.deepEqual(typesOf(events), ["match.allocated", "match.ready"]);
  const { until } = expectEvent(events, "match.allocated");
  assert.equal(until, shard.state.time + 60_000);
  for (const { matchTicket } of shard.match(game.match).players)
    assert.deepEqual(matchTicket, { serial: shard.state.position, until, isRedeemed: false });
});

test("[GS8] a match whose escrow is outstanding waits for it although its server is there", () => {
  const shard = servedShard();
  register(shard, "one");
  const game = asking(shard, "wagered");
  assert.deepEqual(typesOf(choose(game)), ["match.allocated"]);
  const done = shard.apply({ type: "effect.done", key: `escrow:${game.match}`, txHash: null });
  assert.deepEqual(typesOf(done), ["match.escrowed", "match.ready"]);
});

for (const [how, isUnsure] of [
  ["certain", false],
  ["uncertain", true],
] as const) {
  test(`[GS9] a match that no one has a server for is off, and nobody is to blame: ${how}`, () => {
    const game = asking();
    const { shard, match } = game;
    const [{ id, enqueuedAt }] = shard.match(match).tickets;
    const events = shard.apply({ type: "effect.failed", key: askedKey(game), reason: "full", isUnsure });
    assert.deepEqual(typesOf(events), ["match.unallocated", "match.cancelled"]);
    const { reason, offenders, fates } = expectEvent(events, "match.cancelled");
    assert.deepEqual([reason, offenders, fates.map(({ ended }) => ended)], ["no_server", [], [null, null]]);
    assert.equal(shard.ticket(id).enqueuedAt, enqueuedAt);
    assert.equal(shard.state.effects.has(`release:${match}:1`), isUnsure);
  });
}

test("[GS9] after 45 s without an answer the match is off, and what may be held is owed back", () => {
  const game = asking();
  const { shard, match } = game;
  assert.equal(find(shard.wait(44_000), "match.cancelled"), undefined);
  const events = shard.wait(2_000);
  assert.equal(expectEvent(events, "match.unallocated").reason, "timeout");
  assert.equal(expectEvent(events, "match.cancelled").reason, "no_server");
  assert.deepEqual([...shard.state.effects.keys()], [`release:${match}:1`]);
});

test("[GS10] a match that ends while its server is asked for leaves a release until it is confirmed", () => {
  const game = asking();
  const { shard, match, players } = game;
  const key = askedKey(game);
  shard.apply({ type: "match.abandon", match, player: players[0] });
  assert.deepEqual([...shard.state.effects.keys()], [`release:${match}:1`]);
  shard.restart();
  shard.refuses({ type: "effect.failed", key: `release:${match}:1`, reason: "no" }, "EFFECT_NOT_FOUND");
  const late = { type: "server.lent", key, allocator: "http", name: "vm", address: "a:1" } as const;
  shard.refuses({ ...late, region: null, isUnsure: false }, "EFFECT_NOT_FOUND");
  shard.apply({ type: "effect.done", key: `release:${match}:1`, txHash: null });
  assert.equal(shard.state.effects.size, 0);
});

test("[GS10] a server that was lent goes back with the end of its match; what others may hold is owed at once", () => {
  const game = asking();
  const { shard, match, players } = game;
  const { release } = expectEvent(lend(game, { isUnsure: true }), "match.allocated");
  assert.deepEqual([release?.key, release?.except], [`release:${match}:1:others`, "http"]);
  assert.equal(shard.state.servers.size, 1);
  shard.wait(6_000);
  assert.equal(shard.stateOf(match), "ACTIVE");
  shard.apply({
    type: "match.result",
    match,
    attempt: 1,
    teams: players.map((id, rank) => ({ players: [id], rank: rank + 1 })),
  });
  assert.equal(shard.state.servers.size, 0);
  assert.deepEqual(
    [...shard.state.effects.values()].map(({ key, except, only }) => [key, except, only]),
    [
      [`release:${match}:1:others`, "http", undefined],
      [`release:${match}:1`, undefined, "http"],
    ],
  );
});

test("[GS11] a lent server with an address nobody can read is refused, and its region is told only where the mode knows it", () => {
  const game = asking();
  const { shard } = game;
  const lent = {
    type: "server.lent",
    key: askedKey(game),
    allocator: "http",
    name: "vm",
    isUnsure: false,
  } as const;
  shard.refuses({ ...lent, address: "a\n1", region: null }, "INVALID_CONFIGURATION");
  const picky = served("choosy", { shard, latencies: [ways(20, 90), ways(20, 90)] });
  const there = { ...lent, key: askedKey(picky), address: "a:1", region: "nowhere" };
  assert.equal(expectEvent(shard.apply(there), "match.allocated").region, null);
  assert.equal(shard.match(picky.match).region, "eu");
});

test("[GS11] the second answer to one request changes nothing", () => {
  const game = asking();
  const { shard } = game;
  register(shard, "one");
  const key = askedKey(game);
  choose(game);
  shard.refuses({ type: "server.choose", key, allocator: "registry", isUnsure: false }, "EFFECT_NOT_FOUND");
  shard.refuses({ type: "effect.failed", key, reason: "late" }, "EFFECT_NOT_FOUND");
  shard.refuses({ type: "effect.done", key, txHash: null }, "EFFECT_NOT_FOUND");
});

test("[GS12] the place on a server is free with the result", () => {
  const game = playing("direct");
  const { shard, match, players, server } = game;
  assert.deepEqual(shard.state.servers.get(server)?.matches, [match]);
  const teams = players.map((id, rank) => ({ players: [id], rank: rank + 1 }));
  shard.apply({ type: "match.result", match, attempt: 1, teams });
  assert.deepEqual(shard.state.servers.get(server)?.matches, []);
});

test("[GS12] the place on a server is free when its match is called off", () => {
  const shard = servedShard();
  const server = register(shard, "one");
  const game = asking(shard);
  choose(game);
  shard.apply({ type: "match.abandon", match: game.match, player: game.players[0] });
  assert.deepEqual(shard.state.servers.get(server)?.matches, []);
});

test("[GS26] below level 3 no server can be registered, and none is asked for", () => {
  const shard = servedShard();
  shard.state.level = 2;
  shard.refuses(upCommand("one"), "LEVEL_NOT_SUPPORTED");
  assert.equal(shard.stateOf(served("direct", { shard }).match), "READY");
});

test("[GS12] a replica restored from a snapshot knows the same servers", () => {
  const { shard, server } = playing("direct");
  const before = stateHash(shard.state);
  shard.restart();
  assert.equal(stateHash(shard.state), before);
  assert.equal(shard.state.servers.get(server)?.matches.length, 1);
  expectEvent(shard.wait(16_000), "server.lost");
});
