import { StoreError } from "../../errors.ts";
import type { Query } from "../../postgres/connections.ts";
import type { PostgresLines } from "../../postgres/postgres-lines.ts";
import { assertBatch, assertPosition } from "../assert-arguments.ts";
import type { LogMirror } from "../mirror-port.ts";
import type { LogHead, StoredBatch } from "../port.ts";
import { batchFrom, readHead } from "./read-batches.ts";

/** A copy of another log in the tables of a PostgreSQL log. */
export class PostgresMirror implements LogMirror {
  readonly #lines: PostgresLines;

  constructor(lines: PostgresLines) {
    this.#lines = lines;
  }

  async head(): Promise<LogHead> {
    return readHead(this.#lines.log.query);
  }

  async store(batches: readonly StoredBatch[]): Promise<void> {
    for (const batch of batches) {
      assertBatch(batch);
      assertPosition(batch.first);
    }
    if (batches.length === 0) return;
    await this.#lines.appends.transaction(async (query) => {
      // The turn of an append: what is copied keeps the order of what is there.
      await query("SELECT FROM log_turn FOR UPDATE");
      const head = await readHead(query);
      await refuseOthers(
        query,
        batches.filter(({ first }) => first <= head.position),
      );
      const fresh = batches.filter(({ first }) => first > head.position);
      refuseGaps(head, fresh);
      await query(insertSql, [JSON.stringify(fresh)]);
    });
    this.#lines.wakes.tell();
  }
}

const insertSql = `
  INSERT INTO log_batch (first_position, last_position, at, node, boot, sequence, count, commands)
  SELECT first, first + count - 1, at, node, boot, sequence, count, commands
  FROM json_to_recordset($1) AS given (
    first bigint, at bigint, node text, boot text, sequence bigint, count bigint, commands text
  )
`;

/** What the copy holds already has to be the same; what was trimmed from it is not there to compare. */
async function refuseOthers(query: Query, known: readonly StoredBatch[]): Promise<void> {
  if (known.length === 0) return;
  const stored = await query(storedSql, [known.map(({ first }) => first)]);
  const copies = new Map(stored.map((row) => [Number(row.first), batchFrom(row)]));
  const floor = Number((await query("SELECT position FROM log_floor"))[0]?.position);
  for (const batch of known) {
    if (batch.first <= floor || isSame(batch, copies.get(batch.first))) continue;
    throw conflict(batch, "the copy holds something else there");
  }
}

const storedSql = `
  SELECT first_position AS first, at, node, boot, sequence, count, commands FROM log_batch
  WHERE first_position = ANY ($1)
`;

function refuseGaps(head: LogHead, fresh: readonly StoredBatch[]): void {
  let { position, at } = head;
  for (const batch of fresh) {
    if (batch.first !== position + 1) {
      const reason = `Batch ${batch.first} does not follow position ${position} of the copy.`;
      throw new StoreError("SEQUENCE_GAP", reason);
    }
    if (batch.at < at) throw conflict(batch, `its stamp is before ${at}, the last one of the copy`);
    position += batch.count;
    at = batch.at;
  }
}

function isSame(batch: StoredBatch, copy: StoredBatch | undefined): boolean {
  if (copy === undefined) return false;
  const fields = Object.keys(copy) as (keyof StoredBatch)[];
  return fields.every((field) => batch[field] === copy[field]);
}

function conflict(batch: StoredBatch, reason: string): StoreError {
  const advice = "It is the copy of another log: use an empty schema.";
  return new StoreError("SEQUENCE_CONFLICT", `Batch ${batch.first} cannot be copied: ${reason}. ${advice}`);
}
