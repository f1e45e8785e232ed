import assert from "node:assert/strict";
import { test } from "node:test";
import { defineMode, defineRules } from "@matchforge/core";
import type { ChannelMessage, Channels } from "@matchforge/stores";
import { ChannelsReactor, engineLimits, ManualClock } from "../src/index.ts";
import { messagesOf } from "../src/streams/channels/messages-of.ts";
import { recordOf } from "../src/streams/record-of.ts";
import { Cluster, settled } from "./cluster.ts";
import { Audience } from "./streams-audience.ts";
import { matched, playDuel, readAnew, rowOf } from "./streams-rig.ts";

const hidden = defineRules({
  modes: [
    defineMode({ id: "quick", countdownMs: 0, revealOpponent: "accepted" }),
    defineMode({ id: "ranked", countdownMs: 0, readyCheckMs: null }),
  ],
});

/** The messages of made-up events, of a match of a mode whose clients load. */
async function told(...events: Parameters<typeof rowOf>[0][]): Promise<ChannelMessage[]> {
  const reads = await readAnew(
    new Cluster(),
    events.map((event, index) => rowOf(event, index + 1)),
  );
  const players = [
    { player: "player_a", team: 0 },
    { player: "player_b", team: 1 },
  ];
  const facts = { mode: "Normal_1v1", tier: null, players, isRevealedAtOnce: true, isLoaded: true };
  return reads.flatMap((read) => messagesOf({ ...read, facts }, recordOf({ ...read, facts })));
}

test("[CN4] [CN5] players hear of their match, and its own channel tells every state and step", async () => {
  await using audience = await Audience.start();
  const match = await playDuel(audience.cluster, audience.node);
  await audience.untilHeard(({ message }) => message.data.state === "SETTLED");
  const own = audience.on("player:player_a:updates");
  const found = own.find(({ type }) => type === "match_found");
  assert.deepEqual([found?.data.match_id, found?.data.opponent], [match, "player_b"]);
  assert.equal(found?.data.timestamp, found?.timestamp);
  assert.match(String(found?.timestamp), /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  const ready = own.find(({ type }) => type === "match_ready");
  assert.deepEqual([ready?.data.game_type, ready?.data.stake_tier], ["duel", "low"]);
  const states = own.filter(({ type }) => type === "game_state_update").map(({ data }) => data.state);
  const life = ["MATCHED", "PREPARING", "READY", "ACTIVE", "RESOLVED", "SETTLED"];
  assert.deepEqual(states, life);
  const events = audience.on(`match:${match}:events`);
  const updates = events.filter(({ type }) => type === "game_state_update");
  assert.deepEqual(
    updates.map(({ data }) => [data.session_id, data.state]),
    life.map((state) => [match, state]),
  );
  const steps = events.map(({ type }) => type).filter((type) => type !== "game_state_update");
  assert.deepEqual(steps, ["player_ready", "player_ready", "stakes_escrowed", "player_forfeited"]);
});

test("[CN4] [CN6] queues tell their sizes, and players where they stand, that they wait again, and that they do not", async () => {
  await using audience = await Audience.start();
  const { cluster, node } = audience;
  await cluster.connect(node, "player_c");
  await cluster.enqueue(node, "player_c", "ranked");
  const queued = await audience.untilHeard(({ channel }) => channel === "player:player_c:updates");
  assert.equal(queued.message.type, "queue_update");
  assert.equal(queued.message.data.position, 1);
  assert.equal(queued.message.data.estimated_wait, null);
  const sized = await audience.untilHeard(
    ({ channel, message }) => channel === "events:queue:ranked" && message.data.size === 1,
  );
  assert.equal(sized.message.type, "queue_size_changed");
  const all = audience.on("queue:status").at(-1);
  assert.equal(all?.type, "queue_update");
  assert.deepEqual(all?.data.queues, [sized.message.data]);

  const match = await matched(cluster, node, { mode: "quick", players: ["player_a", "player_b"] });
  await cluster.submit(node, { type: "match.decline", match, player: "player_b" });
  const requeued = await audience.untilHeard(
    ({ channel, message }) => channel === "player:player_a:updates" && message.type === "player_requeued",
  );
  assert.deepEqual([requeued.message.data.match_id, requeued.message.data.reason], [match, "declined"]);
  const ended = audience.on("player:player_b:updates").find(({ type }) => type === "queue_ended");
  assert.equal(ended?.data.reason, "declined");
  const [public_] = audience.on("events:queue:quick").filter(({ type }) => type === "player_requeued");
  assert.deepEqual(public_?.data, { mode: "quick", stake_tier: null, match_id: match, tickets: 1 });
  await cluster.submit(node, { type: "ticket.cancel", player: "player_c" });
  const left = await audience.untilHeard(
    ({ channel, message }) => channel === "player:player_c:updates" && message.type === "queue_ended",
  );
  assert.equal(left.message.data.reason, "cancelled");
  await audience.untilHeard(
    ({ message }) => message.type === "queue_size_changed" && message.data.size === 0,
  );
});

test("[CN7] a loading session is told from its beginning until everybody is there, or nothing comes of it", async () => {
  const messages = await told(
    { type: "match.preparing", match: "match_1", pending: ["loading", "server"], deadline: 1, effects: [] },
    { type: "match.loaded", match: "match_1", player: "player_b", loaded: 1, total: 2 },
    { type: "match.allocating", match: "match_1", attempt: 1 },
    { type: "match.allocated", match: "match_1", attempt: 1, address: "10.1.2.3:7777" },
    { type: "match.ready", match: "match_1", startsAt: 1, awaitsDispatch: false },
    { type: "match.cancelled", match: "match_1", mode: "Normal_1v1", reason: "not_loaded", fates: [] },
  );
  const session = messages
    .filter(({ channel }) => channel === "events:session:match_1")
    .map(({ message }) => message);
  assert.deepEqual(
    session.map(({ type }) => type),
    [
      "loading_session_created",
      "player_ready",
      "server_requested",
      "server_assigned",
      "loading_session_completed",
      "loading_session_cancelled",
    ],
  );
  const [created, ready] = session;
  const named = { session_id: "match_1", game_type: "Normal_1v1" };
  assert.deepEqual(created?.data, { ...named, players: ["player_a", "player_b"] });
  assert.deepEqual(ready?.data, { ...named, player_id: "player_b", ready: 1, total: 2 });
  assert.ok(!JSON.stringify(messages).includes("10.1.2.3"));
});

test("[CN7] a loading session of a match that is played is told as it goes", async () => {
  const loading = defineMode({
    id: "loaded",
    game: "external",
    requires: ["loading"],
    readyCheckMs: null,
    countdownMs: 0,
  });
  const ranked = defineMode({ id: "ranked", readyCheckMs: null });
  await using audience = await Audience.start(defineRules({ modes: [loading, ranked] }));
  const { cluster, node } = audience;
  const players = ["player_a", "player_b"] as const;
  const match = await matched(cluster, node, { mode: "loaded", players });
  for (const player of players) await cluster.submit(node, { type: "match.loaded", match, player });
  await audience.untilHeard(({ message }) => message.type === "loading_session_completed");
  const session = audience.on(`events:session:${match}`);
  assert.deepEqual(
    session.map(({ type, data }) => [type, data.ready ?? null]),
    [
      ["loading_session_created", null],
      ["player_ready", 1],
      ["player_ready", 2],
      ["loading_session_completed", null],
    ],
  );
});

test("[CN8] a violation is told on the channel of its code, and moves that are refused are counted there", async () => {
  const [violation] = await told({ type: "violation", code: "REPLICAS_DISAGREE", detail: "secret" });
  assert.equal(violation?.channel, "events:violation:REPLICAS_DISAGREE");
  assert.deepEqual(violation?.message.data, { code: "REPLICAS_DISAGREE" });
  await using audience = await Audience.start();
  const { cluster, node } = audience;
  const match = await matched(cluster, node, { mode: "quick", players: ["player_c", "player_d"] });
  for (const player of ["player_c", "player_d", "player_c"] as const)
    await cluster.submit(node, { type: "match.accept", match, player });
  await cluster.submit(node, { type: "match.decline", match, player: "player_c" });
  const refused = await audience.untilHeard(({ channel }) => channel === "events:violation:INVALID_STATE");
  assert.equal(refused.message.data.code, "INVALID_STATE");
  assert.ok(Number(refused.message.data.count) > 0);
});

test("[CN9] what an operator announces is told to everybody", async () => {
  const messages = await told({
    type: "announced",
    id: "announcement_1",
    text: "Maintenance at noon.",
    severity: "info",
  });
  assert.deepEqual(messages, [
    {
      channel: "system:announcements",
      message: {
        type: "announcement",
        data: { announcement_id: "announcement_1", text: "Maintenance at noon.", severity: "info" },
        timestamp: new Date(1_700_000_000_000).toISOString(),
      },
    },
  ]);
});

test("[CN10] channels begin at the end of what is stored, and skip what is too far behind", async () => {
  const { archive } = new Cluster();
  const clock = new ManualClock();
  const reports: string[] = [];
  const heard: unknown[] = [];
  let isOpen: () => void = () => {};
  let open = Promise.resolve();
  const channels: Channels = {
    async publish(messages) {
      await open;
      heard.push(...messages.map(({ message }) => message.data.code));
    },
    close: async () => {},
  };
  const { engine } = await new Cluster().start();
  const options = { channels, archive, clock, leads: () => true, state: () => engine.state };
  const reactor = new ChannelsReactor({ ...options, report: ({ code }) => reports.push(code) });
  const store = (position: number, code: string) =>
    archive.commit({ cursor: position, events: [rowOf({ type: "violation", code }, position)], rows: [] });
  const look = async () => {
    reactor.applied([]);
    for (let turn = 0; turn < 20; turn += 1) {
      clock.advanceTo(clock.now() + engineLimits.streamEveryMs);
      await settled();
    }
  };
  await store(1, "BEFORE");
  await look();
  await store(2, "FIRST");
  open = new Promise((resolve) => {
    isOpen = resolve;
  });
  await look();
  await store(3, "SKIPPED");
  await store(3 + engineLimits.channelsBehindPositions + 1, "SKIPPED_TOO");
  isOpen();
  await look();
  await store(4 + engineLimits.channelsBehindPositions + 1, "LAST");
  await look();
  assert.deepEqual(heard, ["FIRST", "LAST"]);
  assert.deepEqual(reports, ["CHANNELS_BEHIND"]);
  await reactor.stop();
});

test("[CN11] where a mode hides opponents no channel names anybody to others before all have accepted", async () => {
  await using audience = await Audience.start(hidden);
  const { cluster, node } = audience;
  const match = await matched(cluster, node, { mode: "quick", players: ["player_a", "player_b"] });
  await cluster.submit(node, { type: "match.accept", match, player: "player_a" });
  await audience.untilHeard(({ message }) => message.type === "player_ready");
  const others = audience.heard.filter(({ channel }) => channel !== "player:player_b:updates");
  assert.ok(others.length > 3);
  assert.ok(!JSON.stringify(others).includes("player_b"));
  const found = audience.on("player:player_b:updates").find(({ type }) => type === "match_found");
  assert.deepEqual([found?.data.match_id, found?.data.opponent, found?.data.players], [match, null, null]);
});
