import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { type AuditLine, brokenAuditLine, openSqliteFile } from "../src/index.ts";
import { testSchema } from "./postgres-schema.ts";

const line: AuditLine = {
  position: 3,
  at: 9,
  actor: "player_root",
  action: "rules.adopt",
  object: "rules",
  detail: null,
  reason: "the files are right again",
  outcome: "done",
};
const batch = { cursor: 4, events: [], rows: [], audit: [line, { ...line, position: 4 }] };

/** Every way to change what was done. */
const attempts = [
  "UPDATE audit SET reason = 'another'",
  "DELETE FROM audit WHERE position = 3",
  "INSERT INTO audit SELECT * FROM audit WHERE position = 3",
] as const;

test("[AD14] nobody changes or drops a line of the audit in a SQLite file", async () => {
  const folder = mkdtempSync(join(tmpdir(), "matchforge-audit-"));
  const path = join(folder, "shard.db");
  try {
    const file = await openSqliteFile({ path });
    await file.archive().commit(batch);
    await file.close();
    const database = new DatabaseSync(path);
    const replace = "INSERT OR REPLACE INTO audit SELECT * FROM audit WHERE position = 3";
    for (const sql of [...attempts, replace, "DELETE FROM audit"])
      assert.throws(() => database.exec(sql), /the audit is append-only/, sql);
    database.close();
    const again = await openSqliteFile({ path });
    const archive = again.archive();
    assert.deepEqual((await archive.audit({ limit: 9 })).length, 2);
    assert.equal(await brokenAuditLine(archive), null);
    await again.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("[AD14] nobody changes or drops a line of the audit in PostgreSQL", async () => {
  await using schema = await testSchema();
  const archive = (await schema.open()).archive();
  await archive.commit(batch);
  for (const sql of [...attempts, "TRUNCATE audit", "DELETE FROM audit"])
    await assert.rejects(schema.run(sql), /the audit is append-only|duplicate key/, sql);
  assert.deepEqual((await archive.audit({ limit: 9 })).length, 2);
  assert.equal(await brokenAuditLine(archive), null);
});

test("[AD13] whoever changes a line past the triggers is found", async () => {
  await using schema = await testSchema();
  const archive = (await schema.open()).archive();
  await archive.commit(batch);
  await schema.run("ALTER TABLE audit DISABLE TRIGGER ALL");
  await schema.run("UPDATE audit SET reason = 'another' WHERE position = 3");
  assert.equal(await brokenAuditLine(archive), 3);
});
