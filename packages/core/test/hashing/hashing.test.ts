import assert from "node:assert/strict";
import { createHash, createHmac } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { contentHash, contentHashText, emptyContentHash, hmacSha256Hex, sha256Hex } from "../../src/index.ts";

const text = fc.string({ unit: "binary", maxLength: 300 });

test("[K90] SHA-256 gives the standard's example digests", () => {
  assert.equal(sha256Hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  assert.equal(sha256Hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
});

test("[K90] SHA-256 and HMAC agree with the platform's on any text", () => {
  fc.assert(
    fc.property(text, text, (key, message) => {
      assert.equal(sha256Hex(message), createHash("sha256").update(message.toWellFormed()).digest("hex"));
      const expected = createHmac("sha256", key.toWellFormed()).update(message.toWellFormed()).digest("hex");
      assert.equal(hmacSha256Hex(key, message), expected);
    }),
  );
});

test("[K91] a content hash tells texts, their order and their borders apart", () => {
  const hashOf = (...texts: string[]) => contentHashText(texts.reduce(contentHash, emptyContentHash));
  const seen = new Set([
    hashOf("a", "b"),
    hashOf("b", "a"),
    hashOf("ab"),
    hashOf("ab", ""),
    hashOf("", "ab"),
    hashOf(),
  ]);
  assert.equal(seen.size, 6);
  assert.match(hashOf("a"), /^[0-9a-f]{16}$/);
});

test("[K91] small changes of a text change about half of its hash's bits", () => {
  const bitsOf = (value: string) => BigInt(`0x${contentHashText(contentHash(emptyContentHash, value))}`);
  let changed = 0;
  for (let trial = 0; trial < 400; trial += 1) {
    const difference = bitsOf(`entry ${trial}`) ^ bitsOf(`entry ${trial + 1}`);
    changed += [...difference.toString(2)].filter((bit) => bit === "1").length;
  }
  const mean = changed / 400;
  assert.ok(mean > 28 && mean < 36, `${mean} of 64 bits`);
});
