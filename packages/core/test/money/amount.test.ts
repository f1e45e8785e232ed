import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { formatTokens, parseAmount, parseTokens } from "../../src/money/amount.ts";

const amount = fc.bigInt({ min: 0n, max: 2n ** 256n - 1n });

test("[D4] an amount of the wire is decimal digits and nothing else", () => {
  assert.equal(parseAmount("300000000000000000000"), 300_000_000_000_000_000_000n);
  assert.equal(parseAmount("0"), 0n);
  for (const text of [
    "",
    " 1",
    "1 ",
    "1\n",
    "-1",
    "+1",
    "0x1f",
    "1e3",
    "1.0",
    "1_000",
    "1n",
    "१",
    "9".repeat(79),
  ])
    assert.equal(parseAmount(text), undefined, JSON.stringify(text));
});

test("[D4] what is written to the wire is read back", () => {
  fc.assert(fc.property(amount, (value) => assert.equal(parseAmount(value.toString()), value)));
});

test("[D5] tokens have up to 18 decimals, and no unit is lost", () => {
  const examples: [string, bigint][] = [
    ["0", 0n],
    ["300", 300_000_000_000_000_000_000n],
    ["1.5", 1_500_000_000_000_000_000n],
    ["0.000000000000000001", 1n],
    ["12.034", 12_034_000_000_000_000_000n],
  ];
  for (const [text, value] of examples) {
    assert.equal(parseTokens(text), value);
    assert.equal(formatTokens(value), text);
  }
  assert.equal(parseTokens("1.500"), parseTokens("1.5"));
});

test("[D5] nothing is rounded and nothing guessed", () => {
  const wrong = ["", ".5", "1.", "01", "-1", "1,5", "1e3", "0x1", " 1", "1.0000000000000000001", "Infinity"];
  for (const text of wrong) assert.equal(parseTokens(text), undefined, JSON.stringify(text));
});

test("[D5] tokens written are read back to the unit", () => {
  fc.assert(fc.property(amount, (value) => assert.equal(parseTokens(formatTokens(value)), value)));
});

test("[D5] what is owed is written with a sign", () => {
  assert.equal(formatTokens(-1_500_000_000_000_000_000n), "-1.5");
  assert.equal(formatTokens(-1n), "-0.000000000000000001");
});
