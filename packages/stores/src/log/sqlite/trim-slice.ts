import type { DatabaseSync } from "node:sqlite";
import { storeLimits } from "../../limits.ts";
import { refuseTrimBeyond } from "../refuse-trimmed.ts";
import { digestOf } from "./append-batch.ts";

type Row = Record<string, unknown>;

/** Drops a bounded part of what a trim may drop, and answers whether nothing is left to drop. */
export function prepareTrim(database: DatabaseSync): (options: { readonly before: number }) => boolean {
  const newest = database.prepare(
    "SELECT max(position) AS position FROM log_snapshot WHERE chunks IS NOT NULL",
  );
  const dropSnapshots = database.prepare(`
    DELETE FROM log_snapshot WHERE chunks IS NOT NULL AND snapshot NOT IN (
      SELECT snapshot FROM log_snapshot WHERE chunks IS NOT NULL ORDER BY position DESC LIMIT ?
    )
  `);
  const dropBatches = prepareDropBatches(database);
  const dropChunks = prepareDropChunks(database);
  return ({ before }) => {
    refuseTrimBeyond(Number(newest.get()?.position ?? 0), before);
    dropSnapshots.run(storeLimits.snapshotsKept);
    const batches = dropBatches(before);
    const chunks = dropChunks();
    return batches < storeLimits.trimBatchesPerSlice && chunks < storeLimits.trimChunksPerSlice;
  };
}

/** Drops the oldest batches and answers how many. What a retry or the next append needs of them is kept first. */
function prepareDropBatches(database: DatabaseSync): (before: number) => number {
  const oldest = database.prepare(`
    SELECT first_position, last_position, at, node, boot, sequence, commands FROM log_batch
    WHERE last_position < ? ORDER BY first_position LIMIT ?
  `);
  const successor = database.prepare("SELECT 1 FROM log_batch WHERE node = ? AND boot = ? AND sequence = ?");
  const keepWriter = database.prepare(`
    INSERT OR REPLACE INTO log_dropped_writer (node, boot, sequence, first_position, at, digest)
    VALUES (?, ?, ?, ?, ?, ?)
  `);
  const keepFloor = database.prepare("UPDATE log_floor SET position = ?, at = ?");
  const drop = database.prepare("DELETE FROM log_batch WHERE first_position <= ?");
  return (before) => {
    const rows: Row[] = oldest.all(before, storeLimits.trimBatchesPerSlice);
    for (const row of rows) {
      const [node, boot, sequence] = [String(row.node), String(row.boot), Number(row.sequence)];
      if (successor.get(node, boot, sequence + 1) !== undefined) continue;
      keepWriter.run(
        node,
        boot,
        sequence,
        Number(row.first_position),
        Number(row.at),
        digestOf(String(row.commands)),
      );
    }
    const last = rows.at(-1);
    if (last === undefined) return 0;
    keepFloor.run(Number(last.last_position), Number(last.at));
    drop.run(Number(last.first_position));
    return rows.length;
  };
}

/** Chunks go in slices too: freeing a large snapshot at once would hold up appends. */
function prepareDropChunks(database: DatabaseSync): () => number {
  const drop = database.prepare(`
    DELETE FROM log_snapshot_chunk WHERE rowid IN (
      SELECT chunk.rowid FROM log_snapshot_chunk AS chunk LEFT JOIN log_snapshot USING (snapshot)
      WHERE log_snapshot.snapshot IS NULL LIMIT ?
    )
  `);
  return () => Number(drop.run(storeLimits.trimChunksPerSlice).changes);
}
