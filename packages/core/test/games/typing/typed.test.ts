import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isComplete, nothingTyped, type Typed, typeKeys } from "../../../src/games/typing/typed.ts";
import { textAndKeys } from "./arbitraries.ts";

/** What a text field holds after the keys, which end where it holds the whole text. */
function typeIntoField(text: string, keys: string): { buffer: string; used: string } {
  let buffer = "";
  let used = "";
  for (const key of keys) {
    if (buffer === text) break;
    buffer = key === "\b" ? buffer.slice(0, -1) : buffer + key;
    used += key;
  }
  return { buffer, used };
}

/** Keys right when typed: those after which the text field holds a beginning of the text. */
function rightKeys(text: string, used: string): number {
  const afterKey = [...used].map((_, index) => typeIntoField(text, used.slice(0, index + 1)).buffer);
  return afterKey.filter((buffer, index) => used[index] !== "\b" && text.startsWith(buffer)).length;
}

test("[G2] [G3] the five numbers describe what a text field would hold, and the keys that led there", () => {
  fc.assert(
    fc.property(textAndKeys, ({ text, keys }) => {
      const typed = typeKeys(nothingTyped, { text, keys });
      const { buffer, used } = typeIntoField(text, keys);
      let prefix = 0;
      while (prefix < buffer.length && buffer[prefix] === text[prefix]) prefix += 1;
      const backspaces = [...used].filter((key) => key === "\b").length;
      const expected: Typed = {
        position: prefix,
        wrong: buffer.length - prefix,
        keys: used.length,
        backspaces,
        errors: used.length - backspaces - rightKeys(text, used),
      };
      assert.deepEqual(typed, expected);
    }),
  );
});

test("[G3] a backspace in an empty buffer is a key that does nothing", () => {
  const typed = typeKeys(nothingTyped, { text: "ls", keys: "\b\bl" });
  assert.deepEqual(typed, { position: 1, wrong: 0, keys: 3, backspaces: 2, errors: 0 });
});

test("[G3] a right key removed and typed again is right twice; a wrong one stays an error", () => {
  const typed = typeKeys(nothingTyped, { text: "ls", keys: "l\bLx\b\bl" });
  assert.deepEqual(typed, { position: 1, wrong: 0, keys: 7, backspaces: 3, errors: 2 });
});

test("[G2] after a wrong key nothing is right until it is removed", () => {
  const typed = typeKeys(nothingTyped, { text: "abc", keys: "axbc" });
  assert.deepEqual(typed, { position: 1, wrong: 3, keys: 4, backspaces: 0, errors: 3 });
});

test("[G7] typing ends where the buffer equals the text", () => {
  const typed = typeKeys(nothingTyped, { text: "ls", keys: "lsx\b\b" });
  assert.deepEqual(typed, { position: 2, wrong: 0, keys: 2, backspaces: 0, errors: 0 });
  assert.equal(isComplete(typed, "ls"), true);
  assert.deepEqual(typeKeys(typed, { text: "ls", keys: "\b" }), typed);
});

test("[G7] a whole prefix with something wrong after it is not complete", () => {
  assert.equal(isComplete({ position: 2, wrong: 1, keys: 3, backspaces: 0, errors: 1 }, "ls"), false);
  assert.equal(isComplete({ position: 1, wrong: 0, keys: 1, backspaces: 0, errors: 0 }, "ls"), false);
});

test("[G1] keys come to the same in one go and in two, wherever they are cut", () => {
  fc.assert(
    fc.property(textAndKeys, fc.nat(60), ({ text, keys }, cut) => {
      const first = typeKeys(nothingTyped, { text, keys: keys.slice(0, cut) });
      const both = typeKeys(first, { text, keys: keys.slice(cut) });
      assert.deepEqual(both, typeKeys(nothingTyped, { text, keys }));
    }),
  );
});

test("[G1] a key outside the basic plane counts as its two code units, wherever they are cut", () => {
  const whole = typeKeys(nothingTyped, { text: "ab", keys: "a\u{1f600}" });
  const first = typeKeys(nothingTyped, { text: "ab", keys: "a\ud83d" });
  assert.deepEqual(typeKeys(first, { text: "ab", keys: "\ude00" }), whole);
  assert.equal(whole.wrong, 2);
});
