import assert from "node:assert/strict";
import type { ArchiveBatch } from "./port.ts";

/** A cursor beyond its events is how a projection is found complete, so events beyond the cursor are a bug. */
export function assertArchiveBatch(batch: ArchiveBatch): void {
  assert(Number.isSafeInteger(batch.cursor) && batch.cursor >= 0, "A cursor is a position of the log.");
  for (const event of batch.events) {
    assert(event.position <= batch.cursor, `Event ${event.position}.${event.index} lies beyond the cursor.`);
  }
  let last = 0;
  for (const { position } of batch.audit ?? []) {
    assert(position > last && position <= batch.cursor, `Line ${position} of the audit has no place in it.`);
    last = position;
  }
}

/** Queries take whole limits of at least 1. */
export function assertLimit(limit: number): void {
  assert(Number.isSafeInteger(limit) && limit >= 1, `${limit} is not a limit.`);
}
