import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { httpProvider } from "../../src/allocators/http-provider/http-provider.ts";
import { allocatorLimits } from "../../src/allocators/limits.ts";
import { OutsideAllocator } from "../../src/allocators/outside-allocator.ts";
import type { Answer } from "./provider-faults.ts";
import { StandInProvider } from "./stand-in-provider.ts";
import { requestOf, testLimits } from "./test-limits.ts";

const folder = mkdtempSync(join(tmpdir(), "matchforge-http-provider-"));
after(() => rmSync(folder, { recursive: true }));

const noPlace = { server_id: "a", address: "game.example:7777" };

/** What an allocator makes of one answer, given to every try. */
async function outcomeOf(answer: Answer) {
  await using provider = await StandInProvider.start({ capacity: 1 });
  const limits = { ...testLimits, tries: 1 };
  const allocator = new OutsideAllocator(
    httpProvider({ url: provider.url, tokenFile: null }, limits),
    limits,
  );
  provider.answers.push(answer);
  try {
    return await allocator.allocate(requestOf(1));
  } finally {
    await allocator.close();
  }
}

test("[AL20] a request carries the key twice, and what the server is wanted for", async () => {
  await using provider = await StandInProvider.start({ capacity: 1 });
  const allocator = new OutsideAllocator(
    httpProvider({ url: `${provider.url}/`, tokenFile: null }, testLimits),
    testLimits,
  );
  const outcome = await allocator.allocate(requestOf(1, ["eu-west", "us-east"]));
  assert.deepEqual(outcome, {
    kind: "allocated",
    server: { name: "server-1", address: "127.0.0.1:20001", region: "eu-west" },
  });
  await allocator.release(requestOf(1));
  await allocator.close();
  const [asked, released] = provider.seen;
  assert.deepEqual(asked?.body, {
    key: "allocate:match_1:1",
    match_id: "match_1",
    mode: "code_duel",
    regions: ["eu-west", "us-east"],
    players: [{ player_id: "player_a", team: 0 }],
    credential: "credential of 1",
  });
  assert.equal(asked?.headers["idempotency-key"], "allocate:match_1:1");
  assert.equal(asked?.headers["content-type"], "application/json");
  assert.equal(asked?.path, "/servers");
  assert.deepEqual([released?.method, released?.path], ["DELETE", "/servers/allocate%3Amatch_1%3A1"]);
});

const problem = (status: number) => ({
  status,
  contentType: "application/problem+json; charset=utf-8",
  body: { title: "No", detail: "Nothing\u202e here,\n\n sorry." },
});
for (const status of [404, 409, 410, 429, 503]) {
  test(`[AL21] a problem with ${status} says that there is nothing to give`, async () => {
    const outcome = await outcomeOf(problem(status));
    const reason = `NO_CAPACITY: the provider answers ${status}, Nothing here, sorry.`;
    assert.deepEqual(outcome, { kind: "none", reason });
  });
}

for (const body of ["{", "[]", '{"detail": 3}']) {
  test(`[AL21] a problem that says ${body} is one by its status`, async () => {
    const outcome = await outcomeOf({ ...problem(503), body });
    assert.deepEqual(outcome, { kind: "none", reason: "NO_CAPACITY: the provider answers 503" });
  });
}

test("[AL21] a look-up that fails says nothing for certain", async () => {
  await using provider = await StandInProvider.start({ capacity: 1 });
  const limits = { ...testLimits, tries: 2 };
  const allocator = new OutsideAllocator(
    httpProvider({ url: provider.url, tokenFile: null }, limits),
    limits,
  );
  provider.answers.push({ status: 500 }, { status: 500 });
  assert.equal((await allocator.allocate(requestOf(1))).kind, "unknown");
  await allocator.close();
});

for (const status of [400, 401, 403, 404, 405, 406, 410, 413, 415, 422, 431]) {
  test(`[AL21] ${status} without a problem says that the request was not carried out`, async () => {
    const outcome = await outcomeOf({ status, contentType: "text/html", body: "<h1>no</h1>" });
    assert.deepEqual(outcome, { kind: "none", reason: `REFUSED: the provider answers ${status}` });
  });
}

for (const answer of [
  { status: 202, body: noPlace },
  { status: 301 },
  { status: 307 },
  { status: 408 },
  { status: 409 },
  { status: 429 },
  { status: 503, contentType: "text/html", body: "<h1>no</h1>" },
  problem(500),
  problem(502),
]) {
  test(`[AL21] ${answer.status} ${answer.contentType ?? ""} says nothing for certain`, async () => {
    assert.equal((await outcomeOf(answer)).kind, "unknown");
  });
}

for (const [what, body] of Object.entries<unknown>({
  "no JSON": "{",
  "no object": [],
  "no address": { server_id: "a" },
  "no name": { address: "a" },
  "an empty address": { ...noPlace, address: "" },
  "an address that is too long": { ...noPlace, address: "a".repeat(257) },
  "a line break": { ...noPlace, address: "a\nb" },
  "a character that cannot be seen": { ...noPlace, address: "a\u200bb" },
  "a character that turns a text around": { ...noPlace, address: "a\u202eb" },
  "an address that is not all ASCII": { ...noPlace, address: "wss://ü.example" },
  "half a character": '{"server_id":"a","address":"\\ud83c"}',
  "a number for a region": { ...noPlace, region: 3 },
  "a region that is too long": { ...noPlace, region: "r".repeat(65) },
  "more than 16 KiB": { ...noPlace, more: "m".repeat(allocatorLimits.answerBytesMax) },
})) {
  test(`[AL22] an answer with ${what} names no server, and one may be held`, async () => {
    const outcome = await outcomeOf({ status: 201, body });
    assert.equal(outcome.kind, "unknown");
    assert.match(String(outcome.kind === "unknown" && outcome.cause), /AllocatorError/);
  });
}

test("[AL22] an address is the game's own matter, up to 256 characters", async () => {
  for (const address of ["wss://a.example/play?id=1", "a".repeat(256), "[2001:db8::1]:7777"]) {
    const outcome = await outcomeOf({ status: 200, body: { server_id: "a", address, more: 1 } });
    assert.deepEqual(outcome, { kind: "allocated", server: { name: "a", address, region: null } });
  }
});

test("[AL22] a region that cannot be one is none", async () => {
  for (const region of ['x"} 1', "__proto__", "eu west"]) {
    const outcome = await outcomeOf({ status: 200, body: { server_id: "a", address: "a:1", region } });
    assert.ok(outcome.kind === "allocated");
    assert.equal(outcome.server.region, null);
  }
});

test("[AL23] the token is read again when its file changes, and nothing is sent without one", async () => {
  let token = "first";
  await using provider = await StandInProvider.start({ capacity: 3, token: () => token });
  const tokenFile = join(folder, "token");
  const place = { url: provider.url, tokenFile };
  const allocator = new OutsideAllocator(httpProvider(place, testLimits), testLimits);
  const missing = await allocator.allocate(requestOf(1));
  assert.ok(missing.kind === "none" && missing.reason.startsWith("TOKEN_UNREADABLE: "));
  assert.ok(missing.reason.includes(tokenFile));
  for (const [number, next] of ["first", "second", "third, which is none"].entries()) {
    token = next;
    writeFileSync(tokenFile, `${next}\n`);
    const outcome = await allocator.allocate(requestOf(number));
    assert.equal(outcome.kind, number < 2 ? "allocated" : "none");
  }
  assert.equal(provider.seen.length, 2);
  await allocator.close();
});

test("[AL24] connections are kept for the next request", async () => {
  await using provider = await StandInProvider.start({ capacity: 10 });
  const allocator = new OutsideAllocator(
    httpProvider({ url: provider.url, tokenFile: null }, testLimits),
    testLimits,
  );
  for (let number = 0; number < 10; number += 1) await allocator.allocate(requestOf(number));
  await allocator.close();
  assert.equal(provider.seen.length, 10);
  assert.ok(provider.connections < 5, `${provider.connections} connections`);
});
