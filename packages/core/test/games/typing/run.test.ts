import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { TypingRun } from "../../../src/games/typing/run.ts";
import { nothingTyped, typeKeys } from "../../../src/games/typing/typed.ts";
import { typingLimits } from "../../../src/games/typing/typing-limits.ts";
import { textAndKeys } from "./arbitraries.ts";

const text = "ls -la /tmp";
const { keysPerSecondMax, windowMs, wrongMax } = typingLimits;
/** Long enough apart that nothing is too fast. */
const restMs = 10_000;

const pieces = fc.array(fc.record({ back: fc.nat(40), length: fc.integer({ min: 0, max: 25 }) }));

test("[G1] a run in any pieces, with anything sent again, comes to what all its keys come to", () => {
  fc.assert(
    fc.property(textAndKeys, pieces, (sample, cuts) => {
      const run = new TypingRun({ text: sample.text, at: 0 });
      let at = 0;
      const offer = (from: number, length: number) => {
        at += restMs;
        const outcome = run.type({ from, keys: sample.keys.slice(from, from + length), at });
        assert.deepEqual(outcome, { ok: true, upto: run.typed.keys, complete: run.complete });
      };
      for (const { back, length } of cuts) offer(Math.max(0, run.typed.keys - back), length);
      while (run.typed.keys < sample.keys.length && !run.complete) offer(run.typed.keys, 7);
      assert.deepEqual(run.typed, typeKeys(nothingTyped, sample));
    }),
  );
});

test("[G1] what was taken stays, whatever is sent for the same offsets later", () => {
  const run = new TypingRun({ text, at: 0 });
  run.type({ from: 0, keys: "lx", at: 0 });
  assert.deepEqual(run.type({ from: 0, keys: "ls -", at: restMs }), { ok: true, upto: 4, complete: false });
  assert.deepEqual(run.typed, typeKeys(nothingTyped, { text, keys: "lx -" }));
});

test("[G1] the same message again gets the same answer, also across the end of the text", () => {
  const run = new TypingRun({ text: "ls", at: 0 });
  const message = { from: 0, keys: "lsx", at: 0 };
  const answer = { ok: true, upto: 2, complete: true };
  assert.deepEqual(run.type(message), answer);
  assert.deepEqual(run.type({ ...message, at: 1 }), answer);
});

test("[G4] keys after a gap are refused", () => {
  const run = new TypingRun({ text, at: 0 });
  assert.deepEqual(run.type({ from: 1, keys: "s", at: 0 }), { ok: false, code: "STALE_OFFSET" });
  assert.deepEqual(run.typed, nothingTyped);
  run.type({ from: 0, keys: "l", at: 0 });
  assert.deepEqual(run.type({ from: 2, keys: "", at: 0 }), { ok: false, code: "STALE_OFFSET" });
});

test("[G5] the twenty-sixth key within a second is refused until the first is a second old", () => {
  const run = new TypingRun({ text: "a".repeat(100), at: 0 });
  for (let index = 0; index < keysPerSecondMax; index += 1) {
    assert.equal(run.type({ from: index, keys: "a", at: 100 + index }).ok, true);
  }
  const refused = { ok: false, code: "TYPING_TOO_FAST", retryAfterMs: 500 };
  assert.deepEqual(run.type({ from: 25, keys: "a", at: 600 }), refused);
  assert.equal(run.typed.keys, 25);
  assert.equal(run.type({ from: 25, keys: "a", at: 1_099 }).ok, false);
  assert.equal(run.type({ from: 25, keys: "a", at: 1_100 }).ok, true);
});

test("[G5] a paste is refused whole, however late it comes", () => {
  const run = new TypingRun({ text: "a".repeat(100), at: 0 });
  const refused = { ok: false, code: "TYPING_TOO_FAST", retryAfterMs: windowMs };
  assert.deepEqual(run.type({ from: 0, keys: "a".repeat(26), at: 60_000 }), refused);
  assert.deepEqual(run.typed, nothingTyped);
});

test("[G5] keys sent again are not counted again, and neither are keys after the end", () => {
  const long = new TypingRun({ text: "a".repeat(100), at: 0 });
  long.type({ from: 0, keys: "a".repeat(20), at: 0 });
  assert.equal(long.type({ from: 0, keys: "a".repeat(25), at: 1 }).ok, true);
  const short = new TypingRun({ text: "ab", at: 0 });
  assert.equal(short.type({ from: 0, keys: `ab${"x".repeat(100)}`, at: 0 }).ok, true);
});

const arrivals = fc.array(fc.record({ afterMs: fc.nat(700), count: fc.integer({ min: 1, max: 30 }) }));

test("[G5] no second ever holds more keys than allowed, and what is refused would be too many", () => {
  fc.assert(
    fc.property(arrivals, (messages) => {
      const run = new TypingRun({ text: "a".repeat(1_000), at: 0 });
      const taken: number[] = [];
      let at = 0;
      for (const { afterMs, count } of messages) {
        at += afterMs;
        const within = taken.filter((then) => then > at - windowMs).length + count;
        const { ok } = run.type({ from: run.typed.keys, keys: "a".repeat(count), at });
        assert.equal(ok, within <= keysPerSecondMax, `${within} keys in the second before ${at}`);
        if (ok) taken.push(...Array<number>(count).fill(at));
      }
    }),
  );
});

test("[G5] who comes again when told is taken", () => {
  fc.assert(
    fc.property(arrivals, (messages) => {
      const run = new TypingRun({ text: "a".repeat(1_000), at: 0 });
      let at = 0;
      for (const { afterMs, count } of messages) {
        at += afterMs;
        const keys = { from: run.typed.keys, keys: "a".repeat(Math.min(count, keysPerSecondMax)) };
        const outcome = run.type({ ...keys, at });
        if (outcome.ok) continue;
        at += outcome.retryAfterMs ?? 0;
        assert.equal(run.type({ ...keys, at }).ok, true);
      }
    }),
  );
});

test("[G6] a run that goes on has its figures, and counts as having just been typed in", () => {
  const typed = typeKeys(nothingTyped, { text, keys: "ls -x" });
  const run = new TypingRun({ text, typed, at: 1_000 });
  assert.deepEqual(run.typed, typed);
  assert.equal(run.type({ from: 5, keys: "\b", at: 1_999 }).ok, false);
  assert.equal(run.type({ from: 3, keys: "-x\b", at: 2_000 }).ok, true);
  assert.equal(run.typed.position, 4);
});

test("[G7] a complete run passes over whatever comes, and stays complete", () => {
  const run = new TypingRun({ text, at: 0 });
  const answer = { ok: true, upto: text.length, complete: true };
  assert.deepEqual(run.type({ from: 0, keys: text, at: restMs }), answer);
  for (const [from, keys] of [
    [text.length, "x"],
    [0, text],
    [text.length - 1, "p\b\b\b"],
    [text.length + 5, "later"],
  ] as const) {
    assert.deepEqual(run.type({ from, keys, at: restMs }), answer);
    assert.equal(run.complete, true);
  }
});

test("[G12] a buffer with too many wrong characters is refused, and the run stays as it was", () => {
  const typed = { position: 0, wrong: wrongMax, keys: wrongMax, backspaces: 0, errors: wrongMax };
  const run = new TypingRun({ text, typed, at: 0 });
  const refused = { ok: false, code: "INVALID_STATE" };
  assert.deepEqual(run.type({ from: wrongMax, keys: "x", at: restMs }), refused);
  assert.deepEqual(run.typed, typed);
  assert.equal(run.type({ from: wrongMax, keys: "\b", at: restMs }).ok, true);
});
