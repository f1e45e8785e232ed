import { createHash } from "node:crypto";
import type { LogBatch, StoredBatch } from "../port.ts";
import type { Mark } from "./log-state.ts";

/** A batch as Redis gives it back. */
export interface RedisBatch {
  readonly batch: StoredBatch;
  readonly mark: Mark;
  /** First position of the batch its writer appended before, 0 if there is none. */
  readonly previous: number;
}

/**
 * SHA-256 of who appended what. The sequence is left out: nodes hand batches of their own from thread to thread without
 * it, and a position and a stamp tell two batches with one text apart.
 */
export function digestOf({ node, boot, count, commands }: LogBatch): string {
  const head = JSON.stringify([node, boot, count]);
  return createHash("sha256").update(`${head}\n`).update(commands).digest("base64url");
}

/** The name of a writer. */
export function writerOf({ node, boot }: LogBatch): string {
  return JSON.stringify([node, boot]);
}

/** Where a batch stands and how it is told from others. */
export function markOf(batch: StoredBatch): Mark {
  return { last: batch.first + batch.count - 1, at: batch.at, digest: digestOf(batch) };
}

/** Reads the entries of the stream as `append.lua` writes them. */
export function batchesFrom(answer: unknown): RedisBatch[] {
  return (answer as [id: string, fields: string[]][]).map(([id, fields]) => {
    const [, at, , digest = "", , count, , node = "", , boot = "", , sequence, , previous, , commands = ""] =
      fields;
    const batch = {
      node,
      boot,
      sequence: Number(sequence),
      count: Number(count),
      commands,
      first: Number.parseInt(id, 10),
      at: Number(at),
    };
    const last = batch.first + batch.count - 1;
    return { batch, mark: { last, at: batch.at, digest }, previous: Number(previous) };
  });
}
