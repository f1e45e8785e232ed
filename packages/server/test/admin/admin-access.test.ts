import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { adminRoutes, type RouteDefinition, routeDefinitions } from "@matchforge/protocol/schemas";
import { loadConfig } from "../../src/index.ts";
import { problemOf } from "../http/http-client.ts";
import { AdminRig, type Sent } from "./admin-rig.ts";

const routes: readonly RouteDefinition[] = Object.values(adminRoutes);
const expiresAt = Date.now() + 3_600_000;

let rig: AdminRig;
before(async () => {
  rig = await AdminRig.alone();
});
after(() => rig[Symbol.asyncDispose]());

/** What a route's own examples send. */
function exampleOf({ params, query, body }: RouteDefinition): Sent {
  return {
    ...(params !== null && { params: params.example as Record<string, string> }),
    ...(query !== null && { query: query.example as Record<string, string> }),
    ...(body !== null && { body: body.example }),
  };
}

async function codeOf(response: Response): Promise<string> {
  assert.equal(response.headers.get("cache-control"), "no-store");
  return (await problemOf(response)).code;
}

test("[AD17] every route takes an operator's token and no other", async () => {
  const tokens: readonly (readonly [string | null, string])[] = [
    [await rig.token({ player: "player_ada", expiresAt }), "FORBIDDEN"],
    [await rig.token({ player: "player_guest", guest: true, expiresAt }), "FORBIDDEN"],
    [await rig.token({ server: "server_one", expiresAt }), "FORBIDDEN"],
    [await rig.token({ player: "player_root", role: "admin", expiresAt: 1_000 }), "TOKEN_EXPIRED"],
    [await rig.token({ player: "player_root", role: "admin", expiresAt, shard: "other" }), "WRONG_SHARD"],
    ["e30.e30.e30", "INVALID_TOKEN"],
    [null, "NOT_AUTHENTICATED"],
  ];
  const { position } = await positionAfterAll();
  for (const route of routes)
    for (const [token, code] of tokens)
      assert.equal(await codeOf(await rig.send(route, exampleOf(route), { token })), code, route.name);
  assert.equal((await positionAfterAll()).position, position);
});

/** The newest line of the audit; whatever came before it is there as well. */
async function positionAfterAll(): Promise<{ position: number }> {
  const { lines } = await rig.ask(adminRoutes.adminAudit, { query: { limit: "1" } });
  return { position: lines[0]?.position ?? 0 };
}

test("[AD18] whatever changes something needs a reason, and what is ill-formed reaches neither log nor audit", async () => {
  const { position } = await positionAfterAll();
  for (const route of routes) {
    if (route.method === "GET" || route === adminRoutes.adminRulesCheck) continue;
    const { reason: _, ...query } = (route.query?.example ?? {}) as Record<string, string>;
    const { reason: __, ...body } = (route.body?.example ?? {}) as Record<string, unknown>;
    const inQuery = route.query !== null;
    const sent = exampleOf(route);
    const without = { ...sent, ...(inQuery ? { query } : { body }) };
    assert.equal(await rig.code(route, without), "MISSING_FIELD", route.name);
    for (const reason of ["", "x".repeat(257), "two\nlines", "half \ud800"]) {
      if (inQuery && !reason.isWellFormed()) continue;
      const given = inQuery ? { query: { ...query, reason } } : { body: { ...body, reason } };
      assert.equal(await rig.code(route, { ...sent, ...given }), "INVALID_FIELD", `${route.name} ${reason}`);
    }
  }
  assert.equal((await positionAfterAll()).position, position);
});

test("[AD18] a body that is none is a problem document", async () => {
  const route = adminRoutes.adminAnnouncement;
  const bodies: readonly (readonly [string, string])[] = [
    ["{", "MALFORMED_JSON"],
    ["[]", "INVALID_FIELD"],
    ["null", "MISSING_FIELD"],
    ['{"text":"hi","reason":"x","more":1}', "UNKNOWN_FIELD"],
    ['{"text":7,"reason":"x"}', "INVALID_FIELD"],
    [JSON.stringify({ text: "x".repeat(300_000), reason: "x" }), "PAYLOAD_TOO_LARGE"],
  ];
  for (const [body, code] of bodies) assert.equal(await rig.code(route, { body }), code, body.slice(0, 60));
});

test("[AD19] every list comes in pages, whose bound holds", async () => {
  for (const route of routes) {
    if (route.query?.schema.properties.limit === undefined) continue;
    for (const limit of ["0", "101", "1e3", "-1", ""])
      assert.equal(
        await rig.code(route, { ...exampleOf(route), query: { limit } }),
        "INVALID_FIELD",
        route.name,
      );
    assert.equal(await rig.code(route, { query: { more: "1" } }), "UNKNOWN_FIELD");
  }
});

test("[AD16] the listeners have no path in common", async () => {
  const token = await rig.token();
  const headers = { authorization: `Bearer ${token}` };
  const publicUrl = rig.nodes[0]?.url ?? "";
  for (const { path, method } of routes) {
    const place = path.replaceAll(/:\w+/g, "x");
    assert.equal(
      (await problemOf(await fetch(`${publicUrl}${place}`, { method, headers }))).code,
      "NOT_FOUND",
    );
  }
  const others: readonly RouteDefinition[] = routeDefinitions;
  for (const { path, method, listener } of others) {
    if (listener === "admin") continue;
    const place = path.replaceAll(/:\w+/g, "x");
    const response = await fetch(`${rig.adminUrl()}${place}`, { method, headers });
    assert.equal((await problemOf(response)).code, "NOT_FOUND", path);
  }
});

test("[AD16] a path answers the methods it has, and no others", async () => {
  const response = await rig.send(
    { ...adminRoutes.adminTicket, method: "PUT" },
    { params: { id: "ticket_x" } },
  );
  assert.equal(response.headers.get("allow"), "GET, HEAD, DELETE");
  assert.equal((await problemOf(response)).status, 405);
});

test("[AD15] operators are listened to only where that was set, on loopback", async () => {
  const load = (given: Record<string, string>) => loadConfig({ file: undefined, environment: {}, given });
  const silent = load({});
  assert.ok(silent.ok && silent.config.admin === null);
  const set = load({ admin_port: "9001" });
  assert.ok(set.ok);
  assert.deepEqual(set.config.admin, { host: "127.0.0.1", port: 9_001 });
  const refused: readonly (readonly [Record<string, string>, RegExp])[] = [
    [
      { admin_port: "9001", admin_host: "0.0.0.0" },
      /^admin_host expected a loopback address.*admin_plain_text/,
    ],
    [{ admin_port: "9001", admin_host: "10.0.0.7", trusted_proxies: "10.0.0.1" }, /^admin_host/],
    [{ admin_port: "9001", port: "9001" }, /^admin_port expected another port/],
    [{ admin_port: "65536" }, /^--admin-port expected a whole number from 0 to 65535/],
  ];
  for (const [given, expected] of refused) {
    const loaded = load(given);
    assert.ok(!loaded.ok);
    const [{ where = "", expected: wanted = "" } = {}] = loaded.problems;
    assert.match(`${where} expected ${wanted}`, expected);
  }
  const open = load({ admin_port: "9001", admin_host: "0.0.0.0", allow_unsafe: "admin_plain_text" });
  assert.ok(open.ok);
  const environment = { MATCHFORGE_ADMIN_PORT: "9001" };
  const byVariable = loadConfig({ file: undefined, environment, given: {} });
  assert.ok(byVariable.ok && byVariable.config.admin?.port === 9_001);
});

test("[AD15] a node that cannot listen to operators does not start, and leaves nothing behind", async () => {
  await using other = await AdminRig.alone();
  await other.nodes[0]?.stop();
  const { port } = new URL(rig.adminUrl());
  await assert.rejects(other.start(0, { admin_port: port }), { code: "EADDRINUSE" });
  assert.notEqual((await other.start(0)).adminUrl, null);
});

test("[AD20] no answer to an operator holds a token, a pass, a secret or the text of a duel in play", async () => {
  const [a, b, match] = await rig.found({ game_type: "slow" });
  const seen = a.seen;
  for (const player of [a, b]) await player.accept(match);
  const text = (await a.next("game.started", seen)).data.code_sequence ?? assert.fail("a duel has a text");
  const answers: string[] = [];
  for (const route of routes) {
    if (route.method !== "GET") continue;
    const params = { id: route === adminRoutes.adminMatch ? match : a.id, key: "slow" };
    answers.push(await (await rig.send(route, { params })).text());
  }
  const all = answers.join("\n");
  assert.ok(all.includes(match) && all.includes(a.id));
  assert.ok(!all.includes(text));
  assert.doesNotMatch(all, /eyJ[\w-]+\.[\w-]+\.[\w-]+/);
  assert.doesNotMatch(all, /"(token|secret|salt|match_ticket|credential)"/);
});
