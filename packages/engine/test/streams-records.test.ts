import assert from "node:assert/strict";
import { test } from "node:test";
import { defineMode, defineRules } from "@matchforge/core";
import { recordOf } from "../src/streams/record-of.ts";
import { unlessUnreadable } from "../src/streams/unless-unreadable.ts";
import { Cluster } from "./cluster.ts";
import { matched, playDuel, readAnew, recordsIn, rowOf, rowsOf, statesOf } from "./streams-rig.ts";

const hidden = defineRules({
  modes: [defineMode({ id: "quick", countdownMs: 0, revealOpponent: "accepted" })],
});

/** What is told of events that are made up. */
async function told(...events: Parameters<typeof rowOf>[0][]) {
  const rows = events.map((event, index) => rowOf(event, index + 1));
  return (await readAnew(new Cluster(), rows)).map((read) => recordOf(read));
}

test("[SK20] every state that a match enters is a record, in the order of the log", async () => {
  const cluster = new Cluster();
  const node = await cluster.start();
  const match = await playDuel(cluster, node);
  const records = await recordsIn(cluster);
  assert.deepEqual(statesOf(records, match), [
    "MATCHED",
    "PREPARING",
    "READY",
    "ACTIVE",
    "RESOLVED",
    "SETTLED",
  ]);
  const cursors = records.map(({ cursor }) => cursor.split(":").map(Number));
  for (const [index, [position, place]] of cursors.entries()) {
    const [before, placeBefore] = cursors[index - 1] ?? [0, 0];
    assert.ok(position > before || (position === before && place > placeBefore), `${index}`);
  }
  const declined = await matched(cluster, node, { mode: "quick", players: ["player_c", "player_d"] });
  await cluster.submit(node, { type: "match.decline", match: declined, player: "player_c" });
  await cluster.pass(1_000);
  const after = await recordsIn(cluster);
  assert.deepEqual(statesOf(after, declined), ["MATCHED", "CANCELLED"]);
  const cancelled = after.find(({ type }) => type === "MatchCancelled");
  assert.equal(cancelled?.data.reason, "declined");
  const tickets = cancelled?.data.tickets as { requeued: boolean; end_reason: string | null }[];
  assert.deepEqual(tickets.map(({ requeued, end_reason }) => [requeued, end_reason]).sort(), [
    [false, "declined"],
    [true, null],
  ]);
});

test("[SK20] a match that gathers players is told from its beginning, and so is one that becomes void", async () => {
  const gathering = { type: "match.created", match: "match_1", mode: "hunt", tier: null, state: "FORMING" };
  const player = { player: "player_a", team: 0, ticket: "ticket_1", rating: 0, role: null, stake: 5n };
  const [created, voided] = await told(
    { ...gathering, players: [player], region: null, contest: null, stake: 5n, rulesVersion: 1 },
    {
      type: "match.voided",
      match: "match_1",
      reason: "a fault",
      refunds: [{ player: "player_a", amount: 5n }],
    },
  );
  assert.equal(created?.type, "MatchCreated");
  assert.deepEqual(
    [created?.data.state, created?.data.players, created?.data.stake],
    ["FORMING", ["player_a"], "5"],
  );
  assert.equal(voided?.type, "MatchVoided");
  assert.deepEqual(voided?.data.refunds, [{ player_id: "player_a", amount: "5" }]);
  assert.equal(voided?.data.state, "VOIDED");
});

test("[SK21] GameStarted says which match of which game, who plays and at what stake", async () => {
  const cluster = new Cluster();
  const match = await playDuel(cluster, await cluster.start());
  const started = (await recordsIn(cluster)).find(({ type }) => type === "GameStarted");
  assert.equal(started?.match_id, match);
  const { players, teams, ...data } = started!.data;
  const order = players as string[];
  assert.deepEqual(order.toSorted(), ["player_a", "player_b"]);
  assert.deepEqual(
    teams,
    order.map((player) => [player]),
  );
  assert.deepEqual(data, {
    match_id: match,
    state: "ACTIVE",
    game_type: "duel",
    stake_tier: "low",
    duration_ms: 60_000,
  });
});

test("[SK21] GameEnded and MatchSettled say who won, how everybody stood, and what was paid", async () => {
  const cluster = new Cluster();
  await playDuel(cluster, await cluster.start());
  const records = await recordsIn(cluster);
  const { data: ended } = records.find(({ type }) => type === "GameEnded")!;
  assert.deepEqual([ended.winner, ended.winners, ended.end_reason], ["player_a", ["player_a"], "forfeit"]);
  const stats = ended.player_stats as Record<string, unknown>[];
  assert.deepEqual(stats.map(({ player_id, outcome }) => [player_id, outcome]).sort(), [
    ["player_a", "win"],
    ["player_b", "loss"],
  ]);
  const { data: settled } = records.find(({ type }) => type === "MatchSettled")!;
  assert.deepEqual(settled.payouts, [{ player_id: "player_a", amount: "180" }]);
  assert.equal(settled.burned, "20");
});

test("[SK22] nothing of a match's text, its salt or what was drawn for it is told", async () => {
  const cluster = new Cluster();
  await playDuel(cluster, await cluster.start());
  const rows = await rowsOf(cluster);
  const started = rows.find(({ type }) => type === "match.started");
  assert.ok(started);
  const { text, salt } = JSON.parse(started.payload) as { text: string; salt: string };
  const created = JSON.parse(rows.find(({ type }) => type === "match.created")!.payload);
  const outside = JSON.stringify(await recordsIn(cluster));
  for (const secret of [text, salt, created.epochHash, created.quality.seed].filter(Boolean))
    assert.ok(!outside.includes(secret), secret);
});

test("[SK22] of a server nothing is told but that there is one, and of players no more than their ids", async () => {
  const mark = "secret-mark";
  const server = {
    server: mark,
    address: `${mark}:7777`,
    region: mark,
    allocator: mark,
    name: mark,
    key: mark,
  };
  const events = [
    {
      type: "match.allocated",
      match: "match_1",
      attempt: 1,
      ...server,
      isLent: true,
      until: 1,
      release: { key: mark },
    },
    { type: "match.dispatched", match: "match_1", server: mark, startsAt: 1 },
    { type: "match.unallocated", match: "match_1", attempt: 1, key: mark, reason: mark, release: null },
    { type: "match.server_lost", match: "match_1", attempt: 1, ...server },
    { type: "match.admitted", match: "match_1", player: "player_a", ticket: mark, serial: 1, until: 1 },
    { type: "match.redeemed", match: "match_1", player: "player_a", serial: 1, ...server },
    { type: "server.up", ...server, offer: { address: mark } },
    { type: "server.changed", ...server },
    { type: "server.lost", server: mark, reason: mark },
    { type: "node.up", node: mark, levels: [1], address: mark },
    { type: "epoch.revealed", number: 1, secret: mark },
    { type: "player.connected", player: "player_a", node: mark, address: mark },
    { type: "violation", code: "DECIDE_THREW", detail: mark },
    { type: "admin.acted", by: mark, reason: mark },
    {
      type: "ticket.queued",
      ticket: "ticket_1",
      players: [`player_${mark}`],
      custom: mark,
      standings: [{ mode: "quick", tier: null, territory: null, pool: mark }],
      wishes: { regions: [mark] },
    },
  ];
  const records = (await told(...events)).filter((record) => record !== undefined);
  assert.ok(!JSON.stringify(records).includes(mark));
  const types = records.map(({ type }) => type);
  assert.deepEqual(types, [
    "ServerAssigned",
    "ServerAssigned",
    "ServerUnavailable",
    "ServerLost",
    "Violation",
    "TicketQueued",
  ]);
});

test("[SK23] where a mode hides opponents nobody is named before all have accepted", async () => {
  const cluster = new Cluster();
  const node = await cluster.start({ rules: hidden });
  const players = ["player_a", "player_b"] as const;
  const first = await matched(cluster, node, { mode: "quick", players });
  await cluster.submit(node, { type: "match.accept", match: first, player: "player_a" });
  await cluster.submit(node, { type: "match.decline", match: first, player: "player_b" });
  await cluster.pass(1_000);
  assert.ok(!JSON.stringify(await recordsIn(cluster)).includes("player_a"));
  await cluster.enqueue(node, "player_b");
  await cluster.pass(1_000);
  const second = node.engine.state.players.get("player_a")?.match;
  assert.ok(second);
  for (const player of players) await cluster.submit(node, { type: "match.accept", match: second, player });
  await cluster.pass(1_000);
  const records = await recordsIn(cluster);
  const named = records
    .filter((record) => JSON.stringify(record).includes("player_a"))
    .map(({ type }) => type);
  assert.deepEqual(named, ["MatchPreparing", "MatchReady", "GameStarted"]);
});

test("[SK24] an event gives the same record, whether its match is remembered or looked up", async () => {
  const cluster = new Cluster();
  await playDuel(cluster, await cluster.start());
  const rows = await rowsOf(cluster);
  const whole = (await readAnew(cluster, rows)).map((read) => recordOf(read));
  for (const [index, row] of rows.entries()) {
    const [read] = await readAnew(cluster, [row]);
    assert.deepEqual(recordOf(read!), whole[index]);
  }
});

test("[SK25] what this build does not know is passed over, and what cannot be read is reported and skipped", async () => {
  const problems: string[] = [];
  const rows = [
    rowOf({ type: "match.teleported", match: "match_1" }),
    { ...rowOf({ type: "violation" }, 2), payload: "{" },
    rowOf({ type: "match.settled", match: "match_1" }, 3),
    rowOf({ type: "violation", code: "PLUGIN_FAILED" }, 4),
  ];
  const cluster = new Cluster();
  const reads = await readAnew(cluster, rows, problems);
  const records = unlessUnreadable(reads, { make: recordOf, report: ({ code }) => problems.push(code) });
  assert.deepEqual(
    records.map((record) => record?.type),
    [undefined, "Violation"],
  );
  assert.deepEqual(problems, ["STREAM_EVENT_SKIPPED", "STREAM_EVENT_SKIPPED"]);
});
