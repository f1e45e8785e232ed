import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { checkReceipt, type Receipt, type ReceiptCheck, rulesHash, sha256Hex } from "../../src/index.ts";
import { type Choice, choices, honestReceipt } from "./honest-receipt.ts";

const failed = (receipt: Receipt) =>
  checkReceipt(receipt)
    .filter(({ ok }) => ok === false)
    .map(({ what }) => what);

/** What is told of a receipt, one thing at a time. */
const told = (receipt: Receipt) =>
  Object.fromEntries(checkReceipt(receipt).map(({ what, ok }) => [what, ok])) as Record<
    ReceiptCheck["what"],
    boolean | null
  >;

const over: Choice = {
  mode: "duel",
  tier: "gold",
  stage: "revealed",
  isTie: false,
  asker: 1,
  match: "match_1",
  secret: sha256Hex("a secret"),
};

test("[RC2] nothing is wrong with an honest receipt, whoever asks and whenever", () => {
  fc.assert(fc.property(choices, (choice) => assert.deepEqual(failed(honestReceipt(choice)), [])));
});

test("[RC2] of a duel that is over and revealed everything can be told", () => {
  for (const isTie of [false, true])
    assert.deepEqual(
      Object.values(told(honestReceipt({ ...over, isTie }))),
      Array.from({ length: 7 }, () => true),
    );
});

test("[RC4] what cannot be told yet is neither true nor false", () => {
  const nothing = {
    rules: true,
    text: null,
    epoch: null,
    draw: null,
    ticket: null,
    teams: true,
    payout: null,
  };
  assert.deepEqual(told(honestReceipt({ ...over, stage: "found", asker: null })), nothing);
  assert.deepEqual(told(honestReceipt({ ...over, stage: "over", asker: null })), {
    ...nothing,
    text: true,
    payout: true,
  });
  const free = told(honestReceipt({ ...over, mode: "free" }));
  assert.deepEqual([free.text, free.draw, free.epoch], [null, null, true]);
});

test("[RC4] the text of a match that was called off is promised, never shown, and drawn like any other", () => {
  const receipt = honestReceipt(over);
  const hidden = { commitment: receipt.text?.commitment ?? "", text: null, salt: null };
  const called = { ...receipt, text: hidden, result: null };
  assert.deepEqual([told(called).text, told(called).draw], [null, true]);
  assert.equal(told({ ...called, text: { ...hidden, commitment: sha256Hex("another") } }).draw, false);
});

type Path = readonly (string | number)[];

/** Everything of a receipt that is proven, down to the last number. */
function provenPaths(receipt: Receipt): Path[] {
  const { mode, tier, rules, rulesHash: hash, own, secretEpoch, text, result, tickets } = receipt;
  const { secret } = secretEpoch;
  return [
    ...leaves({ mode, tier, rules, rulesHash: hash, own, text, result }),
    ...(secret === null
      ? []
      : [["secretEpoch", "hash"], ["secretEpoch", "secret"], ...(text === null ? [] : [["match"]])]),
    ...(own === null
      ? []
      : tickets[own.fact.team]
          .map((_, place) => ["tickets", own.fact.team, place])
          .filter((_, place) => place === 0)),
  ].filter((path) => !isUnproven(path, receipt));
}

/** Why a match ended is told, not proven; the promise of a text is proven once it or the secret is shown. */
function isUnproven(path: Path, { text, secretEpoch: { secret } }: Receipt): boolean {
  const name = path.join(".");
  if (name === "result.endReason") return true;
  return name === "text.commitment" && text?.text === null && secret === null;
}

function leaves(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return value === null || value === undefined ? [] : [path];
  return Object.entries(value).flatMap(([key, one]) => leaves(one, [...path, key]));
}

/** A copy with one thing in it changed. */
function forged<Value>(value: Value, [key, ...rest]: Path, change: (old: unknown) => unknown): Value {
  if (key === undefined) return change(value) as Value;
  const copy = (Array.isArray(value) ? [...value] : { ...value }) as Record<string | number, unknown>;
  copy[key] = forged(copy[key], rest, change);
  return copy as Value;
}

/** Another value of the same kind. */
function other(old: unknown): unknown {
  if (typeof old === "number") return old === Number.POSITIVE_INFINITY ? 7 : old + 1;
  if (typeof old === "boolean") return !old;
  const text = String(old);
  if (/^[0-9]+$/.test(text)) return `${BigInt(text) + 1n}`;
  return text.slice(0, -1) + (text.endsWith("0") ? "1" : "0");
}

test("[RC3] whichever proven field is changed, a check finds it", () => {
  let fields = 0;
  fc.assert(
    fc.property(choices, (choice) => {
      const receipt = honestReceipt(choice);
      for (const path of provenPaths(receipt)) {
        fields += 1;
        const changed = forged(receipt, path, other);
        assert.notDeepEqual(changed, receipt);
        assert.notDeepEqual(failed(changed), [], path.join("."));
      }
    }),
  );
  assert.ok(fields > 1_000);
});

test("[RC3] other rules with a hash of their own are found by what they would have led to", () => {
  const receipt = honestReceipt(over);
  const withRules = (changes: object): Receipt => {
    const rules = { ...receipt.rules, ...changes };
    return { ...receipt, rules, rulesHash: rulesHash(rules) };
  };
  assert.deepEqual(failed(withRules({ burnBps: 2_000 })), ["payout"]);
  assert.deepEqual(failed(withRules({ stakes: [{ tier: "gold", stake: "400" }] })), ["payout"]);
  assert.deepEqual(failed(withRules({ teams: [1, 1, 1] })), ["teams"]);
  assert.deepEqual(failed(withRules({ stakes: [] })), ["rules", "payout"]);
});

test("[RC3] a ticket of another match, a team too many and a payout to nobody are found", () => {
  const receipt = honestReceipt(over);
  const elsewhere = honestReceipt({ ...over, secret: sha256Hex("another") });
  assert.deepEqual(failed({ ...receipt, own: elsewhere.own }), ["ticket"]);
  assert.deepEqual(failed({ ...receipt, tickets: [...receipt.tickets, ["ab"]] }), ["teams", "payout"]);
  assert.deepEqual(failed({ ...receipt, tickets: [receipt.tickets[0], receipt.tickets[0]] }), [
    "ticket",
    "teams",
  ]);
  const result = receipt.result as NonNullable<Receipt["result"]>;
  for (const payouts of [["542"], ["0", "0"], ["-1", "543"], [...result.payouts].slice(0, 1)])
    assert.deepEqual(failed({ ...receipt, result: { ...result, payouts } }), ["payout"], payouts.join());
});

test("[RC4] whatever a receipt is made of, checking it throws nothing", () => {
  const honest = honestReceipt(over);
  const paths = leaves(honest).flatMap((path) => path.map((_, index) => path.slice(0, index + 1)));
  fc.assert(
    fc.property(fc.constantFrom(...paths), fc.anything(), (path, value) => {
      assert.equal(checkReceipt(forged(honest, path, () => value)).length, 7);
    }),
  );
});
