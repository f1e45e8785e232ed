import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  type Command,
  createState,
  defineMode,
  defineRules,
  noQuality,
  supportedLevels,
} from "@matchforge/core";
import { Replica } from "matchforge";
import { Metrics } from "../../src/metrics/metrics.ts";
import { ServerRig } from "../e2e/server-rig.ts";
import { type Family, parseExposition } from "./exposition.ts";

let rig: ServerRig;
before(async () => {
  rig = await ServerRig.start();
});
after(() => rig.stop());

async function scrape(): Promise<Map<string, Family>> {
  const response = await fetch(`${rig.url}/metrics`);
  assert.match(response.headers.get("content-type") ?? "", /^text\/plain; version=0\.0\.4/);
  return parseExposition(await response.text());
}

async function sample(key: string): Promise<number> {
  const family = key.replace(/\{.*/, "").replace(/_(sum|count|bucket)$/, "");
  return (await scrape()).get(family)?.samples.get(key) ?? 0;
}

/** The names of the specification, and what each is under Prometheus' conventions. */
const specified = {
  matchmaking_queue_size: "gauge",
  matchmaking_queue_wait_seconds: "histogram",
  matchmaking_matches_created_total: "counter",
  matchmaking_active_matches: "gauge",
  game_websocket_connections: "gauge",
} as const;

test("[H14] the text is one that Prometheus reads, with the specified names, each explained", async () => {
  const families = await scrape();
  for (const [name, type] of Object.entries(specified)) assert.equal(families.get(name)?.type, type, name);
  for (const [name, { type, help }] of families) {
    assert.ok(help.length > 5, name);
    const isOurs = /^(matchmaking|matchforge|game)_/.test(name);
    if (isOurs) assert.equal(type === "counter", name.endsWith("_total"), name);
  }
});

test("[H14] what happens is counted: tickets, a match, its result, players who come and go", async () => {
  const waiting = await rig.player();
  await waiting.ask("queue.enter", { game_type: "code_duel", stake_tier: "silver" });
  assert.equal(await sample('matchmaking_queue_size{mode="code_duel",tier="silver"}'), 1);
  const connections = await sample("game_websocket_connections");
  const [a, b, match_id] = await rig.playing({ game_type: "code_duel", stake_tier: "bronze" });
  assert.equal(await sample("game_websocket_connections"), connections + 2);
  assert.equal(await sample('matchmaking_matches_created_total{mode="code_duel"}'), 1);
  assert.equal(await sample('matchmaking_queue_wait_seconds_count{mode="code_duel"}'), 2);
  assert.equal(await sample('matchmaking_active_matches{mode="code_duel",state="ACTIVE"}'), 1);
  a.terminate();
  await b.next("match.opponent_disconnected");
  assert.equal(await sample("matchmaking_disconnections_total"), 1);
  await b.ask("match.abandon", { match_id });
  await b.next("match.settled");
  assert.equal(await sample('matchmaking_games_forfeited_total{mode="code_duel"}'), 1);
  assert.equal(await sample('matchmaking_active_matches{mode="code_duel",state="ACTIVE"}'), 0);
  assert.equal(await sample('matchmaking_match_duration_seconds_count{mode="code_duel"}'), 1);
  await waiting.ask("queue.leave", {});
  assert.equal(await sample('matchmaking_queue_size{mode="code_duel",tier="silver"}'), 0);
});

test("[H14] a match that is called off is counted by its reason, and takes no place of a game", async () => {
  const games = await sample('matchmaking_match_duration_seconds_count{mode="slow"}');
  const [a, b, match_id] = await rig.found({ game_type: "slow" });
  await a.ask("match.ready", { match_id, response: "decline" });
  await b.next("match.cancelled");
  assert.equal(await sample('matchmaking_matches_cancelled_total{mode="slow",reason="declined"}'), 1);
  assert.equal(await sample('matchmaking_match_duration_seconds_count{mode="slow"}'), games);
  await b.ask("queue.leave", {});
});

test("[H26] what players do is measured from its request to its place in the log; what is refused here is not", async () => {
  const appends = () => sample("matchmaking_append_seconds_count");
  const player = await rig.player();
  const before = [await appends(), await sample("matchmaking_append_seconds_sum")] as const;
  await player.ask("queue.enter", { game_type: "code_duel", stake_tier: "silver" });
  await player.ask("queue.leave", {});
  assert.equal(await appends(), before[0] + 2);
  assert.ok((await sample("matchmaking_append_seconds_sum")) > before[1]);
  assert.equal(await player.code("queue.leave", {}), "NOT_IN_QUEUE");
  assert.equal(await appends(), before[0] + 2);
});

test("[H26] an append is measured, whatever comes of it", async () => {
  const metrics = new Metrics({ state: createState, idleMs: () => 1_500 });
  assert.equal(await metrics.timeAppend(async () => "done"), "done");
  await assert.rejects(
    metrics.timeAppend(() => Promise.reject(new Error("disk"))),
    /disk/,
  );
  const { text } = await metrics.text();
  const families = parseExposition(text);
  const counted = families.get("matchmaking_append_seconds")?.samples.get("matchmaking_append_seconds_count");
  assert.equal(counted, 2);
  const idle = families
    .get("matchforge_replica_idle_seconds")
    ?.samples.get("matchforge_replica_idle_seconds");
  assert.equal(idle, 1.5);
});

test("[H23] labels come from closed lists: nothing a client sends becomes a name or a label", async () => {
  const player = await rig.player();
  for (const type of ["constructor", "x".repeat(200), 'a"} 1\n', "queue.leave"])
    await player.raw(JSON.stringify({ type, id: `evil_${type.length}`, ts: 0, data: {} }));
  const families = await scrape();
  const types = families.get("game_websocket_messages_total")?.samples ?? new Map();
  assert.ok(
    [...types.keys()].every((key) => /\{type="[a-z_.]+"\}$/.test(key)),
    [...types.keys()].join(),
  );
  assert.ok((types.get('game_websocket_messages_total{type="invalid"}') ?? 0) >= 3);
  const codes = families.get("game_websocket_errors_total")?.samples ?? new Map();
  assert.ok([...codes.keys()].every((key) => /\{code="[A-Z_]+"\}$/.test(key)));
  const ids = [...families.values()].flatMap(({ samples }) => [...samples.keys()]);
  assert.ok(ids.every((key) => !/(player|match|ticket)_[0-9a-f]{8}|evil/.test(key)));
});

test("[H14] how long clients load and servers are looked for is measured, and who has room", async () => {
  const metrics = new Metrics({ state: () => state, idleMs: () => 0 });
  const state = createState();
  const replica = new Replica({ state });
  let at = 1_000;
  const apply = (command: Command) => {
    at += 500;
    const entry = { position: state.position + 1, at, node: "a/1", command } as const;
    const events = replica.apply(entry);
    assert.deepEqual(
      events.filter(({ type }) => type === "refused" || type === "violation"),
      [],
    );
    metrics.applied(events, state);
  };
  const mode = defineMode({ id: "hosted", requires: ["loading", "server"], readyCheckMs: null });
  const [a, b] = ["player_a", "player_b"] as const;
  const offer = { address: "a:1", region: null, capacity: 3, labels: {} };
  apply({ type: "node.up", levels: supportedLevels });
  apply({ type: "node.lead" });
  apply({ type: "kernel.level", term: state.term, level: 3 });
  apply({ type: "rules.configure", rules: defineRules({ modes: [mode] }) });
  apply({ type: "epoch.open", term: state.term, number: 1, hash: "00".repeat(32) });
  apply({
    type: "server.up",
    server: "server_1",
    allocator: "registry",
    instance: "1",
    offer,
    isHeard: false,
  });
  for (const player of [a, b]) {
    apply({ type: "player.connected", player, node: "a/1", guest: true });
    const pools = [{ mode: "hosted", tier: null }];
    const ticket = { ticket: `ticket_${player}`, player, members: [player], party: null } as const;
    apply({ type: "ticket.enqueue", ...ticket, pools, draw: 0, secretEpoch: 1 });
  }
  const proposal = { rulesVersion: state.rulesVersion, quality: noQuality, secretEpoch: 1, commitment: null };
  const teams = [[`ticket_${a}`], [`ticket_${b}`]] as const;
  apply({ type: "matcher.propose", term: state.term, match: "match_1", pool: "hosted", teams, ...proposal });
  for (const player of [a, b]) apply({ type: "match.loaded", match: "match_1", player });
  apply({ type: "server.choose", key: "allocate:match_1:1", allocator: "registry", isUnsure: false });
  const { text } = await metrics.text();
  const families = parseExposition(text);
  const read = (key: string) => families.get(key.replace(/(_sum)?\{.*/, ""))?.samples.get(key);
  assert.equal(read('matchmaking_loading_seconds_sum{mode="hosted"}'), 1);
  assert.equal(read('matchmaking_allocation_seconds_sum{mode="hosted",allocator="registry"}'), 0.5);
  assert.equal(read('matchmaking_game_server_places{allocator="registry",state="used"}'), 1);
  assert.equal(read('matchmaking_game_server_places{allocator="registry",state="free"}'), 2);
});
