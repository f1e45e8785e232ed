import assert from "node:assert/strict";
import { test } from "node:test";
import type { ServerId } from "@matchforge/core";
import { GameServerRig } from "./game-server-rig.ts";

const path = (name: string, what = "") => `/api/v1/servers/server_${name}${what}`;

test("[GA1] a server registers, changes what it offers, drains, and goes", async () => {
  const rig = await GameServerRig.start();
  const epoch = await rig.register("one");
  const server = (): ReturnType<typeof rig.node.state.servers.get> =>
    rig.node.state.servers.get("server_one");
  assert.deepEqual([server()?.epoch, server()?.offer.capacity, server()?.allocator], [epoch, 2, "registry"]);
  assert.equal(await rig.register("one", { capacity: 5 }), epoch);
  assert.equal(server()?.offer.capacity, 5);
  const token = await rig.serverToken("one");
  const beat = await rig.ask("POST", path("one", "/heartbeat"), { token, body: { epoch, draining: true } });
  assert.equal(((await beat.json()) as { draining: boolean }).draining, true);
  assert.equal(server()?.draining, true);
  assert.equal(await rig.codeOf("DELETE", path("one", `?epoch=${epoch}`), { token }), 204);
  assert.equal(server(), undefined);
  await rig.stop();
});

test("[GA1] a server that says nothing is lost, and one that does is not", async () => {
  const rig = await GameServerRig.start();
  const [silent, alive] = [await rig.register("silent"), await rig.register("alive")];
  assert.ok(silent < alive);
  const token = await rig.serverToken("alive");
  for (let round = 0; round < 4; round += 1) {
    const heard = rig.http.gateway.state(
      ({ servers, time }) => (servers.get("server_alive")?.lastHeardAt ?? 0) >= time - 1_000,
    );
    assert.equal(
      await rig.codeOf("POST", path("alive", "/heartbeat"), { token, body: { epoch: alive } }),
      200,
    );
    await heard;
    await rig.http.gateway.passShardTime(5_000);
  }
  assert.deepEqual([...rig.node.state.servers.keys()], ["server_alive"]);
  assert.equal(
    await rig.codeOf("POST", path("silent", "/heartbeat"), {
      token: await rig.serverToken("silent"),
      body: { epoch: silent },
    }),
    "SERVER_NOT_FOUND",
  );
  await rig.stop();
});

test("[GA1] a token does nothing for another server", async () => {
  const rig = await GameServerRig.start();
  const epoch = await rig.register("one");
  const token = await rig.serverToken("two");
  for (const [method, what, body] of [
    ["POST", "/heartbeat", { epoch }],
    ["GET", `/matches?epoch=${epoch}`, undefined],
    ["DELETE", `?epoch=${epoch}`, undefined],
  ] as const)
    assert.equal(await rig.codeOf(method, path("one", what), { token, body }), "FORBIDDEN");
  assert.equal(rig.node.state.servers.size, 1);
  await rig.stop();
});

test("[GA2] a server that asks hears of its matches at once, with a credential for each", async () => {
  const rig = await GameServerRig.start();
  const epoch = await rig.register("one");
  const token = await rig.serverToken("one");
  const list = async (query = "") => {
    const response = await rig.ask("GET", path("one", `/matches?epoch=${epoch}${query}`), { token });
    return (await response.json()) as {
      version: string;
      matches: { match_id: string; credential: string; players: { player_id: string }[] }[];
    };
  };
  const empty = await list();
  assert.deepEqual(empty.matches, []);
  const waiting = list(`&wait=30&since=${empty.version}`);
  const { match, players } = await rig.assigned();
  const told = await waiting;
  assert.deepEqual(
    told.matches.map(({ match_id }) => match_id),
    [match],
  );
  assert.deepEqual(
    told.matches[0]?.players.map(({ player_id }) => player_id),
    players,
  );
  const read = await rig.passes.readCredential(told.matches[0]?.credential ?? "");
  assert.ok(read.ok);
  assert.deepEqual(read.claims, { match, attempt: 1 });
  const older = list(`&wait=30&since=${(await list()).version}`);
  await list(`&wait=0&since=${told.version}`);
  const newer = list(`&wait=1&since=${(await list()).version}`);
  assert.equal((await older).matches.length, 1, "a newer question ends the older one");
  await newer;
  await rig.stop();
});

test("[GA2] while its question is open a server lives", async () => {
  const rig = await GameServerRig.start();
  const epoch = await rig.register("one");
  const token = await rig.serverToken("one");
  const asked = rig.node.state.position;
  const first = await rig.ask("GET", path("one", `/matches?epoch=${epoch}`), { token });
  const { version } = (await first.json()) as { version: string };
  const open = rig.ask("GET", path("one", `/matches?epoch=${epoch}&wait=2&since=${version}`), { token });
  await rig.http.gateway.state(
    ({ servers, position }) => position > asked + 1 && (servers.get("server_one")?.lastHeardAt ?? 0) > 0,
  );
  assert.equal((await open).status, 200);
  await rig.stop();
});

test("[GA3] an earlier run is stale, an unknown one must register", async () => {
  const rig = await GameServerRig.start();
  const old = await rig.register("one");
  await rig.register("one", { instance: "2" });
  const token = await rig.serverToken("one");
  assert.equal(
    await rig.codeOf("POST", path("one", "/heartbeat"), { token, body: { epoch: old } }),
    "STALE_EPOCH",
  );
  assert.equal(await rig.codeOf("GET", path("one", `/matches?epoch=${old}`), { token }), "STALE_EPOCH");
  assert.equal(await rig.codeOf("DELETE", path("one", `?epoch=${old}`), { token }), "STALE_EPOCH");
  const other = await rig.serverToken("none");
  assert.equal(
    await rig.codeOf("POST", path("none", "/heartbeat"), { token: other, body: { epoch: 1 } }),
    "SERVER_NOT_FOUND",
  );
  await rig.stop();
});

test("[GA4] whatever a node hears in a second is one entry of the log", async () => {
  const rig = await GameServerRig.start();
  const names = ["one", "two", "three"];
  const epochs = [];
  for (const name of names) epochs.push(await rig.register(name));
  const told: ServerId[][] = [];
  rig.node.replica.onApplied((_entry, events) => {
    for (const event of events) if (event.type === "server.heard") told.push([...event.servers]);
  });
  for (let round = 0; round < 5; round += 1)
    for (const [place, name] of names.entries()) {
      const token = await rig.serverToken(name);
      await rig.ask("POST", path(name, "/heartbeat"), { token, body: { epoch: epochs[place] } });
    }
  await rig.http.gateway.state(() => told.length > 0);
  assert.deepEqual(told[0]?.sort(), names.map((name) => `server_${name}`).sort());
  await rig.stop();
});

const nonsense: readonly (readonly [string, object, string])[] = [
  ["a negative capacity", { capacity: -1 }, "INVALID_FIELD"],
  ["no capacity", { capacity: undefined }, "MISSING_FIELD"],
  ["a capacity that is text", { capacity: "4" }, "INVALID_FIELD"],
  ["a huge capacity", { capacity: 1e9 }, "INVALID_FIELD"],
  ["an empty address", { address: "" }, "INVALID_FIELD"],
  ["an address that hides something", { address: "a\u202e\r\n\ud800" }, "INVALID_FIELD"],
  ["a run that nobody can read", { instance: "\u0000" }, "INVALID_FIELD"],
  ["a long address", { address: "a".repeat(257) }, "INVALID_FIELD"],
  ["a field nobody knows", { secret: 1 }, "UNKNOWN_FIELD"],
  ["labels that are no texts", { labels: { map: 1 } }, "INVALID_FIELD"],
  [
    "a label that would be a prototype",
    JSON.parse('{ "labels": { "__proto__": { "x": 1 } } }'),
    "MALFORMED_JSON",
  ],
];

test("[GA11] a server that registers with nonsense is told so, and is not there", async () => {
  const rig = await GameServerRig.start();
  const token = await rig.serverToken("odd");
  for (const [what, change, code] of nonsense) {
    const body = { instance: "1", address: "203.0.113.7:1", region: "eu", capacity: 2, ...change };
    assert.equal(await rig.codeOf("POST", "/api/v1/servers", { token, body }), code, what);
  }
  for (const [body, code] of [
    ["{", "MALFORMED_JSON"],
    ["[]", "INVALID_FIELD"],
    ["null", "INVALID_FIELD"],
    [`{"instance":"${"x".repeat(20_000)}"}`, "PAYLOAD_TOO_LARGE"],
  ] as const)
    assert.equal(await rig.codeOf("POST", "/api/v1/servers", { token, body }), code);
  assert.equal(rig.node.state.servers.size, 0);
  assert.deepEqual(rig.http.failures, []);
  await rig.stop();
});

test("[GA10] nobody else gets past", async () => {
  const rig = await GameServerRig.start();
  const epoch = await rig.register("one");
  const { match } = await rig.assigned();
  const routes = [
    ["POST", "/api/v1/servers", "server"],
    ["POST", path("one", "/heartbeat"), "server"],
    ["GET", path("one", `/matches?epoch=${epoch}`), "server"],
    ["DELETE", path("one", `?epoch=${epoch}`), "server"],
    ["GET", `/api/v1/matches/${match}/roster`, "match"],
    ["POST", `/api/v1/matches/${match}/redeem`, "match"],
    ["POST", `/api/v1/matches/${match}/standing`, "match"],
    ["POST", `/api/v1/matches/${match}/heartbeat`, "match"],
  ] as const;
  const tokens = {
    server: await rig.serverToken("one"),
    match: await rig.credential(match),
    player: await rig.playerToken("player_a"),
    admin: await rig.playerToken("player_root", "admin"),
  };
  for (const [method, where, role] of routes) {
    assert.equal(await rig.codeOf(method, where), "NOT_AUTHENTICATED", where);
    assert.equal(await rig.codeOf(method, where, { token: "e30.e30.e30" }), "INVALID_TOKEN", where);
    for (const [other, token] of Object.entries(tokens))
      if (other !== role)
        assert.equal(await rig.codeOf(method, where, { token }), "FORBIDDEN", `${other} at ${where}`);
  }
  const ticket = await rig.passes.ticketFor(
    { match, player: "player_a", server: "server_one", attempt: 1, serial: 1 },
    rig.expiresAt,
  );
  assert.equal(
    await rig.codeOf("GET", `/api/v1/matches/${match}/roster`, { token: ticket }),
    "INVALID_TOKEN",
  );
  await rig.stop();
});

test("[GA13] what one server has asked too often another may still ask, from the same address", async () => {
  const rig = await GameServerRig.start({ requestsPerMinute: 20 });
  const epochs = [await rig.register("one"), await rig.register("two")];
  const beat = async (name: string, epoch: number) =>
    rig.codeOf("POST", path(name, "/heartbeat"), { token: await rig.serverToken(name), body: { epoch } });
  const codes = [];
  for (let round = 0; round < 30; round += 1) codes.push(await beat("one", epochs[0] ?? 0));
  assert.equal(codes[0], 200);
  assert.equal(codes.at(-1), "RATE_LIMITED");
  assert.equal(await beat("two", epochs[1] ?? 0), 200);
  const forged = [];
  for (let round = 0; round < 30; round += 1)
    forged.push(await rig.codeOf("POST", path("two", "/heartbeat"), { token: `e30.e30.${round}` }));
  assert.equal(forged.at(-1), "RATE_LIMITED");
  assert.equal(await beat("two", epochs[1] ?? 0), 200);
  await rig.stop();
});
