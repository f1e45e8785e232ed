import assert from "node:assert/strict";
import type { LogBatch, SnapshotMeta } from "./port.ts";

/** A wrong batch is a bug of the caller, so every adapter stops it before it reaches the store. */
export function assertBatch(batch: LogBatch): void {
  assert(batch.node !== "" && batch.boot !== "", "A batch names its node and its boot.");
  assertPosition(batch.sequence);
  assertPosition(batch.count);
}

/** Snapshots are taken after an entry, so there is none at position 0. */
export function assertSnapshot(meta: SnapshotMeta): void {
  assertPosition(meta.position);
  assert(Number.isSafeInteger(meta.level), "A snapshot's level is a whole number.");
}

/** Positions, sequences and counts start at 1. */
export function assertPosition(value: number): void {
  assert(Number.isSafeInteger(value) && value >= 1, `${value} is not a whole number from 1 up.`);
}
