import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { isErrorCode } from "@matchforge/protocol";
import fc from "fast-check";
import type { Player } from "./player.ts";
import { ServerRig } from "./server-rig.ts";

let rig: ServerRig;
before(async () => {
  rig = await ServerRig.start();
});
after(() => rig.stop());

const quick = { game_type: "quick" };

function frame(type: unknown, data: unknown = {}, rest: object = {}): string {
  return JSON.stringify({ type, id: "bad", ts: 0, data, ...rest });
}

/** Each kind of bad frame, and the code that it gets from a player who waits for nothing. */
const badFrames: readonly (readonly [what: string, frame: string | Buffer, code: string])[] = [
  ["malformed JSON", "{", "MALFORMED_JSON"],
  ["no JSON object", "[1]", "INVALID_ENVELOPE"],
  ["no id", JSON.stringify({ type: "queue.leave", ts: 0, data: {} }), "INVALID_ENVELOPE"],
  ["an unknown type", frame("queue.steal"), "UNKNOWN_TYPE"],
  ["an inherited name as type", frame("constructor"), "UNKNOWN_TYPE"],
  ["a server's type", frame("game.result"), "UNKNOWN_TYPE"],
  ["an unknown field", frame("queue.leave", { all: true }), "UNKNOWN_FIELD"],
  ["a missing field", frame("match.ready", { match_id: "match_1" }), "MISSING_FIELD"],
  ["a wrong type", frame("queue.enter", { game_type: 7 }), "INVALID_FIELD"],
  ["a huge message", frame("queue.enter", { game_type: "x".repeat(20_000) }), "PAYLOAD_TOO_LARGE"],
  [
    "a deep message",
    `{"type":"queue.leave","id":"bad","ts":0,"data":${"[".repeat(50)}${"]".repeat(50)}}`,
    "PAYLOAD_TOO_DEEP",
  ],
  ["a binary frame", Buffer.from(frame("queue.leave")), "BINARY_NOT_SUPPORTED"],
  ["an unknown mode", frame("queue.enter", { game_type: "chess" }), "QUEUE_NOT_FOUND"],
  ["an inherited name as mode", frame("queue.enter", { game_type: "constructor" }), "QUEUE_NOT_FOUND"],
  [
    "an unknown tier",
    frame("queue.enter", { game_type: "code_duel", stake_tier: "constructor" }),
    "QUEUE_NOT_FOUND",
  ],
  ["a closed mode", frame("queue.enter", { game_type: "closed" }), "MODE_NOT_AVAILABLE"],
  ["a second sign-in", frame("auth", { token: "t", client: "c" }), "ALREADY_AUTHENTICATED"],
  ["leaving no queue", frame("queue.leave"), "NOT_IN_QUEUE"],
  ["an unknown match", frame("match.ready", { match_id: "match_0", response: "accept" }), "MATCH_NOT_FOUND"],
];

test("[B13] each kind of bad frame has its own code, and the connection lives on", async () => {
  const credentials = await rig.guest();
  const player = await rig.player(credentials);
  const before = (await player.next("session.sync")).data;
  for (const [what, bad, code] of badFrames) assert.equal(await patiently(player, bad), code, what);
  const after = (await (await rig.player(credentials)).next("session.sync")).data;
  const { last_event: _before, ...truth } = before;
  const { last_event: _after, ...same } = after;
  assert.deepEqual(same, truth);
});

/** Sends a frame again while it is over the rate that is allowed. */
async function patiently(player: Player, bad: string | Buffer): Promise<string> {
  for (;;) {
    const code = await player.raw(bad);
    if (code !== "RATE_LIMITED") return code;
    await new Promise((resume) => setTimeout(resume, 100));
  }
}

test("[B14] before signing in nothing is done, and a wrong token signs nobody in", async () => {
  const socket = await rig.socket();
  assert.equal(await socket.code("queue.enter", quick), "NOT_AUTHENTICATED");
  assert.equal(await socket.code("auth", { token: "nonsense", client: "c" }), "INVALID_TOKEN");
  const { token } = await rig.guest();
  const other = await rig.socket();
  assert.equal(await other.code("auth", { token, client: "c", address: "0xabc" }), "IDENTITY_MISMATCH");
});

test("[B15] nobody touches a match of others, and a message out of its time changes nothing", async () => {
  const [a, b, match_id] = await rig.found(quick);
  const stranger = await rig.player();
  assert.equal(await stranger.code("match.ready", { match_id, response: "decline" }), "PLAYER_NOT_IN_MATCH");
  assert.equal(await stranger.code("match.abandon", { match_id }), "PLAYER_NOT_IN_MATCH");
  assert.equal(
    await stranger.code("game.progress", { match_id, from: 0, typed: "x" }),
    "PLAYER_NOT_IN_MATCH",
  );
  assert.equal(await a.code("game.progress", { match_id, from: 0, typed: "x" }), "INVALID_STATE");
  assert.equal(await a.code("match.ready", { match_id, response: "accept" }), "ok");
  assert.equal(await b.code("match.ready", { match_id, response: "accept" }), "ok");
  const { data } = await a.next("game.started");
  assert.equal(await a.code("match.ready", { match_id, response: "decline" }), "INVALID_STATE");
  const typed = (data.code_sequence ?? "").slice(0, 40);
  assert.equal(await a.code("game.progress", { match_id, from: 0, typed }), "TYPING_TOO_FAST");
  assert.equal(await a.code("game.progress", { match_id, from: 5, typed: "x" }), "STALE_OFFSET");
  assert.equal(await a.code("game.progress", { match_id, from: 0, typed: typed.slice(0, 5) }), "ok");
  assert.equal((await a.next("game.result")).data.winner, a.id);
});

test("[B16] who floods is limited by name, then sent away; others notice nothing", async () => {
  const [flooder, bystander] = [await rig.player(), await rig.player()];
  for (let sent = 0; sent < 60; sent += 1) flooder.client.socket.send(frame("queue.leave"));
  const limited = await flooder.next("error", flooder.seen);
  assert.ok(isErrorCode(limited.data.code));
  const codes = () => flooder.frames.filter((text) => text.includes("RATE_LIMITED")).length;
  await flooder.client.reply("bad");
  for (let sent = 0; sent < 2_000; sent += 1) flooder.client.socket.send(frame("queue.leave"));
  assert.equal(await flooder.client.closed(), 4429);
  assert.ok(codes() > 0);
  assert.equal(await bystander.code("queue.leave", {}), "NOT_IN_QUEUE");
});

test("[B17] ten thousand random and mutated frames leave a server that plays on", async () => {
  const unhandled: unknown[] = [];
  const note = (error: unknown) => unhandled.push(error);
  process.on("unhandledRejection", note);
  const valid = [
    frame("queue.enter", quick),
    frame("queue.leave"),
    frame("match.ready", { match_id: "match_1", response: "accept" }),
    frame("game.progress", { match_id: "match_1", from: 0, typed: "abc" }),
    frame("auth", { token: "a.b.c", client: "c" }),
    frame("pong"),
  ];
  const mutated = fc
    .tuple(fc.constantFrom(...valid), fc.nat(), fc.string({ unit: "binary", maxLength: 6 }), fc.nat(8))
    .map(([text, at, piece, cut]) => {
      const place = at % text.length;
      return text.slice(0, place) + piece + text.slice(place + cut);
    });
  const anything = fc.oneof(
    { weight: 3, arbitrary: mutated },
    { weight: 1, arbitrary: fc.json() },
    { weight: 1, arbitrary: fc.string({ unit: "binary" }) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 64 }).map((bytes) => Buffer.from(bytes)) },
  );
  const frames = fc.sample(anything, { numRuns: 10_000, seed: 7 });
  const perSocket = 20;
  for (let from = 0; from < frames.length; from += perSocket) {
    const { token, id } = await known();
    const player = await rig.socket();
    if (from % 3 !== 0) await player.signIn({ token, id });
    for (const text of frames.slice(from, from + perSocket)) player.client.socket.send(text);
    await answered(player);
    player.terminate();
  }
  process.off("unhandledRejection", note);
  assert.deepEqual(unhandled, []);
  const [a, b, match_id] = await rig.playing({ game_type: "code_duel", stake_tier: "bronze" });
  await a.ask("match.abandon", { match_id });
  assert.equal((await b.next("game.result")).data.winner, b.id);
});

const guests: { token: string; id: string }[] = [];

/** One of twenty guests: more would be told to come back later. */
async function known(): Promise<{ token: string; id: string }> {
  if (guests.length < 20) guests.push(await rig.guest());
  const index = Math.floor(guests.length * 0.999 * ((guests.length * 0.618) % 1));
  return guests[index] as { token: string; id: string };
}

/** The server has read everything sent so far, or closed the connection. */
async function answered(player: Player): Promise<void> {
  const socket = player.client.socket;
  if (socket.readyState !== socket.OPEN) return;
  await new Promise<void>((resume) => {
    socket.once("pong", () => resume());
    socket.once("close", () => resume());
    socket.ping();
  });
}
