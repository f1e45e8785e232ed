import assert from "node:assert/strict";
import { test } from "node:test";
import type { MatchId, ServerId } from "@matchforge/core";
import type { ServerMessage } from "@matchforge/protocol";
import { MatchPasses } from "../../src/auth/match-passes.ts";
import { GatewayRig } from "./gateway-rig.ts";
import type { TestClient } from "./test-client.ts";

const passes = new MatchPasses({ secret: "ab".repeat(32), shard: "main" });
const address = "203.0.113.7:7777";

/** Two players in a match that is being loaded. */
async function loading(rig: GatewayRig) {
  const clients = [await rig.signIn("player_a"), await rig.signIn("player_b")] as const;
  for (const client of clients) await client.ask("queue.enter", { game_type: "hosted" });
  const [first] = await Promise.all(clients.map((client) => client.next("match.loading")));
  return { clients, match: first.data.match_id as MatchId, first: first.data };
}

async function register(rig: GatewayRig, name = "one", instance = "1"): Promise<void> {
  const offer = { address, region: "eu", capacity: 1, labels: {} };
  const server: ServerId = `server_${name}`;
  await rig.node.submit({
    type: "server.up",
    server,
    allocator: "registry",
    instance,
    offer,
    isHeard: false,
  });
}

function codeOf(message: ServerMessage): string {
  return message.type === "error" ? message.data.code : message.type;
}

async function loadAll(clients: readonly TestClient[], match_id: string): Promise<void> {
  for (const client of clients) assert.equal((await client.ask("match.loaded", { match_id })).type, "ok");
}

test("[Q18] players hear the deadline, how far the others are, and who has loaded", async () => {
  const rig = await GatewayRig.start();
  const { clients, match, first } = await loading(rig);
  assert.deepEqual([first.loaded, first.total, first.player_id], [0, 2, undefined]);
  assert.ok(first.deadline > Date.now());
  const [a, b] = clients;
  const { position } = rig.node.state;
  const seen = b.messages.length;
  assert.equal((await a.ask("match.loaded", { match_id: match, progress: 0.5 })).type, "ok");
  const half = await b.next("match.loading", seen);
  assert.deepEqual([half.data.player_id, half.data.progress, half.data.loaded], ["player_a", 0.5, 0]);
  assert.equal(
    rig.node.state.matches.get(match)?.players.some(({ loaded }) => loaded),
    false,
  );
  assert.ok(rig.node.state.position >= position);
  assert.equal((await a.ask("match.loaded", { match_id: match })).type, "ok");
  const whole = await b.next("match.loading", b.messages.indexOf(half) + 1);
  assert.deepEqual([whole.data.player_id, whole.data.progress, whole.data.loaded], ["player_a", 1, 1]);
  await rig.stop();
});

test("[Q18] progress of a match that is not loading, or somebody else's, is refused", async () => {
  const rig = await GatewayRig.start();
  const { match } = await loading(rig);
  const stranger = await rig.signIn("player_s");
  for (const progress of [0.5, 1]) {
    const refused = await stranger.ask("match.loaded", { match_id: match, progress });
    assert.equal(codeOf(refused), "PLAYER_NOT_IN_MATCH");
    const unknown = await stranger.ask("match.loaded", { match_id: "match_none", progress });
    assert.equal(codeOf(unknown), "MATCH_NOT_FOUND");
  }
  await rig.stop();
});

test("[Q18] a sync says who has loaded", async () => {
  const rig = await GatewayRig.start();
  const { clients, match } = await loading(rig);
  await clients[0].ask("match.loaded", { match_id: match });
  for (const [player, has_loaded] of [
    ["player_a", true],
    ["player_b", false],
  ] as const) {
    const again = await rig.open();
    await again.ask("auth", { token: player, client: "other" });
    const sync = await again.next("session.sync");
    const told = sync.data.match;
    assert.ok(told?.state === "PREPARING");
    assert.deepEqual([told.loaded, told.total, told.has_loaded], [1, 2, has_loaded]);
  }
  await rig.stop();
});

test("[Q19] each player is told the server and the own match ticket, and nobody else's", async () => {
  const rig = await GatewayRig.start();
  await register(rig);
  const { clients, match } = await loading(rig);
  await loadAll(clients, match);
  const tickets: string[] = [];
  for (const [place, client] of clients.entries()) {
    const { data } = await client.next("match.assigned");
    assert.deepEqual([data.match_id, data.server_addr], [match, address]);
    const read = await passes.readTicket(data.match_ticket ?? "");
    assert.ok(read.ok && "player" in read.claims);
    assert.deepEqual([read.claims.player, read.claims.match], [["player_a", "player_b"][place], match]);
    tickets.push(data.match_ticket ?? "");
  }
  await rig.passShardTime(6_000);
  await Promise.all(clients.map((client) => client.next("game.started")));
  for (const [place, client] of clients.entries()) {
    const others = JSON.stringify(client.messages);
    assert.equal(others.includes(tickets[1 - place]), false);
    const places = client.messages.filter((message) => JSON.stringify(message).includes(address));
    assert.deepEqual(
      places.map(({ type }) => type),
      ["match.assigned"],
    );
  }
  await rig.stop();
});

test("[Q19] who comes back is told again, and after redemption the address alone", async () => {
  const rig = await GatewayRig.start();
  await register(rig);
  const { clients, match } = await loading(rig);
  await loadAll(clients, match);
  const { data } = await clients[0].next("match.assigned");
  const again = await rig.open();
  await again.ask("auth", { token: "player_a", client: "other" });
  await again.next("session.sync");
  assert.equal((await again.next("match.assigned")).data.match_ticket, data.match_ticket);
  const read = await passes.readTicket(data.match_ticket ?? "");
  assert.ok(read.ok);
  const { server: _, ...claims } = read.claims;
  await rig.node.submit({ type: "match.redeem", ...claims });
  const third = await rig.open();
  await third.ask("auth", { token: "player_a", client: "third" });
  const told = await third.next("match.assigned");
  assert.deepEqual([told.data.server_addr, told.data.match_ticket], [address, null]);
  await rig.stop();
});

test("[Q19] with another server everybody is told anew", async () => {
  const rig = await GatewayRig.start();
  await register(rig);
  const { clients, match } = await loading(rig);
  await loadAll(clients, match);
  const first = await Promise.all(clients.map((client) => client.next("match.assigned")));
  await register(rig, "one", "2");
  const second = await Promise.all(
    clients.map((client) => client.next("match.assigned", client.messages.length)),
  );
  for (const [place, { data }] of second.entries()) {
    assert.equal(data.server_addr, address);
    assert.notEqual(data.match_ticket, first[place].data.match_ticket);
  }
  await rig.stop();
});

test("[Q20] a player gets a fresh match ticket; strangers and matches without a server get none", async () => {
  const rig = await GatewayRig.start();
  const { clients, match } = await loading(rig);
  const early = await clients[0].ask("match.ticket", { match_id: match });
  assert.equal(codeOf(early), "INVALID_STATE");
  await register(rig);
  await loadAll(clients, match);
  const { data } = await clients[0].next("match.assigned");
  const fresh = await clients[0].ask("match.ticket", { match_id: match });
  assert.ok(fresh.type === "match.assigned");
  assert.notEqual(fresh.data.match_ticket, data.match_ticket);
  const stranger = await rig.signIn("player_s");
  const refused = await stranger.ask("match.ticket", { match_id: match });
  assert.equal(codeOf(refused), "PLAYER_NOT_IN_MATCH");
  await rig.stop();
});

test("[Q21] without a server players hear why, and that they wait again", async () => {
  const rig = await GatewayRig.start();
  const { clients, match } = await loading(rig);
  await loadAll(clients, match);
  for (const client of clients) {
    const { data } = await client.next("match.cancelled");
    assert.deepEqual([data.reason, data.requeued, data.cooldown_secs], ["no_server", true, 0]);
  }
  await rig.stop();
});
