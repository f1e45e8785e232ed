import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { httpLimits } from "../../src/http/limits.ts";
import { securityHeaders } from "../../src/http/security-headers.ts";
import { ServerRig } from "../e2e/server-rig.ts";
import { heardOn, openSocket, problemIn, problemOf } from "./http-client.ts";
import { HttpRig } from "./http-rig.ts";

let rig: ServerRig;
before(async () => {
  rig = await ServerRig.start();
});
after(() => rig.stop());

const guest = "/api/v1/auth/guest";
const json = { "content-type": "application/json" };
const routes: readonly (readonly [string, string])[] = [
  ["/", "GET, HEAD"],
  ["/healthz", "GET, HEAD"],
  ["/readyz", "GET, HEAD"],
  ["/metrics", "GET, HEAD"],
  ["/api/v1/matches/match_1", "GET, HEAD"],
  ["/api/v1/matchmaking/statistics", "GET, HEAD"],
  [guest, "POST"],
];

test("[H16] a path tells which methods it answers, whatever the body", async () => {
  for (const [path, allow] of routes) {
    for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE"]) {
      if (allow.includes(method)) continue;
      const body = method === "GET" ? null : "x".repeat(20_000);
      const response = await fetch(`${rig.url}${path}`, { method, body });
      const problem = await problemOf(response);
      assert.deepEqual([problem.status, problem.code], [405, "UNSUPPORTED"], `${method} ${path}`);
      assert.equal(response.headers.get("allow"), allow, path);
      assert.ok(problem.detail?.includes(allow));
    }
  }
});

const wrong: readonly (readonly [string, RequestInit, number, string])[] = [
  ["/nowhere", {}, 404, "NOT_FOUND"],
  [guest, { method: "POST", headers: json, body: "{" }, 400, "MALFORMED_JSON"],
  [guest, { method: "POST", headers: json, body: '{"admin":true}' }, 400, "UNKNOWN_FIELD"],
  [guest, { method: "POST", headers: { "content-type": "text/xml" }, body: "<a/>" }, 415, "UNSUPPORTED"],
];

test("[H16] each kind of wrong request has its status and its code", async () => {
  for (const [path, init, status, code] of wrong) {
    const problem = await problemOf(await fetch(`${rig.url}${path}`, init));
    assert.deepEqual([problem.status, problem.code], [status, code], path);
  }
});

test("[H16] HEAD gets what GET gets, without the body", async () => {
  const response = await fetch(`${rig.url}/healthz`, { method: "HEAD" });
  assert.deepEqual([response.status, await response.text()], [200, ""]);
});

test("[H16] a body too large is refused, told or untold, and not read to its end", async () => {
  const large = "x".repeat(httpLimits.bodyBytesMax + 1);
  const told = await fetch(`${rig.url}${guest}`, { method: "POST", headers: json, body: large });
  assert.equal((await problemOf(told)).code, "PAYLOAD_TOO_LARGE");
  const socket = await openSocket(rig.url);
  socket.write(`POST ${guest} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n`);
  socket.write("Transfer-Encoding: chunked\r\n\r\n");
  socket.write(`${large.length.toString(16)}\r\n${large}\r\n`);
  const { status, body } = await heardOn(socket);
  assert.equal(problemIn(body, status).code, "PAYLOAD_TOO_LARGE");
});

test("[H16] a body of exactly the allowed size is read", async () => {
  const empty = `{${" ".repeat(httpLimits.bodyBytesMax - 2)}}`;
  const response = await fetch(`${rig.url}${guest}`, { method: "POST", headers: json, body: empty });
  assert.equal(response.status, 200);
});

const malformed = [
  "{",
  "",
  "[1]",
  '"text"',
  "7",
  '{"__proto__":{"admin":true}}',
  '{"constructor":1}',
  "\u0000",
];
for (const body of malformed) {
  test(`[H16] ${JSON.stringify(body)} is no body of a sign-in`, async () => {
    const response = await fetch(`${rig.url}${guest}`, { method: "POST", headers: json, body });
    const problem = await problemOf(response);
    assert.equal(problem.status, 400);
    assert.ok(["MALFORMED_JSON", "INVALID_FIELD", "UNKNOWN_FIELD"].includes(problem.code), problem.code);
  });
}

const noRequests: readonly (readonly [string, string, number])[] = [
  [
    "headers too large",
    `GET / HTTP/1.1\r\nHost: x\r\nX: ${"y".repeat(httpLimits.headerBytesMax)}\r\n\r\n`,
    431,
  ],
  ["no HTTP", "HELLO THERE\r\n\r\n", 400],
  ["a method nobody knows", "STEAL / HTTP/1.1\r\nHost: x\r\n\r\n", 400],
  ["two lengths", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400],
  ["a TLS hello", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n\r\n", 400],
];
for (const [what, text, expected] of noRequests) {
  test(`[H16] [H19] ${what}: a problem document with the headers of every answer, then the end`, async () => {
    const socket = await openSocket(rig.url);
    socket.write(text, "latin1");
    const { status, head, body } = await heardOn(socket);
    assert.equal(status, expected, head);
    problemIn(body, status);
    for (const [name, value] of Object.entries(securityHeaders)) {
      assert.ok(head.toLowerCase().includes(`${name}: ${value.toLowerCase()}`), `${name}\n${head}`);
    }
  });
}

test("[H21] who sends a request too slowly is told so, and let go", async () => {
  const hasty = await HttpRig.start(() => ({
    limits: { headersTimeoutMs: 100, requestTimeoutMs: 200, timeoutsCheckedEveryMs: 20 },
  }));
  const headers = await openSocket(hasty.url);
  headers.write("GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: ");
  const body = await openSocket(hasty.url);
  body.write(`POST ${guest} HTTP/1.1\r\nHost: x\r\n`);
  body.write("Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{");
  for (const heard of await Promise.all([heardOn(headers), heardOn(body)])) {
    assert.equal(heard.status, 408, heard.head);
    problemIn(heard.body, 408);
  }
  await hasty.stop();
});

test("[H16] nothing a client sends comes back in a refusal", async () => {
  const secret = "s3cr3t-value";
  const responses = [
    await fetch(`${rig.url}/${secret}?${secret}`),
    await fetch(`${rig.url}/api/v1/matches/${secret}`),
    await fetch(`${rig.url}/api/v1/matches/match_${secret}`),
    await fetch(`${rig.url}${guest}`, { method: "POST", headers: json, body: `{"${secret}":1}` }),
    await fetch(`${rig.url}${guest}`, { method: "POST", headers: json, body: secret }),
  ];
  for (const response of responses) {
    assert.equal(JSON.stringify([...response.headers]).includes(secret), false);
    assert.equal(JSON.stringify(await problemOf(response)).includes(secret), false);
  }
});

test("[H19] every answer has the same protection and an id of its own", async () => {
  const ids = new Set<string | null>();
  for (const [path] of [...routes, ["/nowhere"], ["/api/v1/matches/%ff"]]) {
    const { headers } = await fetch(`${rig.url}${path}`);
    for (const [name, value] of Object.entries(securityHeaders)) assert.equal(headers.get(name), value, path);
    ids.add(headers.get("x-request-id"));
    assert.equal(headers.get("x-powered-by") ?? headers.get("server"), null, path);
  }
  assert.equal(ids.size, routes.length + 2);
});
