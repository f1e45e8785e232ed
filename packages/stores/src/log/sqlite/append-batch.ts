import { createHash } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import { judgeAppend } from "../judge-append.ts";
import type { LogBatch, LogReceipt } from "../port.ts";
import { prepareHead } from "./read-batches.ts";

/**
 * Stores one batch as one row. Everything is asked of the database, nothing is remembered beside it, so a rolled
 * back group leaves nothing to repair.
 */
export function prepareAppend(database: DatabaseSync): (batch: LogBatch) => LogReceipt {
  const head = prepareHead(database);
  const lastSequence = prepareLastSequence(database);
  const remembered = prepareRemembered(database);
  const insert = database.prepare(`
    INSERT INTO log_batch (first_position, last_position, at, node, boot, sequence, count, commands)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
  `);
  return (batch) => {
    const present = judgeAppend(batch, lastSequence(batch), () => remembered(batch));
    if (present !== undefined) return present;
    const { position, at: previousAt } = head();
    const first = position + 1;
    const at = Math.max(Date.now(), previousAt);
    const { node, boot, sequence, count, commands } = batch;
    insert.run(first, position + count, at, node, boot, sequence, count, commands);
    return { first, at };
  };
}

/** A SHA-256 of commands, kept in place of them once their batch is dropped. */
export function digestOf(commands: string): string {
  return createHash("sha256").update(commands).digest("hex");
}

function prepareLastSequence(database: DatabaseSync): (batch: LogBatch) => number {
  const statement = database.prepare(`
    SELECT coalesce(
      (SELECT max(sequence) FROM log_batch WHERE node = :node AND boot = :boot),
      (SELECT sequence FROM log_dropped_writer WHERE node = :node AND boot = :boot),
      0
    ) AS sequence
  `);
  return ({ node, boot }) => Number(statement.get({ node, boot })?.sequence);
}

function prepareRemembered(database: DatabaseSync) {
  const batches = database.prepare(`
    SELECT first_position, at, commands FROM log_batch WHERE node = ? AND boot = ? AND sequence = ?
  `);
  const dropped = database.prepare(`
    SELECT first_position, at, digest FROM log_dropped_writer WHERE node = ? AND boot = ? AND sequence = ?
  `);
  return ({ node, boot, sequence, commands }: LogBatch) => {
    const row = batches.get(node, boot, sequence) ?? dropped.get(node, boot, sequence);
    if (row === undefined) return undefined;
    const receipt = { first: Number(row.first_position), at: Number(row.at) };
    const sameText = row.digest === undefined ? row.commands === commands : row.digest === digestOf(commands);
    return { receipt, sameText };
  };
}
