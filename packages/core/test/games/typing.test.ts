import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { checkpointProblem } from "../../src/games/typing/standing.ts";
import {
  commitText,
  composeSequence,
  isComplete,
  nothingTyped,
  rankStandings,
  sha256Hex,
  statsOf,
  type Typed,
  TypingRun,
  typeKeys,
  typingLimits,
} from "../../src/index.ts";

const text = "ls -la /tmp";
const key = fc.constantFrom(..."ls -a/tmpx\b\b");
const keys = fc.array(key, { maxLength: 60 }).map((list) => list.join(""));

/** What the buffer of a text field would hold. */
function bufferOf(typed: string): string {
  let buffer = "";
  for (const pressed of typed) buffer = pressed === "\b" ? buffer.slice(0, -1) : buffer + pressed;
  return buffer;
}

function slowRun(goingOn?: Typed): TypingRun {
  return new TypingRun({ text, at: 0, ...(goingOn !== undefined && { typed: goingOn }) });
}

test("[G1] a run in any pieces, with anything sent again, comes to the same", () => {
  fc.assert(
    fc.property(keys, fc.array(fc.tuple(fc.nat(60), fc.nat(20))), (typed, pieces) => {
      const run = slowRun();
      let at = 0;
      const offer = (from: number, to: number) => {
        at += 10_000;
        if (from > run.typed.keys || run.complete) return;
        run.type({ from, keys: typed.slice(from, to), at });
      };
      for (const [from, length] of pieces) offer(Math.min(from, run.typed.keys), from + length);
      while (run.typed.keys < typed.length && !run.complete) offer(run.typed.keys, run.typed.keys + 7);
      if (!run.complete) assert.deepEqual(run.typed, typeKeys(nothingTyped, { text, keys: typed }));
    }),
  );
});

test("[G2] [G3] position and wrong describe the buffer of a text field", () => {
  fc.assert(
    fc.property(keys, (typed) => {
      const { position, wrong, keys: count, backspaces } = typeKeys(nothingTyped, { text, keys: typed });
      const buffer = bufferOf(typed);
      let prefix = 0;
      while (prefix < buffer.length && buffer[prefix] === text[prefix]) prefix += 1;
      assert.equal(position, prefix);
      assert.equal(wrong, buffer.length - prefix);
      assert.equal(count, typed.length);
      assert.equal(backspaces, [...typed].filter((pressed) => pressed === "\b").length);
    }),
  );
});

test("[G4] keys after a gap are refused", () => {
  const run = slowRun();
  assert.deepEqual(run.type({ from: 1, keys: "s", at: 0 }), { ok: false, code: "STALE_OFFSET" });
  assert.deepEqual(run.typed, nothingTyped);
});

test("[G5] the twenty-sixth key within a second is refused until the first is a second old", () => {
  const run = new TypingRun({ text: "a".repeat(100), at: 0 });
  for (let index = 0; index < typingLimits.keysPerSecondMax; index += 1) {
    assert.equal(run.type({ from: index, keys: "a", at: 100 + index }).ok, true);
  }
  assert.deepEqual(run.type({ from: 25, keys: "a", at: 600 }), {
    ok: false,
    code: "TYPING_TOO_FAST",
    retryAfterMs: 500,
  });
  assert.equal(run.typed.keys, 25);
  assert.equal(run.type({ from: 25, keys: "a", at: 1_100 }).ok, true);
});

test("[G5] a paste is refused whole", () => {
  const run = new TypingRun({ text: "a".repeat(100), at: 0 });
  const outcome = run.type({ from: 0, keys: "a".repeat(26), at: 60_000 });
  assert.equal(outcome.ok, false);
  assert.deepEqual(run.typed, nothingTyped);
});

test("[G6] a run that goes on has its figures, and counts as having just been typed in", () => {
  const typed = typeKeys(nothingTyped, { text, keys: "ls -x" });
  const run = new TypingRun({ text, typed, at: 1_000 });
  assert.deepEqual(run.typed, typed);
  assert.equal(run.type({ from: 5, keys: "\b", at: 1_999 }).ok, false);
  assert.equal(run.type({ from: 5, keys: "\b", at: 2_000 }).ok, true);
  assert.equal(run.typed.position, 4);
});

test("[G7] a text is complete when the buffer equals it, and takes no more keys", () => {
  const run = slowRun();
  const outcome = run.type({ from: 0, keys: text, at: 10_000 });
  assert.deepEqual(outcome, { ok: true, upto: text.length, complete: true });
  assert.equal(isComplete(run.typed, text), true);
  assert.deepEqual(run.type({ from: text.length, keys: "x", at: 90_000 }), {
    ok: false,
    code: "INVALID_STATE",
  });
  assert.equal(run.type({ from: 0, keys: text, at: 90_000 }).ok, true);
  assert.equal(isComplete({ ...run.typed, wrong: 1 }, text), false);
});

function standing(team: number, typed: Partial<Typed>, finishedAt: number | null = null) {
  return { team, typed: { ...nothingTyped, ...typed }, finishedAt };
}

test("[G8] a finish is ahead of progress, progress of accuracy, and equals tie", () => {
  assert.deepEqual(
    rankStandings([standing(0, { position: 9 }), standing(1, { position: 3 }, 5_000)]),
    [2, 1],
  );
  assert.deepEqual(rankStandings([standing(0, { position: 4 }), standing(1, { position: 3 })]), [1, 2]);
  const sloppy = { position: 4, keys: 8, errors: 4 };
  assert.deepEqual(rankStandings([standing(0, sloppy), standing(1, { position: 4, keys: 4 })]), [2, 1]);
  assert.deepEqual(rankStandings([standing(0, sloppy), standing(1, sloppy)]), [1, 1]);
  assert.deepEqual(rankStandings([standing(0, {}), standing(1, {})]), [1, 1]);
});

test("[G8] swapping the players swaps the ranks", () => {
  const typed = fc.record({ position: fc.nat(9), keys: fc.integer({ min: 9, max: 20 }), errors: fc.nat(9) });
  fc.assert(
    fc.property(typed, typed, (left, right) => {
      const [own, other] = rankStandings([standing(0, left), standing(1, right)]);
      assert.deepEqual(rankStandings([standing(0, right), standing(1, left)]), [other, own]);
    }),
  );
});

test("[G8] figures follow their formulas", () => {
  const typed = { position: 50, wrong: 0, keys: 64, backspaces: 4, errors: 6 };
  assert.deepEqual(statsOf(typed, { length: 100, timeMs: 30_000 }), {
    progress: 0.5,
    wpm: 20,
    accuracy: 0.9,
    timeMs: 30_000,
  });
  assert.equal(statsOf(nothingTyped, { length: 0, timeMs: 0 }).accuracy, 0);
});

test("[G9] whatever a run can come to is believed, if it took its time", () => {
  fc.assert(
    fc.property(keys, keys, (before, after) => {
      const own = typeKeys(nothingTyped, { text, keys: before });
      const next = typeKeys(own, { text, keys: after });
      assert.equal(checkpointProblem(own, next, { length: text.length, elapsedMs: 60_000 }), undefined);
    }),
  );
});

test("[G9] what no keys lead to is refused", () => {
  const own: Typed = { position: 3, wrong: 0, keys: 5, backspaces: 1, errors: 1 };
  const impossible: Partial<Typed>[] = [
    { position: 4 },
    { keys: 4 },
    { keys: 6, position: 5 },
    { keys: 5, errors: 2 },
    { position: 12, keys: 40 },
    { keys: 6.5 },
    { wrong: -1 },
    { backspaces: Number.NaN },
  ];
  for (const change of impossible) {
    const verdict = checkpointProblem(own, { ...own, ...change }, { length: text.length, elapsedMs: 60_000 });
    assert.equal(verdict, "INVALID_STATE", JSON.stringify(change));
  }
});

test("[G10] a composed text is printable, bounded, and the same for the same seed", () => {
  const lengths = new Map<string, number>();
  for (const tier of ["bronze", "silver", "gold", "diamond"]) {
    let total = 0;
    for (let seed = 0; seed < 200; seed += 1) {
      const composed = composeSequence({ seed: sha256Hex(`seed ${seed}`), tier });
      assert.match(composed, /^[ -~]{10,2000}$/);
      assert.equal(composed, composeSequence({ seed: sha256Hex(`seed ${seed}`), tier }));
      total += composed.length;
    }
    lengths.set(tier, total);
  }
  const means = [...lengths.values()];
  assert.deepEqual(
    means,
    [...means].sort((a, b) => a - b),
  );
});

test("[G10] different seeds give different texts", () => {
  const texts = new Set(
    Array.from({ length: 500 }, (_, seed) => composeSequence({ seed: sha256Hex(`${seed}`), tier: "gold" })),
  );
  assert.ok(texts.size > 495, `${texts.size} of 500`);
});

test("[G11] a commitment is the hash of salt and text", () => {
  assert.equal(commitText({ salt: "ab", text: "cd" }), sha256Hex("abcd"));
});
