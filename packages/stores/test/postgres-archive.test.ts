import assert from "node:assert/strict";
import { test } from "node:test";
import { startPostgres } from "@matchforge/testbed";
import { Client } from "pg";
import { listSql } from "../src/archive/postgres/queries.ts";
import type { ArchiveRow, EventRow } from "../src/index.ts";
import { testSchema } from "./postgres-schema.ts";

function eventAt(position: number): EventRow {
  const [matchId, playerId] = [`match_${position}`, `player_${position % 100}`];
  const payload = JSON.stringify({ type: "match.created", name: 'a "quoted" \\ name \u0000 é' });
  return { position, index: 0, type: "match.created", matchId, playerId, at: position, payload };
}

function ratingOf(playerId: string, rating: number): ArchiveRow {
  const row = { playerId, mode: "duel", rating, deviation: 40, volatility: 0.06, games: 3, wins: 1 };
  return { table: "rating", row: { ...row, meanWpm: 71.5, updatedAt: 9 } };
}

function playerSeen(playerId: string, seen: { first: number; last: number }): ArchiveRow {
  const row = { playerId, address: null, guest: false, firstSeenAt: seen.first, lastSeenAt: seen.last };
  return { table: "player", row };
}

const start = { position: 0, index: 0 };

test("[S75] nodes that commit the same stretch at the same time both succeed, and it is stored once", async () => {
  await using schema = await testSchema();
  const archives = await Promise.all([1, 2, 3].map(async () => (await schema.open()).archive()));
  const events = Array.from({ length: 2_000 }, (_, index) => eventAt(index + 1));
  const rows = events.map(({ playerId, position }) => ratingOf(playerId ?? "", position));
  // The second node's stretch goes further: only what is beyond the other's is new in it.
  const further = { cursor: 2_001, events: [...events.slice(1_000), eventAt(2_001)], rows: [] };
  await Promise.all([
    archives[0]?.commit({ cursor: 2_000, events, rows }),
    archives[1]?.commit({ cursor: 2_000, events, rows }),
  ]);
  await Promise.all(archives.map((archive) => archive.commit(further)));
  assert.deepEqual(await archives[2]?.events({ from: start, limit: 9_999 }), [...events, eventAt(2_001)]);
  assert.equal(await archives[2]?.cursor(), 2_001);
  const best = await archives[2]?.leaderboard({ mode: "duel", limit: 1 });
  assert.deepEqual(best?.[0], ratingOf("player_0", 2_000).row);
});

test("[S22] of rows with one key in one commit the last holds, and a player keeps the first sight", async () => {
  await using schema = await testSchema();
  const archive = (await schema.open()).archive();
  const sights = [playerSeen("p", { first: 9, last: 10 }), playerSeen("p", { first: 3, last: 12 })];
  await archive.commit({ cursor: 1, events: [], rows: [...sights, playerSeen("p", { first: 5, last: 11 })] });
  const { player } = (await archive.player("p")) ?? {};
  assert.deepEqual([player?.firstSeenAt, player?.lastSeenAt], [3, 11]);
});

test("[S76] everything is ordered by bytes, whatever the database's own order is", async () => {
  await using server = await startPostgres();
  const admin = new Client({ connectionString: server.url });
  await admin.connect();
  await admin.query(
    "CREATE DATABASE danish LOCALE_PROVIDER icu ICU_LOCALE 'da' LOCALE 'C' ENCODING 'UTF8' TEMPLATE template0",
  );
  await admin.end();
  const url = new URL(server.url);
  url.pathname = "/danish";
  await using schema = await testSchema({ url: url.href });
  const archive = (await schema.open()).archive();
  const ids = ["b", "B", "aa", "a", "ø", "_", "Z", "z", "10", "9"];
  assert.notDeepEqual(
    (await schema.run("SELECT unnest($1::text[]) AS id ORDER BY id", [ids])).map(({ id }) => id),
    ids.toSorted(),
  );
  await archive.commit({ cursor: 1, events: [], rows: ids.map((id) => ratingOf(id, 1500)) });
  const best = await archive.leaderboard({ mode: "duel", limit: 99 });
  assert.deepEqual(
    best.map(({ playerId }) => playerId),
    ids.toSorted(),
  );
  const after = { estimate: 1420, playerId: "Z" };
  const behind = await archive.leaderboard({ mode: "duel", limit: 99, after });
  assert.deepEqual(
    behind.map(({ playerId }) => playerId),
    ids.filter((id) => id > "Z").sort(),
  );
});

const indexes: Readonly<Record<keyof typeof listSql, string>> = {
  leaderboard: "rating_leaderboard",
  ratingHistory: "rating_change_history",
};
for (const [name, index] of Object.entries(indexes)) {
  test(`[S74] the ${name} is one search of its index, without sorting`, async () => {
    await using schema = await testSchema();
    await schema.open();
    await schema.run(
      `INSERT INTO rating SELECT 'player_' || place, 'duel', place % 700, 50, 0.06, 1, 1, 70, 9
       FROM generate_series(1, 5000) AS place`,
    );
    await schema.run(
      `INSERT INTO rating_change SELECT 'player_' || place % 50, 'duel', 'match_' || place, 1, 2, 3, place
       FROM generate_series(1, 5000) AS place`,
    );
    await schema.run("ANALYZE rating, rating_change");
    const values = name === "leaderboard" ? ["duel", 600, "player_7", 20] : ["player_7", "duel", 4_000, 20];
    const steps = await schema.run(`EXPLAIN (COSTS OFF) ${listSql[name as keyof typeof listSql]}`, values);
    const plan = steps.map((step) => String(step["QUERY PLAN"]));
    assert.match(plan[0] ?? "", /^Limit$/);
    assert.match(plan[1] ?? "", new RegExp(`^  ->  Index Scan (Backward )?using ${index} on`));
    assert.match(plan[2] ?? "", /^ +Index Cond: .*mode = 'duel'/);
    assert.ok(!plan.some((step) => step.includes("Sort")), plan.join("\n"));
  });
}
