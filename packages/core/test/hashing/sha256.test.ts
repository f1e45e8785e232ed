import assert from "node:assert/strict";
import { createHash, createHmac } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { hmacSha256Hex, sha256Hex } from "../../src/hashing/sha256.ts";

const text = fc.string({ unit: "binary", maxLength: 300 });

test("[K90] SHA-256 gives the standard's example digests", () => {
  const examples: [string, string][] = [
    ["", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
    ["abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
    [
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
    ],
    ["a".repeat(1_000_000), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"],
  ];
  for (const [message, digest] of examples) assert.equal(sha256Hex(message), digest);
});

test("[K90] HMAC gives the digests of RFC 4231, test cases 1 and 2", () => {
  assert.equal(
    hmacSha256Hex("\x0b".repeat(20), "Hi There"),
    "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
  );
  assert.equal(
    hmacSha256Hex("Jefe", "what do ya want for nothing?"),
    "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
  );
});

test("[K90] every length around the borders of one and two blocks agrees with the platform's", () => {
  for (let length = 0; length <= 200; length += 1) {
    const message = "é".repeat(length >> 1) + "x".repeat(length % 2);
    assert.equal(sha256Hex(message), createHash("sha256").update(message).digest("hex"), `${length} bytes`);
    const key = "k".repeat(length);
    assert.equal(hmacSha256Hex(key, "m"), createHmac("sha256", key).update("m").digest("hex"));
  }
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
