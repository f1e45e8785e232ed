import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { listSql } from "../src/archive/sqlite/queries.ts";
import { migrate } from "../src/sqlite/migrate.ts";

const indexes: Readonly<Record<keyof typeof listSql, RegExp>> = {
  leaderboard: /^SEARCH rating USING INDEX rating_leaderboard \(mode=\? AND <expr><\?\)$/,
  ratingHistory:
    /^SEARCH rating_change USING INDEX rating_change_history \(player_id=\? AND mode=\? AND position<\?\)$/,
};

for (const [name, plan] of Object.entries(indexes)) {
  test(`[N3] the ${name} is one search of its index, without sorting`, () => {
    const database = new DatabaseSync(":memory:");
    migrate(database);
    const sql = listSql[name as keyof typeof listSql];
    const values = Array.from({ length: sql.split("?").length - 1 }, () => 1);
    const steps = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values);
    database.close();
    assert.equal(steps.length, 1, JSON.stringify(steps));
    assert.match(String(steps[0].detail), plan);
  });
}

test("[S23] a file from before rules were kept finds them in its events", () => {
  const database = new DatabaseSync(":memory:");
  migrate(database);
  database.exec("DROP TABLE rules; DROP TABLE audit; DROP TABLE preferences; PRAGMA user_version = 3");
  const add = database.prepare(
    `INSERT INTO event (position, "index", type, at, payload) VALUES (?, 0, ?, 7, ?)`,
  );
  add.run(4, "rules.configured", '{"type":"rules.configured","version":1,"rules":{"modes":[{"gap":null}]}}');
  add.run(5, "node.up", '{"type":"node.up"}');
  migrate(database);
  const rows = database.prepare("SELECT * FROM rules").all();
  database.close();
  assert.deepEqual(
    rows.map((row) => ({ ...row })),
    [{ version: 1, rules: '{"modes":[{"gap":null}]}', at: 7, position: 4 }],
  );
});
