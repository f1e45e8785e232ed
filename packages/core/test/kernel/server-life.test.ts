import assert from "node:assert/strict";
import { test } from "node:test";
import type { ServerId } from "../../src/index.ts";
import {
  askedKey,
  choose,
  loadAll,
  playing,
  register,
  type Served,
  served,
  servedShard,
  upCommand,
  waitHeard,
} from "./served.ts";
import { expectEvent, type Shard, typesOf } from "./shard.ts";

/** A match that asks for a server. */
function asking(shard: Shard, mode = "direct"): Served {
  const game = served(mode, { shard });
  if (mode !== "direct") loadAll(game);
  return game;
}

test("[GS13] a server that was heard is lost after 15 s of silence; a static one never is", () => {
  const shard = servedShard();
  register(shard, "one");
  shard.apply({ ...upCommand("fixed"), allocator: "static", isHeard: false });
  waitHeard(shard, 20_000);
  assert.equal(shard.state.servers.size, 2);
  const lost = expectEvent(shard.wait(16_000), "server.lost");
  assert.deepEqual([lost.server, lost.reason], ["server_one", "silent"]);
  assert.deepEqual([...shard.state.servers.keys()], ["server_fixed"]);
});

test("[GS14] another run of a server has lost its matches, the same run keeps them", () => {
  const shard = servedShard();
  const server = register(shard, "one", { capacity: 5 });
  const game = asking(shard);
  choose(game);
  assert.deepEqual(typesOf(shard.apply(upCommand("one", { capacity: 3, region: "us" }))), ["server.changed"]);
  assert.deepEqual(shard.state.servers.get(server)?.matches, [game.match]);
  assert.equal(shard.state.servers.get(server)?.offer.capacity, 3);
  const events = shard.apply(upCommand("one", { instance: "2" }));
  assert.deepEqual(typesOf(events), ["server.lost", "match.server_lost", "server.up", "match.allocating"]);
  assert.equal(expectEvent(events, "server.lost").reason, "restarted");
});

test("[GS15] what an earlier run says counts for nothing", () => {
  const shard = servedShard();
  const server = register(shard, "one");
  const old = shard.state.servers.get(server)?.epoch as number;
  register(shard, "one", { instance: "2" });
  for (const type of ["server.down", "server.drain"] as const)
    shard.refuses({ type, server, epoch: old, draining: true }, "STALE_EPOCH");
  assert.deepEqual(shard.apply({ type: "server.alive", servers: [{ server, epoch: old }] }), []);
  shard.refuses({ type: "server.down", server: "server_none", epoch: 1 }, "SERVER_NOT_FOUND");
});

test("[GS16] a match that loses its server before play gets another one, and counts down anew", () => {
  const shard = servedShard();
  const first = register(shard, "a");
  const second = register(shard, "b");
  const game = asking(shard);
  choose(game);
  const { epoch } = shard.state.servers.get(first) as { epoch: number };
  waitHeard(shard, 4_000);
  const lost = shard.apply({ type: "server.down", server: first, epoch });
  assert.deepEqual(typesOf(lost), ["server.lost", "match.server_lost", "match.allocating"]);
  assert.equal(shard.match(game.match).players[0].matchTicket, undefined);
  waitHeard(shard, 20_000);
  assert.equal(shard.stateOf(game.match), "READY");
  assert.equal(askedKey(game), `allocate:${game.match}:2`);
  const events = choose(game);
  assert.deepEqual(typesOf(events), ["match.allocated", "match.ready"]);
  assert.equal(expectEvent(events, "match.allocated").server, second);
  waitHeard(shard, 6_000);
  assert.equal(shard.stateOf(game.match), "ACTIVE");
});

test("[GS16] the second loss before play cancels the match and blames nobody", () => {
  const shard = servedShard();
  register(shard, "a");
  register(shard, "b");
  const game = asking(shard, "wagered");
  choose(game);
  const down = (server: ServerId) =>
    shard.apply({ type: "server.down", server, epoch: shard.state.servers.get(server)?.epoch ?? 0 });
  down("server_a");
  choose(game);
  const cancelled = expectEvent(down("server_b"), "match.cancelled");
  assert.deepEqual([cancelled.reason, cancelled.offenders], ["no_server", []]);
  assert.equal(shard.state.effects.size, 0);
});

test("[GS16] a match that waits for another server after the countdown began is off when none comes", () => {
  const shard = servedShard();
  const server = register(shard, "a");
  const game = asking(shard);
  choose(game);
  shard.apply({ type: "server.down", server, epoch: shard.state.servers.get(server)?.epoch ?? 0 });
  const cancelled = expectEvent(shard.wait(46_000), "match.cancelled");
  assert.equal(cancelled.reason, "no_server");
});

test("[GS17] a game whose server is lost in play is void, and stakes go back", () => {
  const game = playing("wagered");
  const { shard, match, players } = game;
  const events = shard.wait(16_000);
  const voided = expectEvent(events, "match.voided");
  assert.equal(voided.match, match);
  for (const id of players) assert.equal(shard.player(id).available, 1_000n);
});

test("[GS17] by the mode's rule the newest standing decides it", () => {
  const game = playing("direct");
  const { shard, match, players } = game;
  const stand = (...scores: number[]) => {
    const teams = scores.map((score, team) => ({ players: [players[team]], score }));
    shard.apply({ type: "match.standing", match, attempt: 1, teams });
  };
  stand(5, 2);
  stand(5, 8);
  const { result } = expectEvent(shard.wait(16_000), "match.resolved");
  assert.deepEqual([result.winners, result.endReason], [[players[1]], "timeout"]);
});

test("[GS17] without a standing there is nothing to decide it by", () => {
  const { shard } = playing("direct");
  expectEvent(shard.wait(16_000), "match.voided");
});

test("[GS17] a game whose server tells no result in time ends by the same rule", () => {
  const game = playing("direct");
  const { shard, match, players } = game;
  const teams = players.map((id, score) => ({ players: [id], score }));
  shard.apply({ type: "match.standing", match, attempt: 1, teams });
  const { result } = expectEvent(waitHeard(shard, 61_000), "match.resolved");
  assert.deepEqual(result.winners, [players[1]]);
});

const nonsense = {
  "a capacity below zero": { capacity: -1 },
  "no capacity": { capacity: 0 },
  "a broken capacity": { capacity: 1.5 },
  "a capacity that is no number": { capacity: Number.NaN },
  "too great a capacity": { capacity: 1_001 },
  "no address": { address: "" },
  "too long an address": { address: "a".repeat(257) },
  "a region without a name": { region: "" },
  "too long a label": { labels: { map: "m".repeat(65) } },
  "too many labels": {
    labels: Object.fromEntries(Array.from({ length: 17 }, (_, name) => [`l${name}`, ""])),
  },
  "a run without a name": { instance: "" },
};

for (const [what, change] of Object.entries(nonsense)) {
  test(`[GS18] an offer with ${what} is refused`, () => {
    servedShard().refuses(upCommand("odd", change), "INVALID_CONFIGURATION");
  });
}

test("[GS18] beyond the limit no further server is taken", () => {
  const shard = servedShard();
  for (let count = 0; count < 10_000; count += 1) shard.judge(upCommand(`s${count}`));
  shard.refuses(upCommand("more"), "TOO_MANY_SERVERS");
  assert.deepEqual(typesOf(shard.apply(upCommand("s7", { capacity: 9 }))), ["server.changed"]);
});

test("[GS18] a server that a list gives does not become a registered one", () => {
  const shard = servedShard();
  shard.apply({ ...upCommand("one"), allocator: "static" });
  shard.refuses(upCommand("one"), "INVALID_STATE");
});
