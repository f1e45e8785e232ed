import assert from "node:assert/strict";
import { test } from "node:test";
import { applyEntry, createState, restoreState, snapshotChunks, stateHash } from "../../src/index.ts";
import { accept, active, counted, finish, matched, preparing, ready, resolved } from "./duels.ts";
import { Shard } from "./shard.ts";

const situations: Readonly<Record<string, () => Shard>> = {
  "an empty shard": () => new Shard(),
  "a started shard": () => Shard.started(),
  "a waiting, warned and absent ticket": () => {
    const shard = Shard.started();
    shard.enqueue(shard.connect("ada"), "duel", { wishes: { opponentMax: 1_500 } });
    shard.wait(130_000);
    shard.disconnect("player_ada");
    return shard;
  },
  "a matched duel": () => matched().shard,
  "a preparing duel": () => preparing().shard,
  "a duel in its countdown": () => ready().shard,
  "a duel that waits for its text": () => counted().shard,
  "a duel in play, one player away": () => {
    const duel = active();
    duel.shard.disconnect(duel.ada);
    return duel.shard;
  },
  "a duel in its counting second": () => {
    const { shard } = active();
    shard.wait(60_000);
    return shard;
  },
  "a resolved duel": () => resolved().shard,
  "a requeued ticket": () => {
    const { shard, match, bob } = ready();
    shard.apply({ type: "match.abandon", match, player: bob });
    return shard;
  },
};

/** What happens next in any shard: what is under way ends, then players come and one stays away. */
function future(shard: Shard): void {
  if (shard.state.rules.size === 0) {
    shard.apply({ type: "node.up", levels: [1] });
    return;
  }
  shard.wait(400_000);
  for (const match of [...shard.state.matches.keys()]) {
    shard.apply({ type: "effect.done", key: `settle:${match}`, txHash: null });
  }
  const duel = matched("arena", shard);
  accept(duel, duel.ada);
  shard.wait(90_000);
}

for (const [what, make] of Object.entries(situations)) {
  test(`[K39] ${what} restored from a snapshot has the same hash and the same future`, () => {
    const shard = make();
    const restored = shard.copy();
    assert.equal(stateHash(restored), stateHash(shard.state));
    const from = shard.entries.length;
    future(shard);
    const original = createState();
    for (const entry of shard.entries.slice(0, from)) applyEntry(original, entry);
    for (const entry of shard.entries.slice(from)) {
      assert.deepEqual(applyEntry(restored, entry), applyEntry(original, entry));
    }
    assert.equal(stateHash(restored), stateHash(shard.state));
  });

  test(`[K1] ${what} replayed from its log is the same, event for event`, () => {
    const shard = make();
    const replayed = createState();
    const replayedAgain = createState();
    for (const entry of shard.entries) {
      assert.deepEqual(
        applyEntry(replayed, entry),
        applyEntry(replayedAgain, JSON.parse(JSON.stringify(entry))),
      );
    }
    assert.equal(stateHash(replayed), stateHash(shard.state));
    assert.equal(stateHash(replayedAgain), stateHash(shard.state));
  });
}

test("[K39] a restored shard says the same about the same entry", () => {
  const duel = active();
  duel.shard.wait(1_000);
  const restored = duel.shard.copy();
  const events = finish(duel, duel.bob);
  assert.deepEqual(applyEntry(restored, duel.shard.entries.at(-1)!), events);
});

test("[K40] a snapshot comes in chunks of at most 500 records", () => {
  const shard = Shard.started();
  for (let index = 0; index < 600; index += 1) shard.connect(`p${index}`);
  const chunks = [...snapshotChunks(shard.state)];
  assert.deepEqual(
    chunks.map((chunk) => JSON.parse(chunk).length),
    [500, 104],
  );
});

test("[K41] any difference in meaning changes the hash", () => {
  const { shard, ada, match } = active();
  const before = stateHash(shard.state);
  const changes: (() => void)[] = [
    () => shard.state.time++,
    () => (shard.player(ada).available += 1n),
    () => (shard.match(match).players[0].absentUntil = 5),
    () => shard.state.effects.set("x", { key: "x", kind: "begin", matchId: match, since: 0 }),
    () => shard.state.nodes.delete(shard.node),
  ];
  const hashes = changes.map((change) => {
    change();
    return stateHash(shard.state);
  });
  assert.equal(new Set([before, ...hashes]).size, changes.length + 1);
});

test("[K42] a snapshot of an unknown level is an error", () => {
  assert.throws(() => restoreState(['[["guild",{}]]']), /no line of kind guild/);
});
