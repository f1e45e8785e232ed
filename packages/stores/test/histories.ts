/** What tests of logs on servers have in common: appending as a node does, and looking at what became of it. */
import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import { type Log, type LogBatch, type LogReceipt, type StoredBatch, StoreError } from "../src/index.ts";

/** Whether an error has a code. */
export const codeIs = (code: string) => (error: unknown) => (error as { code?: string }).code === code;

/** Appends as a node does: what failed or is in doubt is tried again as it was. */
export async function appendUntilKnown(log: Log, batch: LogBatch): Promise<LogReceipt> {
  for (;;) {
    try {
      return await log.append(batch);
    } catch (error) {
      if (!(error instanceof StoreError) || error.code !== "STORE_UNAVAILABLE") throw error;
      await pause(10);
    }
  }
}

/** Everything a log holds from a position on. */
export async function readWhole(log: Log, from = 1): Promise<StoredBatch[]> {
  const whole: StoredBatch[] = [];
  for (;;) {
    const batches = await log.read({ from, limit: 1_000 });
    const last = batches.at(-1);
    if (last === undefined) return whole;
    whole.push(...batches);
    from = last.first + last.count;
  }
}

/** Positions follow each other, stamps do not go back, and each writer's batches are in order, every one once. */
export function assertOneOrder(batches: readonly StoredBatch[]): void {
  let [next, at] = [1, 0];
  const sequences = new Map<string, number>();
  for (const batch of batches) {
    assert.equal(batch.first, next);
    assert.ok(batch.at >= at);
    const writer = `${batch.node}/${batch.boot}`;
    assert.equal(batch.sequence, (sequences.get(writer) ?? 0) + 1);
    assert.equal(JSON.parse(batch.commands).length, batch.count);
    sequences.set(writer, batch.sequence);
    next += batch.count;
    at = batch.at;
  }
}
