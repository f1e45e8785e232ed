import { loadScript } from "../../redis/script.ts";
import { judgeAppend } from "../judge-append.ts";
import type { LogBatch, LogReceipt } from "../port.ts";
import { type LogAccess, run } from "./log-access.ts";
import { readWriterBatch } from "./read-batches.ts";
import { digestOf, writerOf } from "./redis-batch.ts";
import type { Witness } from "./witness.ts";

const script = loadScript(new URL("./append.lua", import.meta.url));

/** The last batch of a writer, as the log remembers it. */
interface WriterRecord {
  readonly sequence: number;
  readonly first: number;
  readonly at: number;
  readonly digest: string;
}

/** Appends a batch, naming the newest one that was seen; what it answers counts as seen. */
export async function appendBatch(access: LogAccess, witness: Witness, batch: LogBatch): Promise<LogReceipt> {
  const { head, batches, writers, wakeUps } = access.keys;
  const { node, boot, sequence, count, commands } = batch;
  const { seen } = witness;
  const digest = digestOf(batch);
  const answer = (await run(access, script, {
    keys: [head, batches, writers],
    values: [
      ...[writerOf(batch), sequence, count, digest, commands, node, boot, wakeUps],
      ...[seen.last, seen.at, seen.digest],
    ],
  })) as [kind: string, ...values: (string | number)[]];
  const [kind, ...values] = answer;
  if (kind === "filling") throw witness.beingRestored();
  if (kind === "diverged") throw witness.diverge(reasonOf({ last: Number(values[0]), seen: seen.last }));
  const receipt =
    kind === "stored"
      ? { first: Number(values[0]), at: Number(values[1]) }
      : await knownReceipt(access, batch, { record: recordFrom(`${values[0]}`), digest });
  witness.see({ last: receipt.first + count - 1, at: receipt.at, digest });
  return receipt;
}

/** The receipt of a batch whose sequence does not follow its writer's last one, or the error that says why it has none. */
async function knownReceipt(
  access: LogAccess,
  batch: LogBatch,
  { record, digest }: { readonly record: WriterRecord; readonly digest: string },
): Promise<LogReceipt> {
  const { sequence } = batch;
  const found =
    sequence < record.sequence ? await readWriterBatch(access, { first: record.first, sequence }) : record;
  const remembered = found && {
    receipt: { first: found.first, at: found.at },
    sameText: found.digest === digest,
  };
  const receipt = judgeAppend(batch, record.sequence, () => remembered);
  if (receipt === undefined) throw new Error("Redis took no batch that it should have taken.");
  return receipt;
}

function recordFrom(text: string): WriterRecord {
  const [sequence, first, at, digest = ""] = text.split(" ");
  return { sequence: Number(sequence), first: Number(first), at: Number(at), digest };
}

function reasonOf({ last, seen }: { readonly last: number; readonly seen: number }): string {
  return last < seen ? `it ends at ${last}` : "another batch stands there, or it was trimmed since";
}
