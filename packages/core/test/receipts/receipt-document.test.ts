import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { checkReceipt, documentOf, receiptOf, sha256Hex } from "../../src/index.ts";
import { choices, honestReceipt } from "./honest-receipt.ts";

test("[RC5] a receipt that travelled is the same, and checks the same", () => {
  fc.assert(
    fc.property(choices, (choice) => {
      const receipt = honestReceipt(choice);
      const travelled = receiptOf(JSON.parse(JSON.stringify(documentOf(receipt))));
      assert.deepEqual(documentOf(travelled), documentOf(receipt));
      assert.deepEqual(checkReceipt(travelled), checkReceipt(receipt));
    }),
  );
});

test("[RC5] with SHA-256 alone rules, ticket and text can be checked", () => {
  fc.assert(
    fc.property(choices, (choice) => {
      const document = documentOf(honestReceipt(choice));
      assert.equal(sha256Hex(document.rules_text), document.rules_hash);
      const { own, code_salt, code_sequence, code_commitment } = document;
      if (own !== null)
        assert.ok(document.ticket_hashes.flat().includes(sha256Hex(own.salt + own.ticket_text)));
      if (code_salt !== null && code_sequence !== null)
        assert.equal(sha256Hex(code_salt + code_sequence), code_commitment);
    }),
  );
});
