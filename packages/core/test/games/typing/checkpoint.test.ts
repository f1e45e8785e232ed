import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { TypingRun } from "../../../src/games/typing/run.ts";
import { checkpointProblem } from "../../../src/games/typing/standing.ts";
import { nothingTyped, type Typed, typeKeys } from "../../../src/games/typing/typed.ts";
import { typingLimits } from "../../../src/games/typing/typing-limits.ts";

const unhurriedMs = 60_000;
const { keysPerSecondMax, windowMs } = typingLimits;

/** All figures that `count` keys lead to from `own`, by trying every key: right, wrong, backspace. */
function reachable(own: Typed, { length, count }: { length: number; count: number }): Set<string> {
  const text = "a".repeat(length);
  let layer = new Map([[JSON.stringify(own), own]]);
  for (let pressed = 0; pressed < count; pressed += 1) {
    const next = new Map<string, Typed>();
    for (const typed of layer.values()) {
      if (typed.position === length && typed.wrong === 0) continue;
      for (const key of ["a", "x", "\b"]) {
        const after = typeKeys(typed, { text, keys: key });
        next.set(JSON.stringify(after), after);
      }
    }
    layer = next;
  }
  return new Set(layer.keys());
}

/** All figures anybody could claim after `count` more keys, possible or not. */
function* claims(own: Typed, { length, count }: { length: number; count: number }): Generator<Typed> {
  const keys = own.keys + count;
  for (let position = 0; position <= length + 1; position += 1)
    for (let wrong = 0; wrong <= own.wrong + count + 1; wrong += 1)
      for (let backspaces = own.backspaces; backspaces <= own.backspaces + count; backspaces += 1)
        for (let errors = own.errors; errors <= own.errors + count; errors += 1)
          yield { position, wrong, keys, backspaces, errors };
}

const starts: readonly Typed[] = [
  nothingTyped,
  { position: 1, wrong: 0, keys: 1, backspaces: 0, errors: 0 },
  { position: 1, wrong: 2, keys: 3, backspaces: 0, errors: 2 },
  { position: 0, wrong: 1, keys: 5, backspaces: 2, errors: 2 },
  { position: 2, wrong: 0, keys: 6, backspaces: 2, errors: 1 },
];

test("[G9] figures are believed exactly when some keys lead to them", () => {
  for (const length of [1, 2, 3, 4])
    for (const own of starts) {
      if (own.position > length || (own.position === length && own.wrong > 0)) continue;
      for (let count = 0; count <= 7; count += 1) {
        const possible = reachable(own, { length, count });
        let believed = 0;
        for (const next of claims(own, { length, count })) {
          const problem = checkpointProblem(own, next, { length, elapsedMs: unhurriedMs });
          const expected = possible.has(JSON.stringify(next)) ? undefined : "INVALID_STATE";
          const claim = `${JSON.stringify(own)} to ${JSON.stringify(next)} in ${length}`;
          assert.equal(problem, expected, claim);
          if (problem === undefined) believed += 1;
        }
        assert.equal(believed, possible.size);
      }
    }
});

test("[G9] figures that are no whole numbers, or go back, are refused", () => {
  const own: Typed = { position: 3, wrong: 0, keys: 5, backspaces: 1, errors: 1 };
  const changes: Partial<Typed>[] = [
    { keys: 4 },
    { keys: 6.5 },
    { keys: 2 ** 53 },
    { wrong: -1 },
    { position: -1 },
    { backspaces: Number.NaN },
    { backspaces: 0 },
    { errors: 0 },
    { errors: Number.POSITIVE_INFINITY },
  ];
  for (const change of changes) {
    const problem = checkpointProblem(own, { ...own, ...change }, { length: 10, elapsedMs: Infinity });
    assert.equal(problem, "INVALID_STATE", JSON.stringify(change));
  }
});

test("[G12] figures with too many wrong characters are refused", () => {
  const wrong = typingLimits.wrongMax + 1;
  const next = { position: 0, wrong, keys: wrong, backspaces: 0, errors: wrong };
  assert.equal(checkpointProblem(nothingTyped, next, { length: 10, elapsedMs: 1e6 }), "INVALID_STATE");
});

test("[G13] between two checkpoints there may be 25 keys a second, and 25 more", () => {
  const flawless = (keys: number) => ({ position: keys, wrong: 0, keys, backspaces: 0, errors: 0 });
  const judge = (keys: number, elapsedMs: number) =>
    checkpointProblem(flawless(3), flawless(3 + keys), { length: 1_000, elapsedMs });
  assert.equal(judge(25, 0), undefined);
  assert.equal(judge(26, 0), "TYPING_TOO_FAST");
  assert.equal(judge(26, 39), "TYPING_TOO_FAST");
  assert.equal(judge(26, 40), undefined);
  assert.equal(judge(75, 2_000), undefined);
  assert.equal(judge(76, 2_000), "TYPING_TOO_FAST");
});

const messages = fc.array(
  fc.record({
    afterMs: fc.nat(1_500),
    keys: fc.string({ unit: fc.constantFrom("a", "x", "\b"), minLength: 1, maxLength: 25 }),
    isCheckpoint: fc.boolean(),
  }),
  { maxLength: 60 },
);

test("[G13] whatever a run takes passes at the next checkpoint by the same clock", () => {
  const text = "a".repeat(40);
  fc.assert(
    fc.property(messages, (list) => {
      const run = new TypingRun({ text, at: 0 });
      let own: Typed = nothingTyped;
      let checkpointAt = 0;
      let at = 0;
      for (const { afterMs, keys, isCheckpoint } of list) {
        at += afterMs;
        run.type({ from: run.typed.keys, keys, at });
        if (!isCheckpoint) continue;
        const judged = { length: text.length, elapsedMs: at - checkpointAt };
        assert.equal(checkpointProblem(own, run.typed, judged), undefined);
        own = run.typed;
        checkpointAt = at;
      }
      const fromStart = { length: text.length, elapsedMs: at };
      assert.equal(checkpointProblem(nothingTyped, run.typed, fromStart), undefined);
    }),
  );
});

test("[G13] over whole seconds a run can take all that a checkpoint allows, and neither takes one more", () => {
  for (const seconds of [0, 1, 7]) {
    const run = new TypingRun({ text: "a".repeat(1_000), at: 0 });
    const elapsedMs = seconds * windowMs;
    for (let at = 0; at <= elapsedMs; at += windowMs)
      run.type({ from: run.typed.keys, keys: "a".repeat(keysPerSecondMax), at });
    const judged = { length: 1_000, elapsedMs };
    assert.equal(checkpointProblem(nothingTyped, run.typed, judged), undefined);
    assert.equal(run.type({ from: run.typed.keys, keys: "a", at: elapsedMs }).ok, false);
    const more = typeKeys(run.typed, { text: run.text, keys: "a" });
    assert.equal(checkpointProblem(nothingTyped, more, judged), "TYPING_TOO_FAST");
  }
});
