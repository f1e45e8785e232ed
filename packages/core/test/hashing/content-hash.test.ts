import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  type ContentHash,
  contentHash,
  contentHashText,
  emptyContentHash,
} from "../../src/hashing/content-hash.ts";

const word = fc.integer({ min: 0, max: 0xffff_ffff });
const hash = fc.record({ high: word, low: word }, { noNullPrototype: true });
const text = fc.string({ unit: "binary", maxLength: 40 });

function hashOf(...texts: string[]): string {
  return contentHashText(texts.reduce(contentHash, emptyContentHash));
}

test("[K91] a content hash tells texts, their order and their borders apart", () => {
  const hashes = [
    hashOf("a", "b"),
    hashOf("b", "a"),
    hashOf("ab"),
    hashOf("ab", ""),
    hashOf("", "ab"),
    hashOf("ab\0"),
    hashOf("ab\0\0"),
    hashOf("a\0b"),
    hashOf(),
    hashOf(""),
  ];
  assert.equal(new Set(hashes).size, hashes.length);
  for (const one of hashes) assert.match(one, /^[0-9a-f]{16}$/);
});

test("[K91] hashes that differ stay different under the same text: each step can be undone", () => {
  fc.assert(
    fc.property(hash, text, (before, added) => {
      assert.deepEqual(undo(contentHash(before, added), added), before);
    }),
  );
});

test("[K91] small changes of a text change about half of its hash's bits, at either end", () => {
  const bitsOf = (value: string) => BigInt(`0x${hashOf(value)}`);
  for (const make of [(n: number) => `entry ${n}`, (n: number) => `${n} entry of some length`]) {
    let changed = 0;
    for (let trial = 0; trial < 400; trial += 1) {
      const difference = bitsOf(make(trial)) ^ bitsOf(make(trial + 1));
      changed += [...difference.toString(2)].filter((bit) => bit === "1").length;
    }
    const mean = changed / 400;
    assert.ok(mean > 30 && mean < 34, `${mean} of 64 bits`);
  }
});

test("[K91] each half alone collides no more often than chance among events that are nearly alike", () => {
  const count = 200_000;
  const highs = new Set<number>();
  const lows = new Set<number>();
  for (let index = 0; index < count; index += 1) {
    const { high, low } = contentHash(emptyContentHash, `{"type":"ticket.enqueued","ticket":"${index}"}`);
    highs.add(high);
    lows.add(low);
  }
  // By chance 200,000² ÷ 2³³ = 4.7 pairs of 32 bits collide; more than 20 has a chance below 10⁻⁷.
  assert.ok(count - highs.size <= 20, `${count - highs.size} collisions of the high half`);
  assert.ok(count - lows.size <= 20, `${count - lows.size} collisions of the low half`);
});

test("[K91] a content hash is what was recorded", () => {
  assert.equal(hashOf("the same log", "the same hash"), "384cebf654500f3a");
});

/** The hash that a text was added to. */
function undo(after: ContentHash, added: string): ContentHash {
  let low = unmixed(after.low);
  let high = unmixed(after.high) ^ Math.imul(low, 0x165667b1);
  low ^= Math.imul(high, 0x27d4eb2f);
  for (let index = (added.length - 1) & ~1; index >= 0; index -= 2) {
    const pair = added.charCodeAt(index) | (added.charCodeAt(index + 1) << 16);
    high = Math.imul(unshifted(high, 15), inverse(0x9e3779b1)) ^ pair;
    low = Math.imul(unshifted(low, 13), inverse(0x5f356495)) ^ pair;
  }
  return { high: (high ^ added.length) >>> 0, low: low >>> 0 };
}

function unmixed(mixed: number): number {
  let word = Math.imul(unshifted(mixed, 16), inverse(0xc2b2ae35));
  word = Math.imul(unshifted(word, 13), inverse(0x85ebca6b));
  return unshifted(word, 16);
}

/** The word of which `word ^ (word >>> by)` is what is given. */
function unshifted(given: number, by: number): number {
  let word = given;
  for (let known = by; known < 32; known += by) word = given ^ (word >>> by);
  return word;
}

/** What an odd number is multiplied by to give 1 modulo 2³²; each step doubles the right bits (Newton). */
function inverse(odd: number): number {
  let result = odd;
  for (let step = 0; step < 5; step += 1) result = Math.imul(result, 2 - Math.imul(odd, result));
  return result;
}
