import type { DatabaseSync } from "node:sqlite";
import { storeLimits } from "../../limits.ts";
import type { LogHead, StoredBatch } from "../port.ts";
import { refuseReadBefore } from "../refuse-trimmed.ts";

/** Answers the head; a log trimmed to its end has it in the floor. */
export function prepareHead(database: DatabaseSync): () => LogHead {
  const last = database.prepare(`
    SELECT last_position AS position, at FROM log_batch ORDER BY first_position DESC LIMIT 1
  `);
  const floor = database.prepare("SELECT position, at FROM log_floor");
  return () => {
    const row = last.get() ?? floor.get();
    return { position: Number(row?.position), at: Number(row?.at) };
  };
}

/** Reads batches in order. There are no gaps, so the batch that holds a position is the last one to begin by it. */
export function prepareRead(
  database: DatabaseSync,
): (options: { readonly from: number; readonly limit: number }) => StoredBatch[] {
  const floor = database.prepare("SELECT position FROM log_floor");
  const batches = database.prepare(`
    SELECT first_position AS first, at, node, boot, sequence, count, commands FROM log_batch
    WHERE first_position >= (SELECT coalesce(max(first_position), 0) FROM log_batch WHERE first_position <= :from)
      AND last_position >= :from
    ORDER BY first_position LIMIT :limit
  `);
  return ({ from, limit }) => {
    refuseReadBefore(Number(floor.get()?.position), from);
    const found: StoredBatch[] = [];
    let text = 0;
    for (const row of batches.iterate({ from, limit: Math.min(limit, storeLimits.readBatches) })) {
      const batch = batchFrom(row);
      found.push(batch);
      text += batch.commands.length;
      if (text >= storeLimits.readText) break;
    }
    return found;
  };
}

function batchFrom(row: Record<string, unknown>): StoredBatch {
  return {
    node: String(row.node),
    boot: String(row.boot),
    sequence: Number(row.sequence),
    count: Number(row.count),
    commands: String(row.commands),
    first: Number(row.first),
    at: Number(row.at),
  };
}
