import { StoreError } from "../errors.ts";
import type { LogBatch, LogReceipt } from "./port.ts";

/** What an adapter remembers of the batch that already has this sequence. */
interface Remembered {
  readonly receipt: LogReceipt;
  readonly sameText: boolean;
}

/**
 * Judges an append against the last sequence of its (node, boot), 0 if there is none. Answers the original receipt
 * of a batch already present, or undefined when the batch is to be stored. `remembered` is asked only for a
 * sequence that was used before, and answers undefined when that batch was trimmed.
 */
export function judgeAppend(
  batch: LogBatch,
  last: number,
  remembered: () => Remembered | undefined,
): LogReceipt | undefined {
  if (batch.sequence === last + 1) return undefined;
  if (batch.sequence > last) {
    throw new StoreError("SEQUENCE_GAP", `${nameOf(batch)} skips sequence ${last + 1}.`);
  }
  const present = remembered();
  if (present === undefined) {
    throw new StoreError("TRIMMED", `${nameOf(batch)} was stored and has been trimmed since.`);
  }
  if (!present.sameText) {
    throw new StoreError("SEQUENCE_CONFLICT", `${nameOf(batch)} was stored with other commands.`);
  }
  return present.receipt;
}

function nameOf(batch: LogBatch): string {
  return `Batch ${batch.sequence} of ${batch.node}/${batch.boot}`;
}
