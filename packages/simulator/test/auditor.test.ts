import assert from "node:assert/strict";
import { test } from "node:test";
import { applyEntry, createState } from "@matchforge/core";
import { MemoryLogStore } from "@matchforge/stores";
import { entriesOf } from "matchforge";
import { Auditor } from "../src/audit/auditor.ts";
import { connected, Watched } from "./watched.ts";

test("[X4] a state that breaks an invariant is a violation from that entry on", async () => {
  const watched = new Watched();
  const [ada] = await watched.begin();
  assert.deepEqual(watched.sentences, []);
  const player = watched.auditor.state.players.get(ada);
  assert.ok(player !== undefined);
  Object.assign(player, { ticket: "ticket_of_nobody" });
  const before = watched.auditor.entries;
  await watched.append("a/1", connected("player_cay", "a/1"));
  assert.ok(watched.sentences.length > 0);
  for (const sentence of watched.sentences) assert.match(sentence, new RegExp(`^entry ${before + 1}: `));
});

test("[X4] money that comes from nowhere is a violation", async () => {
  const watched = new Watched();
  await watched.begin();
  Object.assign(watched.auditor.state.books, { deposits: 1n });
  await watched.append("a/1", connected("player_cay", "a/1"));
  assert.match(watched.sentences.join(), /5: deposits 1/);
});

test("[X5] a replica that differs is a violation, one that agrees is none", async () => {
  const watched = new Watched();
  await watched.begin();
  const replica = createState();
  const entries = watched.store.read({ from: 1, limit: 100 }).flatMap((batch) => [...entriesOf(batch)]);
  for (const entry of entries) watched.auditor.compare("b/1", entry, applyEntry(replica, entry));
  assert.deepEqual(watched.sentences, []);
  const last = entries.at(-1);
  assert.ok(last !== undefined);
  watched.auditor.compare("b/1", last, []);
  assert.match(watched.sentences.join(), /9: b\/1 differs at/);
});

test("[X7] the same log read again gives the same trace", async () => {
  const watched = new Watched();
  await watched.begin();
  const again = new MemoryLogStore({ now: () => 1_000 });
  const second = new Auditor(again);
  const log = again.connect();
  for (const { node, boot, sequence, count, commands } of watched.store.read({ from: 1, limit: 100 })) {
    await log.append({ node, boot, sequence, count, commands });
  }
  assert.ok(second.entries > 5);
  assert.equal(second.traceHash, watched.auditor.traceHash);
  assert.equal(second.entries, watched.auditor.entries);
});

test("[X21] a violation comes with the last entries that name what it names, and the one it came with", async () => {
  const watched = new Watched();
  const [ada] = await watched.begin();
  await watched.append("a/1", { type: "party.create", party: "party_x", player: ada, sizeMax: 2 });
  await watched.append("a/1", { type: "node.alive" });
  watched.auditor.violate(`1: ${ada} is in two places`);
  watched.auditor.violate("something that follows from it");
  const [first, second] = watched.auditor.violations;
  assert.equal(first?.history.length, 3);
  assert.match(first?.history[0] ?? "", /"type":"player.connected","player":"player_ada"/);
  assert.match(first?.history[1] ?? "", /"type":"party.create".* -> .*"type":"party.created"/);
  assert.match(first?.history[2] ?? "", /"type":"node.alive"/);
  assert.deepEqual(second?.history, []);
});
