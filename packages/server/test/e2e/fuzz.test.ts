import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { isErrorCode } from "@matchforge/protocol";
import fc from "fast-check";
import { frameOf } from "./bad-frames.ts";
import { ServerRig } from "./server-rig.ts";

let rig: ServerRig;
before(async () => {
  rig = await ServerRig.start();
});
after(() => rig.stop());

const slow = { game_type: "slow" };
const frameCount = 10_000;
/** Below what the rate allows at once, so that every frame is read and not merely turned away. */
const framesPerSocket = 20;
const socketsAtOnce = 8;

/** Frames that could be meant: what is done to them below makes them wrong, or not. */
function meantFrames(match_id: string): string[] {
  return [
    frameOf("queue.enter", slow),
    frameOf("queue.enter", {
      game_type: "code_duel",
      stake_tier: "bronze",
      preferences: { expand_search: true },
    }),
    frameOf("queue.leave"),
    frameOf("match.ready", { match_id, response: "accept" }),
    frameOf("match.ready", { match_id, response: "decline" }),
    frameOf("match.abandon", { match_id }),
    frameOf("match.loaded", { match_id, progress: 1 }),
    frameOf("game.progress", { match_id, from: 0, typed: "abc", progress: 0.5 }),
    frameOf("auth", { token: "a.b.c", client: "c" }),
    frameOf("pong", { last_event: "event_1" }),
  ];
}

/** Texts and bytes of no meaning, JSON of no meaning, and frames with a piece cut out and another put in. */
function anyFrame(match_id: string): fc.Arbitrary<string | Buffer> {
  const meant = fc.constantFrom(...meantFrames(match_id));
  const piece = fc.oneof(
    fc.string({ unit: "binary", maxLength: 6 }),
    fc.constantFrom('"', "{", "}", "[", "null", "-1", "1e999", "\\u0000", '"__proto__":{},'),
  );
  const mutated = fc.tuple(meant, fc.nat(), piece, fc.nat(8)).map(([text, at, put, cut]) => {
    const place = at % text.length;
    return text.slice(0, place) + put + text.slice(place + cut);
  });
  const otherData = fc
    .tuple(meant, fc.jsonValue({ maxDepth: 4 }))
    .map(([text, data]) => JSON.stringify({ ...(JSON.parse(text) as object), data }));
  return fc.oneof(
    { weight: 1, arbitrary: meant },
    { weight: 4, arbitrary: mutated },
    { weight: 2, arbitrary: otherData },
    { weight: 1, arbitrary: fc.json() },
    { weight: 1, arbitrary: fc.string({ unit: "binary" }) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 64 }).map((bytes) => Buffer.from(bytes)) },
  );
}

test("[B17] ten thousand random and mutated frames leave a server that plays on", async () => {
  const unhandled: unknown[] = [];
  const note = (error: unknown) => unhandled.push(error);
  process.on("unhandledRejection", note);
  const [a, b, match_id, text] = await rig.playing(slow);
  const frames = fc.sample(anyFrame(match_id), { numRuns: frameCount, seed: 7 });
  const guests = await Promise.all(Array.from({ length: socketsAtOnce }, () => rig.guest()));
  const codes = new Set<string>();
  const perRound = framesPerSocket * socketsAtOnce;
  for (let from = 0; from < frames.length; from += perRound) {
    await Promise.all(
      guests.map(async (known, index) => {
        const start = from + index * framesPerSocket;
        const player = await rig.socket();
        // Every third has not said who it is.
        if ((start / framesPerSocket) % 3 !== 0) await player.signIn(known);
        for (const frame of frames.slice(start, start + framesPerSocket)) player.client.socket.send(frame);
        await player.client.heard();
        for (const message of player.client.messages)
          if (message.type === "error") codes.add(message.data.code);
        player.terminate();
      }),
    );
  }
  // The duel of two players whom nobody attacked but by its id goes on, and is won.
  await a.type(match_id, text);
  assert.equal((await b.next("game.result")).data.winner, a.id);
  process.off("unhandledRejection", note);
  assert.deepEqual(unhandled, []);
  assert.ok(codes.size >= 12, `the frames met only ${[...codes].join(", ")}`);
  for (const code of codes) assert.ok(isErrorCode(code) && code !== "INTERNAL_ERROR", code);
  const [c, d] = await rig.playing({ game_type: "code_duel", stake_tier: "bronze" });
  await c.ask("match.abandon", { match_id: (await c.next("match.found")).data.match_id });
  assert.equal((await d.next("game.result")).data.winner, d.id);
});
