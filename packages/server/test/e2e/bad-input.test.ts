import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { badFrames, frameOf, malformed } from "./bad-frames.ts";
import { deedsBetween, loggedEntries } from "./logged-entries.ts";
import type { Player } from "./player.ts";
import { ServerRig } from "./server-rig.ts";

let rig: ServerRig;
before(async () => {
  rig = await ServerRig.start();
});
after(() => rig.stop());

/** Does something after which nobody's state is another: the log has nothing that any player did. */
async function changesNothing(attempt: () => Promise<void>): Promise<void> {
  const before = await rig.position();
  await attempt();
  const after = await rig.position();
  assert.deepEqual(deedsBetween(await loggedEntries(rig.deployment), { after: before, upTo: after }), []);
}

async function assertCodes(player: Player, frames: readonly (readonly [string, string | Buffer, string])[]) {
  for (const [what, frame, code] of frames) {
    const refusal = await player.patiently(frame);
    assert.equal(refusal.code, code, what);
    assert.notEqual(refusal.message, "", what);
  }
}

test("[B13] each kind of bad frame has its own code, changes nothing, and the connection lives on", async () => {
  const player = await rig.player();
  await changesNothing(() => assertCodes(player, badFrames));
  assert.equal(await player.patientCode("queue.enter", { game_type: "slow" }), "ok");
  await changesNothing(() => assertCodes(player, malformed));
  assert.equal(await player.patientCode("queue.leave", {}), "ok");
});

test("[B13] a refusal carries the id of what it refuses, where that can be read", async () => {
  const player = await rig.player();
  assert.equal((await player.raw(frameOf("queue.steal"))).id, "bad");
  assert.equal((await player.raw(frameOf("queue.leave", { all: true }))).id, "bad");
  assert.equal((await player.raw("{")).id, "");
});

test("[B13] a message of exactly 16 KiB is read, one of a byte more is not, and one of 64 KiB ends the connection", async () => {
  const credentials = await rig.guest();
  const player = await rig.player(credentials);
  const leave = frameOf("queue.leave");
  assert.equal((await player.raw(leave.padEnd(16_384))).code, "NOT_IN_QUEUE");
  assert.equal((await player.raw(leave.padEnd(16_385))).code, "PAYLOAD_TOO_LARGE");
  const euros = frameOf("queue.enter", { game_type: "€".repeat(5_500) });
  assert.ok(euros.length < 16_384);
  assert.equal((await player.raw(euros)).code, "PAYLOAD_TOO_LARGE");
  player.client.socket.send(leave.padEnd(70_000));
  assert.equal(await player.client.closed(), 1009);
  assert.equal(await (await rig.player(credentials)).code("queue.leave", {}), "NOT_IN_QUEUE");
});

test("[B14] before signing in nothing is done", async () => {
  const socket = await rig.socket();
  await changesNothing(async () => {
    const refused = ["queue.enter", "queue.leave", "match.ready", "match.abandon", "game.progress", "pong"];
    const data = [{ game_type: "slow" }, {}, { match_id: "match_1", response: "accept" }];
    const further = [{ match_id: "match_1" }, { match_id: "match_1", from: 0, typed: "a" }, {}];
    for (const [index, type] of refused.entries()) {
      const { code } = await socket.raw(frameOf(type, [...data, ...further][index]));
      assert.equal(code, "NOT_AUTHENTICATED", type);
    }
    assert.equal((await socket.raw("{")).code, "MALFORMED_JSON");
  });
  assert.ok(socket.client.socket.readyState === socket.client.socket.OPEN);
});

test("[B14] a wrong token signs nobody in, a token nobody else", async () => {
  const { token, id } = await rig.guest();
  const [header, claims, signature = ""] = token.split(".");
  const forged = `${header}.${claims}.${signature.startsWith("A") ? "B" : "A"}${signature.slice(1)}`;
  const none = `${Buffer.from('{"alg":"none"}').toString("base64url")}.${claims}.`;
  await changesNothing(async () => {
    for (const wrong of ["nonsense", forged, none]) {
      const socket = await rig.socket();
      assert.equal(await socket.code("auth", { token: wrong, client: "c" }), "INVALID_TOKEN");
    }
    const other = await rig.socket();
    assert.equal(await other.code("auth", { token, client: "c", address: "0xabc" }), "IDENTITY_MISMATCH");
  });
  const late = await rig.socket();
  assert.equal(await late.code("auth", { token: "nonsense", client: "c" }), "INVALID_TOKEN");
  assert.equal((await late.signIn({ token, id })).player_id, id);
});

/** What a player may not say of a match, and why not. */
function misfits(match_id: string, code: string) {
  return [
    ["accepting", frameOf("match.ready", { match_id, response: "accept" }), code],
    ["declining", frameOf("match.ready", { match_id, response: "decline" }), code],
    ["abandoning", frameOf("match.abandon", { match_id }), code],
    ["loading", frameOf("match.loaded", { match_id }), code],
    ["typing", frameOf("game.progress", { match_id, from: 0, typed: "x" }), code],
  ] as const;
}

const queueing = [
  ["queueing again", frameOf("queue.enter", { game_type: "slow" }), "ALREADY_IN_QUEUE"],
  ["leaving the queue", frameOf("queue.leave"), "INVALID_STATE"],
] as const;
const abandoning = 2;

test("[B15] a message out of its time is refused in every state of a match, and so is every stranger's", async () => {
  const [a, b, match_id] = await rig.found({ game_type: "slow" });
  const stranger = await rig.player();
  const own = misfits(match_id, "INVALID_STATE");
  const foreign = misfits(match_id, "PLAYER_NOT_IN_MATCH");
  await changesNothing(async () => {
    await assertCodes(a, [...own.slice(abandoning + 1), ...queueing]);
    await assertCodes(stranger, foreign);
  });
  for (const player of [a, b]) await player.accept(match_id);
  await a.next("match.countdown");
  await changesNothing(async () => {
    await assertCodes(a, [...own.slice(0, abandoning), ...own.slice(abandoning + 1), ...queueing]);
    await assertCodes(stranger, foreign);
  });
  await a.next("game.started");
  await changesNothing(async () => {
    await assertCodes(a, [...own.slice(0, abandoning), ...queueing]);
    await assertCodes(stranger, foreign);
  });
  await b.ask("match.abandon", { match_id });
  await a.next("match.settled");
  await changesNothing(async () => {
    for (const player of [a, b, stranger]) await assertCodes(player, misfits(match_id, "MATCH_NOT_FOUND"));
  });
});

test("[B15] keys no human types, or that follow no others, are refused and do not count", async () => {
  const [a, b, match_id, text] = await rig.playing({ game_type: "slow" });
  const progress = (from: number, typed: string) => frameOf("game.progress", { match_id, from, typed });
  await changesNothing(async () => {
    const tooFast = await a.raw(progress(0, text.slice(0, 26)));
    assert.equal(tooFast.code, "TYPING_TOO_FAST");
    assert.equal(tooFast.retry_after_ms, 1_000);
    await assertCodes(a, [["a gap", progress(5, "x"), "STALE_OFFSET"]]);
  });
  assert.equal(await a.code("game.progress", { match_id, from: 0, typed: text.slice(0, 25) }), "ok");
  await changesNothing(() =>
    assertCodes(a, [["one more", progress(25, text.slice(25, 26)), "TYPING_TOO_FAST"]]),
  );
  await b.ask("match.abandon", { match_id });
  assert.equal((await a.next("game.result")).data.your_stats.progress, 25 / text.length);
});

test("[B16] who floods is limited by name, then sent away; others notice nothing", async () => {
  const [flooder, bystander] = [await rig.player(), await rig.player()];
  const before = await rig.position();
  const flood = (count: number) => {
    for (let sent = 0; sent < count; sent += 1) flooder.client.socket.send(frameOf("queue.leave"));
  };
  flood(60);
  await flooder.ask("queue.leave", {});
  const codes = flooder.client.messages.flatMap((message) => {
    return message.type === "error" ? [[message.data.code, (message.data.retry_after_ms ?? 0) > 0]] : [];
  });
  // Signing in was a message, too.
  assert.deepEqual(codes.slice(0, 19), Array(19).fill(["NOT_IN_QUEUE", false]));
  const limited = codes.slice(codes.findIndex(([code]) => code === "RATE_LIMITED"));
  assert.ok(limited.length > 20);
  assert.ok(limited.every(([code, hasTime]) => hasTime === (code === "RATE_LIMITED")));
  flood(2_000);
  assert.equal(await bystander.code("queue.leave", {}), "NOT_IN_QUEUE");
  assert.equal(await flooder.client.closed(), 4429);
  assert.equal(await bystander.code("queue.leave", {}), "NOT_IN_QUEUE");
  const between = { after: before, upTo: await rig.position() };
  const done = deedsBetween(await loggedEntries(rig.deployment), between);
  assert.deepEqual(
    done.filter((type) => type !== "player.disconnected"),
    [],
  );
});
