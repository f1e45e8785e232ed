import assert from "node:assert/strict";
import { connect } from "node:net";
import { after, before, test } from "node:test";
import { isErrorCode } from "@matchforge/protocol";
import { ServerRig } from "../e2e/server-rig.ts";

let rig: ServerRig;
before(async () => {
  rig = await ServerRig.start({ guest_sign_ins_per_minute: "30", connections_per_address_max: "4" });
});
after(() => rig.stop());

const get = (path: string, init?: RequestInit) => fetch(`${rig.url}${path}`, init);

test("[H13] a running node is healthy and ready", async () => {
  const health = await get("/healthz");
  assert.deepEqual([health.status, ((await health.json()) as { status: string }).status], [200, "ok"]);
  const ready = await get("/readyz");
  assert.equal(ready.status, 200);
  const { checks } = (await ready.json()) as { checks: { name: string; is_ok: boolean }[] };
  assert.deepEqual(
    checks.map(({ name, is_ok }) => [name, is_ok]),
    [
      ["replica", true],
      ["node", true],
      ["serving", true],
    ],
  );
});

test("[H14] metrics are Prometheus' text with the specification's names", async () => {
  const response = await get("/metrics");
  assert.match(response.headers.get("content-type") ?? "", /^text\/plain/);
  const text = await response.text();
  for (const name of [
    "matchmaking_queue_size",
    "matchmaking_queue_wait_seconds",
    "matchmaking_matches_created_total",
    "matchmaking_active_matches",
    "game_websocket_connections",
  ]) {
    assert.match(text, new RegExp(`^# HELP ${name} `, "m"), name);
    assert.match(text, new RegExp(`^# TYPE ${name} `, "m"), name);
  }
  for (const line of text.trim().split("\n")) {
    assert.match(line, /^(#.*|[a-zA-Z_:][a-zA-Z0-9_:]*(\{.*\})? (NaN|[+-]Inf|-?[0-9.e+-]+))$|^$/);
  }
});

test("[H16] what is wrong with a request is a problem document with a code", async () => {
  const json = { "content-type": "application/json" };
  const guest = "/api/v1/auth/guest";
  const cases: readonly (readonly [string, RequestInit, number, string])[] = [
    ["/nowhere", {}, 404, "NOT_FOUND"],
    ["/api/v1/matches/match_0", {}, 404, "MATCH_NOT_FOUND"],
    ["/api/v1/matches/player_1", {}, 400, "INVALID_FIELD"],
    ["/api/v1/matches/%FF", {}, 400, "INVALID_FIELD"],
    [guest, { method: "POST", headers: json, body: "{" }, 400, "MALFORMED_JSON"],
    [guest, { method: "POST", headers: json, body: '{"admin":true}' }, 400, "UNKNOWN_FIELD"],
    [guest, { method: "POST", headers: json, body: `"${"x".repeat(20_000)}"` }, 413, "PAYLOAD_TOO_LARGE"],
    [guest, { method: "POST", headers: { "content-type": "text/xml" }, body: "<a/>" }, 415, "UNSUPPORTED"],
  ];
  for (const [path, init, status, code] of cases) {
    const response = await get(path, init);
    assert.match(response.headers.get("content-type") ?? "", /^application\/problem\+json/, path);
    const problem = (await response.json()) as { code: string; status: number; detail?: string };
    assert.deepEqual([response.status, problem.status, problem.code], [status, status, code], path);
    assert.ok(isErrorCode(problem.code));
    assert.doesNotMatch(JSON.stringify(problem), /at .*\.ts|node_modules/);
  }
});

test("[H16] bytes that are no HTTP are answered, and the connection ends", async () => {
  const { hostname, port } = new URL(rig.url);
  const socket = connect(Number(port), hostname);
  socket.write("HELLO THERE\r\n\r\n");
  let text = "";
  for await (const chunk of socket) text += String(chunk);
  assert.match(text, /^HTTP\/1\.1 400 /);
  assert.match(text, /INVALID_FIELD/);
});

test("[H12] pages of other origins may neither act nor connect", async () => {
  const foreign = { origin: "https://elsewhere.example" };
  const acted = await get("/api/v1/auth/guest", { method: "POST", headers: foreign });
  assert.deepEqual([acted.status, ((await acted.json()) as { code: string }).code], [403, "FORBIDDEN"]);
  const read = await get("/healthz", { headers: foreign });
  assert.equal(read.headers.get("access-control-allow-origin"), null);
});

test("[H17] a match is told without its text while it is played, with it when it was decided", async () => {
  const [a, b, match_id, text] = await rig.playing({ game_type: "quick" });
  await a.ask("game.progress", { match_id, from: 0, typed: text.slice(0, 10) });
  const live = await (await get(`/api/v1/matches/${match_id}`)).text();
  assert.equal(live.includes(text), false);
  const view = JSON.parse(live) as { state: string; players: { stats: unknown }[] };
  assert.equal(view.state, "ACTIVE");
  assert.deepEqual(
    view.players.map(({ stats }) => stats),
    [null, null],
  );
  await b.ask("match.abandon", { match_id });
  await a.next("match.settled");
  for (;;) {
    const ended = (await (await get(`/api/v1/matches/${match_id}`)).json()) as Record<string, unknown>;
    if (ended.state !== "SETTLED") continue;
    assert.equal(ended.end_reason, "forfeit");
    break;
  }
  for (const player of [a, b]) player.terminate();
});

test("[H18] statistics tell every mode and tier", async () => {
  const statistics = (await (await get("/api/v1/matchmaking/statistics")).json()) as {
    modes: { mode: string; is_available: boolean; pools: { stake_tier: string | null }[] }[];
  };
  assert.deepEqual(
    statistics.modes.map(({ mode, is_available, pools }) => [
      mode,
      is_available,
      pools.map((pool) => pool.stake_tier),
    ]),
    [
      ["code_duel", true, ["bronze", "silver"]],
      ["quick", true, [null]],
      ["closed", false, [null]],
    ],
  );
});

test("[H19] every answer forbids caching, framing, sniffing and loading", async () => {
  for (const path of ["/", "/healthz", "/nowhere", "/api/v1/matchmaking/statistics"]) {
    const { headers } = await get(path);
    assert.equal(headers.get("cache-control"), "no-store", path);
    assert.equal(headers.get("x-content-type-options"), "nosniff", path);
    assert.match(
      headers.get("content-security-policy") ?? "",
      /default-src 'none'.*frame-ancestors 'none'/,
      path,
    );
  }
});

test("[H20] beyond the connections of an address a new one is told so, and closed", async () => {
  const sockets = [];
  for (let count = 0; count < 4; count += 1) sockets.push(await rig.socket());
  const over = await rig.socket();
  assert.equal((await over.next("error")).data.code, "POOL_FULL");
  assert.equal(await over.client.closed(), 1013);
  for (const socket of sockets) socket.terminate();
});

test("[H15] too many guests from one address are told when to come back", async () => {
  let refused: Response | undefined;
  for (let count = 0; count < 40 && refused === undefined; count += 1) {
    const response = await get("/api/v1/auth/guest", { method: "POST" });
    if (response.status !== 200) refused = response;
    else {
      const { token, expires_at } = (await response.json()) as { token: string; expires_at: number };
      const claims = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
      assert.equal(claims.exp * 1_000, expires_at);
    }
  }
  assert.ok(refused !== undefined);
  assert.equal(refused.status, 429);
  assert.ok(Number(refused.headers.get("retry-after")) > 0);
  assert.equal(((await refused.json()) as { code: string }).code, "RATE_LIMITED");
});
