import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { canonicalJson } from "../../src/index.ts";

/** The same value with the keys of every object the other way round. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, one]) => [key, turned(one)]),
  );
}

test("[RC1] the order of keys does not matter, and the value comes back", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonicalJson(value);
      assert.equal(canonicalJson(turned(value)), text);
      assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(value)));
    }),
  );
});

test("[RC1] keys stand in order of their code units, numbers among them; what JSON has not is left out or null", () => {
  assert.equal(canonicalJson({ b: 1, a: [2], 10: 0, 9: 0, B: 0 }), '{"10":0,"9":0,"B":0,"a":[2],"b":1}');
  assert.equal(
    canonicalJson({ gap: Number.POSITIVE_INFINITY, hold: undefined, list: [undefined] }),
    '{"gap":null,"list":[null]}',
  );
});
