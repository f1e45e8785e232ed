import assert from "node:assert/strict";
import { test } from "node:test";
import { active, done, finish, matched, ready, resolved } from "./duels.ts";
import { testRules } from "./modes.ts";
import { find, refusal, Shard } from "./shard.ts";

function archiveAll(shard: Shard): void {
  shard.apply({ type: "archive.progress", cursor: shard.state.position });
}

test("[K43] an idle player is forgotten 10 minutes after leaving, once archived", () => {
  const shard = Shard.started();
  const ada = shard.connect("ada");
  shard.disconnect(ada);
  archiveAll(shard);
  assert.equal(find(shard.wait(599_999), "player.evicted"), undefined);
  assert.equal(find(shard.wait(1), "player.evicted")?.player, ada);
  assert.equal(shard.state.players.has(ada), false);
});

test("[K43] not before the archive has what changed last", () => {
  const shard = Shard.started();
  const ada = shard.connect("ada");
  archiveAll(shard);
  shard.disconnect(ada);
  shard.wait(900_000);
  assert.ok(shard.state.players.has(ada));
  archiveAll(shard);
  shard.wait(60_000);
  assert.equal(shard.state.players.has(ada), false);
});

test("[K43] what happens to a player who is away must be archived too", () => {
  const duel = ready(matched("arena"));
  const { shard, ada } = duel;
  shard.disconnect(ada);
  archiveAll(shard);
  assert.ok(find(shard.wait(5_000), "match.cancelled"));
  shard.wait(86_500_000);
  assert.ok(shard.state.players.has(ada));
  archiveAll(shard);
  shard.wait(60_000);
  assert.equal(shard.state.players.has(ada), false);
});

test("[K43] not while connected, and not if back in time", () => {
  const shard = Shard.started();
  const ada = shard.connect("ada");
  shard.disconnect(ada);
  archiveAll(shard);
  shard.wait(300_000);
  shard.connect("ada");
  shard.wait(900_000);
  assert.ok(shard.state.players.has(ada));
});

test("[K44] a player with a balance, a settlement outstanding or a fresh offence is kept", () => {
  const owed = resolved();
  owed.shard.disconnect(owed.ada);
  owed.shard.state.players.get(owed.ada)!.available -= 950n;
  owed.shard.state.books.deposits -= 950n;
  archiveAll(owed.shard);
  owed.shard.wait(700_000);
  assert.ok(owed.shard.state.players.has(owed.ada));
  done(owed, "settle");
  archiveAll(owed.shard);
  owed.shard.wait(700_000);
  assert.equal(owed.shard.player(owed.ada).available, 90n);

  const blamed = matched("arena");
  blamed.shard.apply({ type: "match.decline", match: blamed.match, player: blamed.bob });
  blamed.shard.disconnect(blamed.bob);
  archiveAll(blamed.shard);
  blamed.shard.wait(700_000);
  assert.ok(blamed.shard.state.players.has(blamed.bob));
  blamed.shard.wait(86_400_000 - 700_000);
  assert.equal(blamed.shard.state.players.has(blamed.bob), false);
});

test("[K44] forgetting a player does not make the faucet forget", () => {
  const shard = Shard.started({ ...testRules, ledger: { faucet: "50", faucetEveryMs: 3_600_000 } });
  for (const name of ["ada", "bob"]) shard.connect(name);
  const tickets = ["ada", "bob"].map((name) => shard.enqueue(`player_${name}`, "duel"));
  const match = shard.propose([[tickets[0]], [tickets[1]]], "duel:bronze");
  const duel = active({
    shard,
    ada: "player_ada",
    bob: "player_bob",
    tickets: [tickets[0], tickets[1]],
    match,
  });
  finish(duel, duel.ada);
  done(duel, "settle");
  shard.disconnect(duel.bob);
  archiveAll(shard);
  shard.wait(3_500_000);
  assert.ok(shard.state.players.has(duel.bob));
  shard.wait(100_000);
  assert.equal(shard.state.players.has(duel.bob), false);
});

test("[K45] the archive reports how far it has stored, never backwards and never beyond the log", () => {
  const shard = Shard.started();
  archiveAll(shard);
  for (const cursor of [shard.state.archiveCursor, 0, -1, 1_000_000, Number.NaN, 4.5]) {
    assert.equal(refusal(shard.apply({ type: "archive.progress", cursor })), "INVALID_STATE");
  }
});
