import assert from "node:assert/strict";
import { test } from "node:test";
import { type Command, type Match, type MatchPlayer, nothingTyped, type Typed } from "@matchforge/core";
import { InProcessRelay } from "@matchforge/stores";
import { ManualClock, type Outcome } from "matchforge";
import { TypingPlay } from "../../src/websocket/typing/typing-play.ts";

const text = "nmap -sS 10.0.4.17";

function playing({ typed = nothingTyped, checkpointAt = 0, shardTime = 0 } = {}) {
  const clock = new ManualClock(shardTime);
  const submitted: { command: Command; settle: (outcome: Outcome) => void }[] = [];
  const phase = {
    state: "ACTIVE",
    deadline: 60_000,
    startedAt: 0,
    endsAt: 60_000,
    counting: false,
    text,
    salt: "",
  };
  const own = { id: "player_a", typed, checkpointAt } as unknown as MatchPlayer;
  const play = new TypingPlay({
    match: { id: "match_1", phase } as unknown as Match,
    own,
    epoch: 7,
    clock,
    relay: new InProcessRelay({ onError: (error) => assert.fail(String(error)) }),
    shardTime: () => clock.now(),
    submit: (command) => new Promise((settle) => submitted.push({ command, settle })),
  });
  const carriedOut = { ok: true, position: 1, events: [] } as const;
  return { clock, play, submitted, carriedOut };
}

const afterwards = () => new Promise<void>((resolve) => setImmediate(resolve));

test("[Q1] keys are acknowledged only as far as the log has them", async () => {
  const { play, submitted, carriedOut } = playing();
  const first = play.type({ from: 0, keys: "nmap" });
  const second = await play.type({ from: 4, keys: " -" });
  assert.deepEqual(second, { ok: true, upto: 0, complete: false });
  submitted[0].settle(carriedOut);
  assert.deepEqual(await first, { ok: true, upto: 4, complete: false });
});

test("[Q1] what the log refuses is not acknowledged, and is handed on again", async () => {
  const { clock, play, submitted, carriedOut } = playing();
  const first = play.type({ from: 0, keys: "nmap" });
  const refused = { type: "refused", code: "TYPING_TOO_FAST", command: "match.checkpoint" } as const;
  submitted[0].settle({ ok: true, position: 1, events: [refused] });
  assert.deepEqual(await first, { ok: true, upto: 0, complete: false });
  clock.advanceTo(1_000);
  submitted[1].settle(carriedOut);
  await afterwards();
  assert.deepEqual(await play.type({ from: 0, keys: "nmap" }), { ok: true, upto: 4, complete: false });
});

test("[Q11] checkpoints are a second apart, and a completed text does not wait for its turn", async () => {
  const { clock, play, submitted, carriedOut } = playing();
  void play.type({ from: 0, keys: text.slice(0, 4) });
  submitted[0].settle(carriedOut);
  await afterwards();
  void play.type({ from: 4, keys: text.slice(4, 8) });
  clock.advanceTo(999);
  assert.equal(submitted.length, 1);
  clock.advanceTo(1_000);
  assert.equal(submitted.length, 2);
  void play.type({ from: 8, keys: text.slice(8) });
  submitted[1].settle(carriedOut);
  await afterwards();
  clock.advanceTo(1_000);
  assert.deepEqual(
    submitted.map(({ command }) => command.type),
    ["match.checkpoint", "match.checkpoint", "match.finish"],
  );
});

test("[Q12] when time is up the last figures follow whatever was under way, and keys count no longer", async () => {
  const { play, submitted, carriedOut } = playing();
  void play.type({ from: 0, keys: "nm" });
  void play.type({ from: 2, keys: "ap" });
  const counted = play.count();
  assert.deepEqual(await play.type({ from: 4, keys: " " }), { ok: false, code: "INVALID_STATE" });
  submitted[0].settle(carriedOut);
  await afterwards();
  submitted[1].settle(carriedOut);
  await counted;
  const last = submitted[1].command as Extract<Command, { type: "match.checkpoint" }>;
  assert.equal(last.final, true);
  assert.equal(last.typed.keys, 4);
});

const halfTyped: Typed = { position: 4, wrong: 0, keys: 4, backspaces: 0, errors: 0 };

test("[Q2] a run that goes on is judged by the shard time since its checkpoint", async () => {
  const rested = playing({ typed: halfTyped, checkpointAt: 1_000, shardTime: 4_000 });
  void rested.play.type({ from: 4, keys: " -sS" });
  assert.equal(rested.submitted.length, 1);
  const hasty = playing({ typed: halfTyped, checkpointAt: 3_900, shardTime: 4_000 });
  const outcome = await hasty.play.type({ from: 4, keys: " -sS" });
  assert.deepEqual(outcome, { ok: false, code: "TYPING_TOO_FAST", retryAfterMs: 900 });
});
