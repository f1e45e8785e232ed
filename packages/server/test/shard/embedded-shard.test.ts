import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, test } from "node:test";
import type { MatchId, PlayerId, TicketId } from "@matchforge/core";
import { StoreError } from "@matchforge/stores";
import { shardFileName } from "../../src/shard/embedded-shard.ts";
import type { RunningShard } from "../../src/shard/running-shard.ts";
import { systemIds } from "../../src/shard/threads/system-ids.ts";
import { connect, done, reaches, startShard } from "./shard-rig.ts";

let dataDir: string;
let running: RunningShard[];
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "matchforge-shard-"));
  running = [];
});
afterEach(async () => {
  for (const shard of running) await shard.stop();
  rmSync(dataDir, { recursive: true });
});

async function start(): Promise<RunningShard> {
  const shard = await startShard(dataDir);
  running.push(shard);
  return shard;
}

async function stop(shard: RunningShard): Promise<void> {
  running.splice(running.indexOf(shard), 1);
  await shard.stop();
}

async function enqueue(shard: RunningShard, player: PlayerId): Promise<TicketId> {
  const ticket = systemIds.next("ticket");
  await done(shard, {
    type: "ticket.enqueue",
    ticket,
    player,
    members: [player],
    party: null,
    pools: [{ mode: "quick", tier: null }],
    draw: 1,
    secretEpoch: [...shard.node.state.secretEpochs.keys()].at(-1) ?? 0,
  });
  return ticket;
}

/** Two players whom the engine thread has matched, in an ACTIVE match. */
async function playing(shard: RunningShard): Promise<MatchId> {
  for (const player of ["player_a", "player_b"] as const) {
    await connect(shard, player);
    await enqueue(shard, player);
  }
  await reaches(shard, ({ matches }) => [...matches.values()].some(({ phase }) => phase.state === "ACTIVE"));
  const [match] = shard.node.state.matches.keys();
  assert.ok(match !== undefined);
  return match;
}

test("[H24] a fresh folder becomes a shard: its node leads, its thread matches, its relay carries", async () => {
  const shard = await start();
  assert.ok(shard.node.alive && shard.node.leads);
  assert.equal(shard.node.state.rules.get(shard.node.state.rulesVersion)?.modes[0]?.id, "quick");
  const heard = new Promise((resolve) => shard.relay.subscribe("topic", resolve));
  shard.relay.publish("topic", "payload");
  assert.equal(await heard, "payload");
  const match = await playing(shard);
  assert.deepEqual(
    shard.node.state.matches
      .get(match)
      ?.players.map(({ id }) => id)
      .sort(),
    ["player_a", "player_b"],
  );
});

test("[H24] a restart goes on with every match and ticket; the time between counts for nothing", async () => {
  const first = await start();
  const match = await playing(first);
  await connect(first, "player_c");
  const ticket = await enqueue(first, "player_c");
  const before = first.node.state;
  const phase = before.matches.get(match)?.phase;
  const enqueuedAt = before.tickets.get(ticket)?.enqueuedAt;
  await stop(first);
  const stoppedAt = before.time;
  const second = await start();
  const { state } = second.node;
  const resumed = state.matches.get(match)?.phase;
  assert.ok(phase?.state === "ACTIVE" && resumed?.state === "ACTIVE");
  assert.deepEqual(
    [resumed.text, resumed.salt, resumed.startedAt],
    [phase.text, phase.salt, phase.startedAt],
  );
  assert.ok(resumed.endsAt >= phase.endsAt);
  assert.equal(state.tickets.get(ticket)?.enqueuedAt, enqueuedAt);
  assert.ok(state.position > before.position && state.time >= stoppedAt);
  await connect(second, "player_c");
  await connect(second, "player_d");
  await enqueue(second, "player_d");
  await reaches(second, ({ matches }) => matches.size === 2);
});

test("[H24] what was decided before a stop stands in the archive after it", async () => {
  const first = await start();
  const match = await playing(first);
  await done(first, { type: "match.abandon", match, player: "player_a" });
  await stop(first);
  const second = await start();
  const archived = await second.archive.match(match);
  assert.deepEqual([archived?.match.endReason, archived?.match.winners], ["forfeit", ["player_b"]]);
  assert.equal(archived?.players.length, 2);
});

test("[H24] restart after restart, the same players and ratings", async () => {
  for (let round = 0; round < 2; round += 1) {
    const shard = await start();
    const match = await playing(shard);
    await done(shard, { type: "match.abandon", match, player: "player_a" });
    const winner = shard.node.state.players.get("player_b")?.records.find(({ mode }) => mode === "quick");
    assert.deepEqual([winner?.games, winner?.wins], [round + 1, round + 1]);
    await stop(shard);
  }
});

test("[H24] after a stop nothing is taken any more, and nothing hangs", async () => {
  const shard = await start();
  await stop(shard);
  assert.deepEqual(await shard.node.submit({ type: "node.alive" }), { ok: false, code: "DRAINING" });
  await assert.rejects(shard.archive.cursor(), { code: "STORE_CLOSED" });
});

test("[H25] two never share a folder, and the first goes on", async () => {
  const first = await start();
  await assert.rejects(startShard(dataDir), { name: "StoreError", code: "FILE_IN_USE" });
  await connect(first, "player_a");
  await stop(first);
  await start();
});

test("[H25] a file that is no shard's is refused and left as it is", async () => {
  const text = "My diary. ".repeat(1_000);
  writeFileSync(path(), text);
  await assert.rejects(startShard(dataDir), (error) => error instanceof StoreError);
  assert.equal(readFileSync(path(), "utf8"), text);
});

const path = () => join(dataDir, shardFileName);

/** Changes the text of the newest snapshot's first chunk; answers what it was. */
function changeSnapshot(change: (text: string) => string): string {
  const database = new DatabaseSync(path());
  const { snapshot, text } = database
    .prepare("SELECT snapshot, text FROM log_snapshot_chunk WHERE ordinal = 0 ORDER BY snapshot DESC LIMIT 1")
    .get() as { snapshot: number; text: string };
  database
    .prepare("UPDATE log_snapshot_chunk SET text = ? WHERE ordinal = 0 AND snapshot = ?")
    .run(change(text), snapshot);
  database.close();
  return text;
}

const damages: readonly (readonly [string, (text: string) => string])[] = [
  ["cut off", (text) => text.slice(0, text.length / 2)],
  ["no JSON", () => "[{"],
  ["empty", () => ""],
  ["another player's", (text) => text.replaceAll("player_a", "player_b")],
];
for (const [damage, change] of damages) {
  test(`[H25] [H27] a snapshot that is ${damage} ends the start, which says which file it is and leaves nothing behind`, async () => {
    const first = await start();
    await connect(first, "player_a");
    await stop(first);
    const text = changeSnapshot(change);
    for (let attempt = 0; attempt < 2; attempt += 1) {
      await assert.rejects(startShard(dataDir), (error) => {
        assert.ok(error instanceof StoreError && error.code === "CORRUPT", String(error));
        assert.ok(error.message.startsWith(`${path()} is damaged: its snapshot`), error.message);
        return /Keep a copy of it.*restore a backup/.test(error.message);
      });
    }
    changeSnapshot(() => text);
    const second = await start();
    assert.ok(second.node.state.players.has("player_a"));
  });
}
