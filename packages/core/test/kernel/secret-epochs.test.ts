import assert from "node:assert/strict";
import { test } from "node:test";
import { accept, matched } from "./duels.ts";
import { expectEvent, Shard } from "./shard.ts";

function reveal(shard: Shard, number: number, secret = `secret ${number}`) {
  return { type: "epoch.reveal", term: shard.state.term, number, secret } as const;
}

test("[K32] an epoch opens with a hash and a higher number than the last", () => {
  const shard = Shard.started();
  const { term } = shard.state;
  const hash = "0".repeat(64);
  for (const [number, text] of [
    [1, hash],
    [0, hash],
    [Number.NaN, hash],
    [1.5, hash],
    [2, "abc"],
  ] as const) {
    shard.refuses({ type: "epoch.open", term, number, hash: text }, "INVALID_STATE");
  }
  assert.equal(expectEvent(shard.openEpoch(2), "epoch.opened").number, 2);
});

test("[K33] an epoch is revealed once a later one is open and all that drew from it has ended", () => {
  const duel = matched("arena");
  const { shard, match, ada, bob } = duel;
  shard.refuses(reveal(shard, 1), "INVALID_STATE");
  shard.openEpoch(2);
  shard.refuses(reveal(shard, 1), "INVALID_STATE");
  accept(duel, ada);
  accept(duel, bob);
  shard.wait(5_000);
  shard.refuses(reveal(shard, 1), "INVALID_STATE");
  shard.apply({ type: "match.report", match, ranks: [1, 2] });
  assert.equal(expectEvent(shard.apply(reveal(shard, 1)), "epoch.revealed").secret, "secret 1");
  shard.refuses(reveal(shard, 1), "INVALID_STATE");
});

test("[K33] a waiting ticket keeps its epoch closed", () => {
  const shard = Shard.started();
  const ada = shard.connect("ada");
  shard.enqueue(ada, "arena");
  shard.openEpoch(2);
  shard.refuses(reveal(shard, 1), "INVALID_STATE");
  shard.apply({ type: "ticket.cancel", player: ada });
  expectEvent(shard.apply(reveal(shard, 1)), "epoch.revealed");
});

test("[K33] what is revealed must be what was hashed", () => {
  const shard = Shard.started();
  shard.openEpoch(2);
  shard.refuses(reveal(shard, 1, "another secret"), "COMMITMENT_MISMATCH");
});

test("[K34] nothing is drawn from an epoch that was revealed", () => {
  const shard = Shard.started();
  shard.openEpoch(2);
  shard.apply(reveal(shard, 1));
  const ada = shard.connect("ada");
  shard.refuses(shard.enqueueCommand(ada, "arena", { secretEpoch: 1 }), "INVALID_CONFIGURATION");
  assert.ok(shard.enqueue(ada, "arena", { secretEpoch: 2 }));
});
