import type { Query, Row } from "../../postgres/connections.ts";
import { judgeAppend } from "../judge-append.ts";
import type { LogBatch, LogReceipt } from "../port.ts";

const appendSql = {
  name: "log_append",
  text: "SELECT last_sequence, first, stamp, same_commands FROM log_append($1, $2, $3, $4, $5)",
} as const;

/** Stores one batch as one row, in one round trip; the server gives out positions and stamps, judging is done here. */
export async function appendBatch(query: Query, batch: LogBatch): Promise<LogReceipt> {
  const { node, boot, sequence, count, commands } = batch;
  const [row = {}] = await query(appendSql, [node, boot, sequence, count, commands]);
  const receipt = { first: Number(row.first), at: Number(row.stamp) };
  return judgeAppend(batch, Number(row.last_sequence), () => rememberedIn(row, receipt)) ?? receipt;
}

function rememberedIn(row: Row, receipt: LogReceipt) {
  return row.first === null ? undefined : { receipt, sameText: row.same_commands === true };
}
