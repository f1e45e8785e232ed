import assert from "node:assert/strict";
import { test } from "node:test";
import { createSecretDice } from "../src/index.ts";

test("[E14] a draw depends on secret, epoch, purpose and id", () => {
  const dice = createSecretDice("ab".repeat(32));
  const draws = [
    dice.draw({ epoch: 1, purpose: "text", id: "match_1" }),
    dice.draw({ epoch: 2, purpose: "text", id: "match_1" }),
    dice.draw({ epoch: 1, purpose: "salt", id: "match_1" }),
    dice.draw({ epoch: 1, purpose: "text", id: "match_2" }),
    createSecretDice("cd".repeat(32)).draw({ epoch: 1, purpose: "text", id: "match_1" }),
  ];
  assert.equal(new Set(draws).size, draws.length);
  assert.equal(draws[0], dice.draw({ epoch: 1, purpose: "text", id: "match_1" }));
});
