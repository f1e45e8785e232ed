import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { VERSION } from "@matchforge/core";
import { health, readiness } from "@matchforge/protocol/schemas";
import { StoreError } from "@matchforge/stores";
import type { Check } from "../../src/http/build-http.ts";
import { ServerRig } from "../e2e/server-rig.ts";
import { answerOf, problemOf } from "./http-client.ts";
import { emptyArchive, HttpRig } from "./http-rig.ts";

let rig: HttpRig;
let checks: Check[] = [];
let isDraining = false;
let archive: () => Promise<undefined> = async () => undefined;
let archivedTo: number | undefined;
before(async () => {
  rig = await HttpRig.start(({ gateway: { node } }) => ({
    checks: () => checks,
    isDraining: () => isDraining,
    archive: {
      ...emptyArchive,
      match: () => archive(),
      cursor: async () => archivedTo ?? node.state.position,
    },
    limits: { requestsPerMinute: 120, guestSignInsPerMinute: 5, archiveWaitMs: 100 },
    trustedProxies: ["127.0.0.1"],
  }));
});
after(() => rig.stop());

test("[H13] health says which build runs", async () => {
  assert.deepEqual(await answerOf(rig.url, health), { status: "ok", version: VERSION });
});

test("[H13] one check that fails makes a node not ready, and is named", async () => {
  checks = [
    { name: "replica", isOk: true },
    { name: "node", isOk: false, detail: "lost" },
  ];
  const response = await rig.get("/readyz");
  assert.equal(response.status, 503);
  assert.deepEqual(await answerOf(rig.url, readiness), {
    status: "not_ready",
    checks: [
      { name: "replica", is_ok: true },
      { name: "node", is_ok: false, detail: "lost" },
    ],
  });
  checks = [];
  assert.equal((await rig.get("/readyz")).status, 200);
});

test("[H13] a node that stops says so until it is gone, and then answers nobody", async () => {
  const server = await ServerRig.start();
  const player = await server.player();
  const stopped = server.stop();
  const response = await fetch(`${server.url}/readyz`);
  const { checks: told } = (await response.json()) as { checks: { name: string; is_ok: boolean }[] };
  assert.equal(response.status, 503);
  assert.deepEqual(
    told.filter(({ is_ok }) => !is_ok).map(({ name }) => name),
    ["serving"],
  );
  assert.equal((await fetch(`${server.url}/healthz`)).status, 200);
  const guest = await fetch(`${server.url}/api/v1/auth/guest`, { method: "POST" });
  assert.equal((await problemOf(guest)).code, "DRAINING");
  assert.ok(Number(guest.headers.get("retry-after")) >= 1);
  await player.client.closed();
  await stopped;
  await assert.rejects(fetch(`${server.url}/healthz`));
});

test("[H13] the first that a node which starts says of itself is that it is ready", async () => {
  const first = await ServerRig.start();
  const port = new URL(first.url).port;
  await first.stop();
  const starting = ServerRig.start({ port });
  let answer: Response | undefined;
  while (answer === undefined) answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
  const { checks: told } = (await answer.json()) as { checks: { name: string; is_ok: boolean }[] };
  assert.equal(answer.status, 200);
  assert.deepEqual(
    told.map(({ name, is_ok }) => [name, is_ok]),
    [
      ["replica", true],
      ["node", true],
      ["serving", true],
    ],
  );
  await (await starting).stop();
});

test("[H15] guests are refused where none are taken, and while the node drains", async () => {
  const server = await ServerRig.start({ guests: "off" });
  const refused = await fetch(`${server.url}/api/v1/auth/guest`, { method: "POST" });
  assert.deepEqual([(await problemOf(refused)).code, refused.status], ["GUESTS_DISABLED", 403]);
  assert.doesNotMatch(await (await fetch(server.url)).text(), /auth\/guest/);
  await server.stop();
  isDraining = true;
  const drained = await rig.get("/api/v1/auth/guest", { method: "POST" });
  assert.equal((await problemOf(drained)).code, "DRAINING");
  isDraining = false;
});

test("[H15] a guest gets an id of its own, and a token that expires when it says", async () => {
  const sign = async () => {
    const response = await guestFrom("203.0.113.50");
    return (await response.json()) as { token: string; player_id: string; expires_at: number };
  };
  const [one, other] = [await sign(), await sign()];
  assert.notEqual(one.player_id, other.player_id);
  const claims = JSON.parse(Buffer.from(one.token.split(".")[1] ?? "", "base64url").toString());
  assert.deepEqual([claims.sub, claims.guest, claims.exp * 1_000], [one.player_id, true, one.expires_at]);
});

const guestFrom = (forwarded: string) =>
  rig.get("/api/v1/auth/guest", { method: "POST", headers: { "x-forwarded-for": forwarded } });

test("[H15] [H11] guests are counted by the address a trusted proxy names, whatever stands before it", async () => {
  for (let count = 0; count < 5; count += 1)
    assert.equal((await guestFrom(`10.0.0.${count}, 203.0.113.1`)).status, 200);
  const refused = await guestFrom("203.0.113.9, 203.0.113.1");
  const problem = await problemOf(refused);
  assert.equal(problem.code, "RATE_LIMITED");
  assert.equal(Number(refused.headers.get("retry-after")), Math.ceil((problem.retry_after_ms ?? 0) / 1_000));
  assert.ok((problem.retry_after_ms ?? 0) > 0 && (problem.retry_after_ms ?? 0) <= 60_000);
  assert.equal((await guestFrom("203.0.113.2")).status, 200);
  for (let count = 0; count < 5; count += 1)
    assert.equal((await guestFrom(`2001:db8:1:2:${count}::1`)).status, 200);
  assert.equal((await guestFrom("2001:db8:1:2:ffff::9")).status, 429);
  assert.equal((await guestFrom("2001:db8:1:3::1")).status, 200);
});

test("[H22] whoever asks too much is told when to come back; health, readiness and metrics do not count", async () => {
  const headers = { "x-forwarded-for": "203.0.113.77" };
  const codes: number[] = [];
  for (let count = 0; count < 122; count += 1)
    codes.push((await rig.get(count % 2 === 0 ? "/nowhere" : "/", { headers })).status);
  assert.deepEqual([codes.indexOf(429), codes.filter((code) => code === 429).length], [120, 2]);
  const limited = await rig.get("/api/v1/matches/match_1", { headers });
  assert.equal((await problemOf(limited)).code, "RATE_LIMITED");
  for (const path of ["/healthz", "/readyz", "/metrics"])
    assert.equal((await rig.get(path, { headers })).status, 200, path);
});

test("[H16] a store that fails is a problem with a time to retry, and is reported without what a client chose", async () => {
  archive = () => Promise.reject(new StoreError("STORE_UNAVAILABLE", "disk /secret/path is full"));
  const response = await rig.get("/api/v1/matches/match_mine");
  const problem = await problemOf(response);
  assert.deepEqual([problem.status, problem.code], [503, "STORE_UNAVAILABLE"]);
  assert.ok(Number(response.headers.get("retry-after")) >= 1);
  assert.doesNotMatch(JSON.stringify(problem), /secret/);
  const failure = rig.failures.pop();
  assert.ok(failure?.error instanceof StoreError);
  const requestId = response.headers.get("x-request-id");
  assert.deepEqual(failure.context, { requestId, method: "GET", route: "/api/v1/matches/:id" });
});

test("[H16] a bug of ours is an internal error that tells nothing, and is reported", async () => {
  archive = () => Promise.reject(new TypeError("cannot read /secret/path"));
  const problem = await problemOf(await rig.get("/api/v1/matches/match_mine"));
  assert.deepEqual([problem.status, problem.code, problem.detail], [500, "INTERNAL_ERROR", undefined]);
  assert.ok(rig.failures.pop()?.error instanceof TypeError);
  archive = async () => undefined;
});

test("[H17] while the archive is behind nobody can say that a match is unknown", async () => {
  archivedTo = 0;
  const response = await rig.get("/api/v1/matches/match_mine");
  assert.equal((await problemOf(response)).code, "STORE_UNAVAILABLE");
  archivedTo = undefined;
  assert.equal((await problemOf(await rig.get("/api/v1/matches/match_mine"))).code, "MATCH_NOT_FOUND");
});
