import assert from "node:assert/strict";
import { test } from "node:test";
import { applyEntry, type Command, createState, type PlayerId } from "@matchforge/core";
import { type Log, MemoryLogStore } from "@matchforge/stores";
import { entriesOf } from "matchforge";
import { Auditor } from "../src/world/auditor.ts";
import { worldRules } from "../src/world/world-rules.ts";

/** A log with one node and what it appends, watched by an auditor. */
class Watched {
  readonly store = new MemoryLogStore({ now: () => 1_000 });
  readonly auditor = new Auditor(this.store);
  readonly #log: Log = this.store.connect();
  #sequence = 0;

  async append(...commands: Command[]): Promise<void> {
    this.#sequence += 1;
    await this.#log.append({
      node: "a",
      boot: "1",
      sequence: this.#sequence,
      count: commands.length,
      commands: JSON.stringify(commands),
    });
  }

  /** Two connected players. */
  async begin(): Promise<PlayerId[]> {
    const players: PlayerId[] = ["player_ada", "player_bob"];
    await this.append({ type: "node.up", levels: [1] }, { type: "node.lead" });
    await this.append({ type: "rules.configure", rules: worldRules() });
    await this.append(
      ...players.map((player): Command => ({ type: "player.connected", player, node: "a/1", guest: true })),
    );
    return players;
  }
}

test("[X4] a state that breaks an invariant is a violation from that entry on", async () => {
  const watched = new Watched();
  const [ada] = await watched.begin();
  assert.deepEqual(watched.auditor.violations, []);
  const player = watched.auditor.state.players.get(ada as PlayerId);
  assert.ok(player !== undefined);
  Object.assign(player, { ticket: "ticket_of_nobody" });
  const before = watched.auditor.entries;
  await watched.append({ type: "node.alive" });
  assert.ok(watched.auditor.violations.length > 0);
  for (const violation of watched.auditor.violations)
    assert.match(violation, new RegExp(`^entry ${before + 1}: `));
});

test("[X4] money that comes from nowhere is a violation", async () => {
  const watched = new Watched();
  await watched.begin();
  Object.assign(watched.auditor.state.books, { deposits: 1n });
  await watched.append({ type: "node.alive" });
  assert.ok(watched.auditor.violations.length > 0);
});

test("[X5] a replica that differs is a violation, one that agrees is none", async () => {
  const watched = new Watched();
  await watched.begin();
  const replica = createState();
  const entries = watched.store.read({ from: 1, limit: 100 }).flatMap((batch) => [...entriesOf(batch)]);
  for (const entry of entries) watched.auditor.compare("b/1", entry, applyEntry(replica, entry));
  assert.deepEqual(watched.auditor.violations, []);
  const last = entries.at(-1);
  assert.ok(last !== undefined);
  watched.auditor.compare("b/1", last, []);
  assert.match(watched.auditor.violations.join(), /9: b\/1 differs at/);
});

test("[X7] the same log read again gives the same trace", async () => {
  const watched = new Watched();
  const players = await watched.begin();
  const again = new MemoryLogStore({ now: () => 1_000 });
  const second = new Auditor(again);
  const log = again.connect();
  for (const { node, boot, sequence, count, commands } of watched.store.read({ from: 1, limit: 100 })) {
    await log.append({ node, boot, sequence, count, commands });
  }
  assert.ok(players.length > 0);
  assert.equal(second.traceHash, watched.auditor.traceHash);
  assert.equal(second.entries, watched.auditor.entries);
});
