import assert from "node:assert/strict";
import { test } from "node:test";
import { type Command, defineMode, defineRules, type PlayerId, type Preferences } from "../../src/index.ts";
import { expectEvent, refusal, Shard } from "./shard.ts";

const nothing: Preferences = { modes: [], regions: null, latencyMaxMs: null, latencies: null };

const rules = defineRules({
  modes: [
    defineMode({
      id: "far",
      search: {
        widening: { kind: "steps", steps: [{ afterMs: 0, gap: Number.POSITIVE_INFINITY }] },
        avoidRematch: null,
        regions: { names: ["eu", "us", "asia"], latencyMax: [] },
      },
      partySizeMax: 2,
      teams: [2, 2],
    }),
  ],
});

function shardAt(level: number): Shard {
  const shard = Shard.started(rules);
  if (level > 1) shard.apply({ type: "kernel.level", term: shard.state.term, level });
  return shard;
}

function prefer(shard: Shard, player: PlayerId, change: Partial<Preferences>): void {
  const preferences = { ...nothing, ...change };
  assert.equal(refusal(shard.apply({ type: "player.prefer", player, preferences })), undefined);
}

const measured = [
  { region: "eu", latencyMs: 30 },
  { region: "us", latencyMs: 110 },
];

function wishesOf(shard: Shard, ticket: Parameters<Shard["ticket"]>[0]) {
  const wishes = shard.ticket(ticket).standings[0]?.wishes;
  assert.ok(wishes);
  return wishes;
}

test("[HT20] a ticket that says nothing of regions and latencies has those its player prefers", () => {
  const shard = shardAt(3);
  const ada = shard.connect("ada");
  prefer(shard, ada, { regions: ["eu", "us"], latencies: measured });
  shard.restart();
  const { regions, latencies } = wishesOf(shard, shard.enqueue(ada, "far"));
  assert.deepEqual([regions, latencies], [["eu", "us"], measured]);
});

test("[HT20] what a ticket says itself holds", () => {
  const shard = shardAt(3);
  const ada = shard.connect("ada");
  prefer(shard, ada, { regions: ["eu"], latencies: measured, latencyMaxMs: 50 });
  const asia = [{ region: "asia", latencyMs: 200 }];
  const { regions, latencies } = wishesOf(
    shard,
    shard.enqueue(ada, "far", { wishes: { regions: ["asia"], latencies: asia } }),
  );
  assert.deepEqual([regions, latencies], [["asia"], asia]);
});

for (const latencyMaxMs of [50, [{ region: "us", latencyMs: 109 }]] as const) {
  test(`[HT21] a region beyond the ceiling of ${JSON.stringify(latencyMaxMs)} is left out`, () => {
    const shard = shardAt(3);
    const ada = shard.connect("ada");
    prefer(shard, ada, { latencyMaxMs });
    const { regions, latencies } = wishesOf(
      shard,
      shard.enqueue(ada, "far", { wishes: { latencies: measured } }),
    );
    assert.deepEqual([regions, latencies], [null, [measured[0]]]);
  });
}

test("[HT21] where every region is beyond the ceiling nobody can be met", () => {
  const shard = shardAt(3);
  const ada = shard.connect("ada");
  prefer(shard, ada, { latencyMaxMs: 10, latencies: measured });
  shard.refuses(shard.enqueueCommand(ada, "far"), "CONSTRAINTS_NOT_SATISFIED");
});

test("[HT20] of a party the leader's preferences count, and what members measured being ready", () => {
  const shard = shardAt(3);
  const [ada, bob] = [shard.connect("ada"), shard.connect("bob")];
  shard.apply({ type: "party.create", party: "party_1", player: ada, sizeMax: 2 });
  shard.apply({ type: "party.invite", party: "party_1", player: ada, invited: bob });
  shard.apply({ type: "party.join", party: "party_1", player: bob });
  const slower = measured.map(({ region, latencyMs }) => ({ region, latencyMs: latencyMs + 5 }));
  shard.apply({ type: "party.ready", party: "party_1", player: bob, ready: true, latencies: slower });
  prefer(shard, ada, { regions: ["eu"], latencies: measured, latencyMaxMs: 100 });
  prefer(shard, bob, { regions: ["asia"] });
  const ticket = shard.enqueue(ada, "far", { party: "party_1", members: [ada, bob] });
  const { regions, latencies } = wishesOf(shard, ticket);
  assert.deepEqual([regions, latencies], [["eu"], [slower[0]]]);
});

test("[HT22] preferences that make no sense change nothing", () => {
  const shard = shardAt(3);
  const player = shard.connect("ada");
  const wrong: readonly Partial<Preferences>[] = [
    { regions: [] },
    { regions: ["eu", "eu"] },
    { modes: ["far", "far"] },
    { latencyMaxMs: Number.NaN },
    { latencyMaxMs: -1 },
    { latencyMaxMs: [{ region: "eu", latencyMs: Number.POSITIVE_INFINITY }] },
    { latencies: [{ region: "", latencyMs: 1 }] },
  ];
  for (const change of wrong) {
    const preferences = { ...nothing, ...change };
    shard.refuses({ type: "player.prefer", player, preferences }, "INVALID_CONFIGURATION");
    const connect = {
      type: "player.connected",
      player,
      node: shard.node,
      guest: false,
      preferences,
    } as const;
    shard.refuses(connect, "INVALID_CONFIGURATION");
  }
  shard.refuses({ type: "player.prefer", player: "player_nobody", preferences: nothing }, "PLAYER_NOT_FOUND");
});

test("[HT23] what the archive knows comes back with a player the shard has forgotten, and not otherwise", () => {
  const shard = shardAt(3);
  const preferences = { ...nothing, regions: ["us"] };
  const connect: Command = {
    type: "player.connected",
    player: "player_ada",
    node: shard.node,
    guest: false,
    preferences,
  };
  shard.apply(connect);
  assert.deepEqual(shard.player("player_ada").preferences, preferences);
  prefer(shard, "player_ada", { regions: ["eu"] });
  const again = expectEvent(shard.apply(connect), "player.connected");
  assert.equal(again.preferences, undefined);
  assert.deepEqual(shard.player("player_ada").preferences?.regions, ["eu"]);
});

test("[HT22] a request of preferences is carried out once", () => {
  const shard = shardAt(3);
  const player = shard.connect("ada");
  const command = {
    type: "player.prefer",
    player,
    preferences: nothing,
    origin: { key: "http:one", bodyHash: 1 },
  } as const;
  expectEvent(shard.apply(command), "player.preferred");
  shard.refuses(command, "REPEATED");
});

test("[HT24] below level 3 nobody prefers anything, and who came over HTTP is not told apart", () => {
  const shard = shardAt(1);
  const player = shard.connect("ada");
  shard.refuses({ type: "player.prefer", player, preferences: nothing }, "LEVEL_NOT_SUPPORTED");
  const { node } = shard;
  const unsound = { ...nothing, regions: [] };
  for (const preferences of [nothing, unsound])
    shard.apply({ type: "player.connected", player, node, guest: false, via: "http", preferences });
  assert.equal(shard.happened.filter(({ type }) => type === "player.connected").length, 3);
  assert.deepEqual(
    Object.keys(shard.player(player)).filter((key) => key === "via" || key === "preferences"),
    [],
  );
});

test("[HT10] a player who came over HTTP is known as such until a connection takes over", () => {
  const shard = shardAt(3);
  const { node } = shard;
  const player = "player_ada";
  const polls = { type: "player.connected", player, node, guest: false, via: "http" } as const;
  const { epoch } = expectEvent(shard.apply(polls), "player.connected");
  shard.restart();
  assert.equal(shard.player(player).via, "http");
  shard.connect("ada");
  assert.equal(shard.player(player).via, undefined);
  shard.refuses({ type: "player.disconnected", player, epoch }, "STALE_EPOCH");
});

test("[HT11] whoever asks over HTTP takes nobody's connection, and another node's presence at once", () => {
  const shard = shardAt(3);
  const { node } = shard;
  const player = shard.connect("ada");
  const polls = { type: "player.connected", player, node, guest: false, via: "http" } as const;
  shard.refuses(polls, "INVALID_STATE");
  shard.disconnect(player);
  const first = expectEvent(shard.apply(polls), "player.connected");
  const second = expectEvent(shard.apply(polls), "player.connected");
  shard.refuses({ type: "player.disconnected", player, epoch: first.epoch }, "STALE_EPOCH");
  assert.equal(shard.player(player).epoch, second.epoch);
});

test("[HT7] taking back a ticket by its id touches no other", () => {
  const shard = shardAt(3);
  const player = shard.connect("ada");
  const first = shard.enqueue(player, "far");
  shard.apply({ type: "ticket.cancel", player, ticket: first });
  const second = shard.enqueue(player, "far");
  shard.refuses({ type: "ticket.cancel", player, ticket: first }, "TICKET_NOT_WAITING");
  assert.ok(shard.ticket(second));
  expectEvent(shard.apply({ type: "ticket.cancel", player, ticket: second }), "ticket.ended");
});
