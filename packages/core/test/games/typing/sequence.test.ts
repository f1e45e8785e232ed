import assert from "node:assert/strict";
import { test } from "node:test";
import { commandParts, duelCommands } from "../../../src/games/typing/duel-commands.ts";
import { commitText, composeSequence } from "../../../src/games/typing/sequence.ts";
import { sha256Hex } from "../../../src/hashing/sha256.ts";
import { kernelLimits } from "../../../src/kernel/limits.ts";

const tiers = ["bronze", "silver", "gold", "diamond"];
const seeds = Array.from({ length: 500 }, (_, index) => sha256Hex(`seed ${index}`));

function textsOf(tier: string | null): string[] {
  return seeds.map((seed) => composeSequence({ seed, tier }));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function assertRising(values: readonly number[]): void {
  for (let index = 1; index < values.length; index += 1)
    assert.ok(values[index] > values[index - 1], values.join(" < "));
}

test("[G10] a text is printable ASCII of bounded length, without a place left to fill", () => {
  for (const tier of [...tiers, "copper", "constructor", null])
    for (const text of textsOf(tier)) {
      assert.match(text, /^[ -~]{30,500}$/);
      assert.doesNotMatch(text, new RegExp(`\\{(${Object.keys(commandParts).join("|")})\\}`));
    }
});

test("[G10] every command can be filled and typed", () => {
  for (const command of Object.values(duelCommands).flat()) {
    assert.match(command, /^[ -~]{10,80}$/);
    for (const [, part] of command.matchAll(/\{(\w+)\}/g)) assert.ok(part in commandParts, command);
  }
});

test("[G10] no text is longer than the kernel takes", () => {
  assert.ok(500 <= kernelLimits.textLengthMax);
});

test("[G10] the same seed and tier give the same text, another seed another", () => {
  for (const tier of tiers) {
    assert.deepEqual(textsOf(tier), textsOf(tier));
    assert.ok(new Set(textsOf(tier)).size > 490);
  }
});

test("[G10] a text is what was recorded", () => {
  assert.equal(
    composeSequence({ seed: "00".repeat(32), tier: "gold" }),
    'dig +short edge.ghost.lan | tee token.txt && nc -lvnp 9001 > /etc/ghostnet/core.dump && curl -X POST -d \'{"uplink":"0xe5d2"}\' https://edge.ghost.lan/session',
  );
});

test("[G10] higher tiers are longer on average, and have more signs among their characters", () => {
  assertRising(tiers.map((tier) => mean(textsOf(tier).map((text) => text.length))));
  const signs = (text: string) => text.replace(/[a-z0-9 ]/g, "").length / text.length;
  assertRising(tiers.map((tier) => mean(textsOf(tier).map(signs))));
});

test("[G10] no command stands twice in a text", () => {
  for (const text of textsOf("diamond")) {
    const starts = text.split(" && ").map((command) => command.slice(0, 7));
    assert.equal(new Set(starts).size, starts.length, text);
  }
});

test("[G11] a commitment is the hash of salt and text", () => {
  // SHA-256 of "abcd", from the standard tools.
  const expected = "88d4266fd4e6338d13b845fcf289579d209c897823b9217da3e161936f031589";
  assert.equal(commitText({ salt: "ab", text: "cd" }), expected);
  assert.notEqual(commitText({ salt: "ab", text: "ce" }), expected);
  assert.notEqual(commitText({ salt: "aa", text: "cd" }), expected);
});
