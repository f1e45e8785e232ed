import { storeLimits } from "../../limits.ts";
import type { Query, Row } from "../../postgres/connections.ts";
import type { LogHead, StoredBatch } from "../port.ts";
import { refuseReadBefore } from "../refuse-trimmed.ts";

/** Answers the last position and its stamp. */
export async function readHead(query: Query): Promise<LogHead> {
  const [row] = await query("SELECT position, at FROM log_head()");
  return { position: Number(row?.position), at: Number(row?.at) };
}

/**
 * Batches in order. There are no gaps, so the batch that holds a position is the last one to begin by it. Floor and
 * batches are seen at one instant, for a trim between them would look like a gap.
 */
const readSql = `
  SELECT log_floor.position AS floor, batch.*
  FROM log_floor LEFT JOIN LATERAL (
    SELECT first_position AS first, at, node, boot, sequence, count, commands,
      sum(bytes) OVER (ORDER BY first_position ROWS UNBOUNDED PRECEDING) - bytes AS bytes_before
    FROM log_batch
    WHERE first_position >= (SELECT coalesce(max(first_position), 0) FROM log_batch WHERE first_position <= $1)
      AND last_position >= $1
    ORDER BY first_position LIMIT $2
  ) AS batch ON bytes_before < $3
  ORDER BY first
`;

/** Reads batches from the one that holds a position; the first of them comes whatever its length. */
export async function readBatches(
  query: Query,
  { from, limit }: { readonly from: number; readonly limit: number },
): Promise<StoredBatch[]> {
  const rows = await query(readSql, [from, Math.min(limit, storeLimits.readBatches), storeLimits.readText]);
  refuseReadBefore(Number(rows[0]?.floor), from);
  return rows.filter(({ first }) => first !== null).map(batchFrom);
}

/** A row of `log_batch` as the port has it. */
export function batchFrom(row: Row): StoredBatch {
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
