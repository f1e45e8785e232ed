import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { type ClientMessage, type ErrorCode, type ServerMessages, wireLimits } from "@matchforge/protocol";
import fc from "fast-check";
import { TypingSession } from "../src/index.ts";
import { ClientRig } from "./client-rig.ts";

const match_id = "match_1";

let rig: ClientRig;
afterEach(() => rig.stop());

function activeSync(upto: number): ServerMessages["session.sync"] {
  return {
    player_id: "player_ada",
    state: "in_match",
    ticket: null,
    match: {
      match_id,
      mode: "duel",
      state: "ACTIVE",
      opponent: null,
      region: null,
      map: null,
      wager: "0",
      deadline: 1,
      remaining_ms: 1_000,
      upto,
      position: upto,
      opponent_progress: null,
    },
    round: null,
    party: null,
    invitations: [],
    balance: "0",
    last_event: null,
  };
}

/** A server's side of one run: what it has, and what of that is safe. */
class Run {
  received = "";
  durable = 0;
  readonly messages: string[] = [];

  take(message: ClientMessage, { isDurable = true } = {}): void {
    assert.ok(message.type === "game.progress");
    const { from, typed } = message.data;
    assert.ok(from <= this.received.length, `a gap before ${from}`);
    this.messages.push(typed);
    this.received = this.received.slice(0, from) + typed;
    if (isDurable) this.durable = this.received.length;
    rig.server.send("game.ack", { match_id, upto: this.durable }, message.id);
  }

  /** What was not safe is lost with the connection. */
  lose(): void {
    this.received = this.received.slice(0, this.durable);
    rig.server.sync = activeSync(this.durable);
  }
}

/** Lets time pass until everything that was pressed has arrived. */
async function arrives(run: Run, text: string): Promise<void> {
  while (run.received !== text) {
    assert.ok(text.startsWith(run.received), run.received);
    rig.timers.advance(100);
    await new Promise<void>((resume) => setImmediate(resume));
  }
}

test("[C6] keys that are typed together go out together, in order, few at a time", async () => {
  rig = await ClientRig.ready();
  const run = new Run();
  rig.server.answer = (message) => run.take(message);
  const typing = new TypingSession({ client: rig.client, matchId: match_id, timers: rig.timers });
  const text = "the quick brown fox jumps over the lazy dog";
  for (const key of text) typing.press(key);
  await arrives(run, text);
  assert.deepEqual(run.messages, [text.slice(0, 24), text.slice(24)]);
  assert.equal(typing.offset, text.length);
});

test("[C6] keys typed while the connection is away go out as soon as it is back, however long it was", async () => {
  rig = await ClientRig.ready({ backoff: { firstMs: 20_000, maxMs: 20_000 } });
  const run = new Run();
  rig.server.answer = (message) => run.take(message, { isDurable: false });
  const typing = new TypingSession({ client: rig.client, matchId: match_id, timers: rig.timers });
  typing.press("abc");
  await arrives(run, "abc");
  run.lose();
  const pauseMs = await rig.cut();
  typing.press("def");
  for (let passed = 0; passed < 5_000; passed += 100) {
    rig.timers.advance(100);
    await new Promise<void>((resume) => setImmediate(resume));
  }
  await rig.mend(pauseMs - 5_000);
  rig.timers.advance(100);
  await rig.server.got("game.progress", 2);
  assert.deepEqual(run.messages, ["abc", "abcdef"]);
});

test("[C6] a run that goes on in a new page begins where the server has it", async () => {
  rig = await ClientRig.start();
  rig.server.sync = activeSync(7);
  const run = new Run();
  run.received = "old run";
  rig.server.answer = (message) => run.take(message);
  const before = new TypingSession({ client: rig.client, matchId: match_id, timers: rig.timers });
  await rig.client.connect();
  assert.equal(before.offset, 7);
  before.end();
  const typing = new TypingSession({ client: rig.client, matchId: match_id, timers: rig.timers, from: 7 });
  typing.press("!");
  await arrives(run, "old run!");
});

test("[C14] what no message can carry is no key", async () => {
  rig = await ClientRig.ready();
  const run = new Run();
  rig.server.answer = (message) => run.take(message);
  const typing = new TypingSession({ client: rig.client, matchId: match_id, timers: rig.timers });
  typing.press("é\na\u{1f600}\b\u0000b\u007f");
  await arrives(run, "a\bb");
});

test("[C15] keys that came too fast are sent again when the server asks for them", async () => {
  rig = await ClientRig.ready();
  const { server, client, timers } = rig;
  const run = new Run();
  const refusal = { code: "TYPING_TOO_FAST", message: "Slower.", retry_after_ms: 900 } as const;
  server.answer = ({ id }) => server.send("error", refusal, id);
  const typing = new TypingSession({ client, matchId: match_id, timers });
  typing.press("abc");
  timers.advance(60);
  await server.got("game.progress");
  server.answer = (message) => run.take(message);
  const asked = timers.asked.length;
  while (timers.asked.length === asked) await new Promise<void>((resume) => setImmediate(resume));
  assert.equal(timers.asked.at(-1), 900);
  timers.advance(900);
  assert.deepEqual(run.messages, []);
  await arrives(run, "abc");
});

const endings: readonly ErrorCode[] = [
  "INVALID_STATE",
  "MATCH_NOT_FOUND",
  "PLAYER_NOT_IN_MATCH",
  "GRACE_PERIOD_EXPIRED",
];
for (const code of endings) {
  test(`[C15] after ${code} nothing more is sent`, async () => {
    rig = await ClientRig.ready();
    const { server, client, timers } = rig;
    server.answer = ({ id }) => server.send("error", { code, message: "Over." }, id);
    const typing = new TypingSession({ client, matchId: match_id, timers });
    typing.press("abc");
    timers.advance(60);
    await server.got("game.progress");
    server.answer = ({ id }) => server.send("ok", {}, id);
    await client.request("queue.leave", {});
    typing.press("def");
    timers.advance(20_000);
    await client.request("queue.leave", {});
    assert.equal(server.received.filter(({ type }) => type === "game.progress").length, 1);
  });
}

test("[C15] a client that is closed leaves nothing waiting", async () => {
  rig = await ClientRig.ready();
  const typing = new TypingSession({ client: rig.client, matchId: match_id, timers: rig.timers });
  typing.press("abc");
  rig.timers.advance(60);
  await rig.server.got("game.progress");
  rig.client.close();
  for (let round = 0; round < 3; round += 1) {
    rig.timers.advance(1_000);
    await new Promise<void>((resume) => setImmediate(resume));
  }
  assert.equal(rig.timers.pending, 0);
});

test("[C6] whatever is lost on the way, every key arrives once and in order", async () => {
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.string({ minLength: 1, maxLength: 30 }) },
    { weight: 1, arbitrary: fc.constantFrom("cut", "unsafe", "safe", "wait") },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(step, fc.boolean()), { maxLength: 12 }), async (steps) => {
      rig = await ClientRig.ready();
      const run = new Run();
      let isDurable = true;
      rig.server.answer = (message) => run.take(message, { isDurable });
      rig.server.sync = activeSync(0);
      const typing = new TypingSession({ client: rig.client, matchId: match_id, timers: rig.timers });
      let text = "";
      for (const [what, passes] of steps) {
        if (what === "cut") {
          const pauseMs = await rig.cut();
          run.lose();
          await rig.mend(pauseMs);
        } else if (what === "safe" || what === "unsafe") isDurable = what === "safe";
        else if (what !== "wait") {
          typing.press(what);
          text += what;
        }
        if (passes) rig.timers.advance(100);
      }
      await arrives(run, text);
      assert.ok(run.messages.every((typed) => typed.length <= wireLimits.keysPerMessageMax));
      await rig.stop();
    }),
    { numRuns: 40 },
  );
  rig = await ClientRig.start();
});
