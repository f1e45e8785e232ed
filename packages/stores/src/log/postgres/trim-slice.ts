import { storeLimits } from "../../limits.ts";
import type { Query } from "../../postgres/connections.ts";
import { refuseTrimBeyond } from "../refuse-trimmed.ts";

/**
 * Drops a bounded part of what a trim may drop, in the transaction of `query`, and answers whether nothing is left to
 * drop. Appends pass meanwhile; another trim waits.
 */
export async function trimSlice(query: Query, before: number): Promise<boolean> {
  await query("SELECT FROM log_floor FOR UPDATE");
  const [newest] = await query("SELECT max(position) AS position FROM log_snapshot WHERE chunks IS NOT NULL");
  refuseTrimBeyond(Number(newest?.position ?? 0), before);
  await query(dropSnapshotsSql, [storeLimits.snapshotsKept]);
  const [dropped] = await query(dropBatchesSql, [before, storeLimits.trimBatchesPerSlice]);
  await query(forgetWritersSql, [storeLimits.postgresDroppedWriters]);
  const chunks = await query(dropChunksSql, [storeLimits.trimChunksPerSlice]);
  const batches = Number(dropped?.batches);
  return batches < storeLimits.trimBatchesPerSlice && chunks.length < storeLimits.trimChunksPerSlice;
}

/**
 * All snapshots older than the oldest that is kept, with those that were never completed: whoever writes a snapshot
 * may have died, and one that is overtaken by so many is of no use when it is complete.
 */
const dropSnapshotsSql = `
  DELETE FROM log_snapshot WHERE position < (
    SELECT min(position) FROM (
      SELECT position FROM log_snapshot WHERE chunks IS NOT NULL ORDER BY position DESC LIMIT $1
    ) AS kept
  )
`;

/**
 * Drops the oldest batches. What a retry or the next append needs of them is kept: of each (node, boot) the last batch,
 * unless a later one stands in the log. An append that is not committed yet needs what is kept here.
 */
const dropBatchesSql = `
  WITH oldest AS MATERIALIZED (
    SELECT first_position, last_position, at, node, boot, sequence, commands FROM log_batch
    WHERE first_position > (SELECT position FROM log_floor) AND last_position < $1
    ORDER BY first_position LIMIT $2
  ), keeping AS (
    INSERT INTO log_dropped_writer AS writer (node, boot, sequence, first_position, at, digest)
    SELECT node, boot, sequence, first_position, at, sha256(convert_to(commands, 'UTF8')) FROM oldest
    WHERE NOT EXISTS (
      SELECT FROM log_batch AS later
      WHERE later.node = oldest.node AND later.boot = oldest.boot AND later.sequence = oldest.sequence + 1
    )
    ON CONFLICT (node, boot) DO UPDATE SET
      sequence = excluded.sequence, first_position = excluded.first_position, at = excluded.at,
      digest = excluded.digest
  ), raising AS (
    UPDATE log_floor SET position = last.last_position, at = last.at
    FROM (SELECT last_position, at FROM oldest ORDER BY first_position DESC LIMIT 1) AS last
  ), dropping AS (
    DELETE FROM log_batch WHERE first_position IN (SELECT first_position FROM oldest)
  )
  SELECT count(*) AS batches FROM oldest
`;

/**
 * Every start of a node leaves a writer behind, for ever. Only so many are remembered, the latest: nodes append once a
 * second, so an older one has been silent while that many others came and went.
 */
const forgetWritersSql = `
  DELETE FROM log_dropped_writer WHERE first_position <= (
    SELECT first_position FROM log_dropped_writer ORDER BY first_position DESC OFFSET $1 LIMIT 1
  )
`;

/** Chunks go in slices too, so that no statement is long. */
const dropChunksSql = `
  DELETE FROM log_snapshot_chunk WHERE (snapshot, ordinal) IN (
    SELECT chunk.snapshot, chunk.ordinal FROM log_snapshot_chunk AS chunk LEFT JOIN log_snapshot USING (snapshot)
    WHERE log_snapshot.snapshot IS NULL LIMIT $1
  ) RETURNING ordinal
`;
