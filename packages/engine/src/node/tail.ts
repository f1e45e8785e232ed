import type { Log, LogReceipt, StoredBatch } from "@matchforge/stores";
import { StoreError } from "@matchforge/stores/errors";
import { engineLimits } from "../limits.ts";
import type { Clock, Report } from "../ports.ts";
import type { AppendedBatch } from "./appender.ts";
import { entriesOf } from "./batch-codec.ts";
import type { Replica } from "./replica.ts";

/**
 * Keeps a replica at the head of the log. Batches of this node that follow directly are applied as they
 * were sent; everything else is read. All work is done one step after the other.
 */
export class Tail {
  readonly #options: TailOptions;
  #work: Promise<void> = Promise.resolve();
  #reading = false;
  #lookPlanned = false;

  constructor(options: TailOptions) {
    this.#options = options;
  }

  /** Applies a batch of this node that the log has just taken. */
  own(batch: AppendedBatch): Promise<void> | void {
    const { replica, node: name, boot, onBatch } = this.#options;
    const direct = !this.#reading && batch.receipt.first === replica.position + 1;
    if (!direct) return this.catchUp(lastOf(batch.receipt, batch.commands.length));
    const { receipt, commands, text } = batch;
    onBatch({ ...receipt, node: name, boot, sequence: 0, count: commands.length, commands: text });
    const node = `${name}/${boot}` as const;
    commands.forEach((command, index) => {
      replica.apply({ position: receipt.first + index, at: receipt.at, node, command });
    });
  }

  /** Reads what may be new; however often it is called meanwhile, one look is enough. */
  look(): Promise<void> {
    if (this.#lookPlanned) return this.#work;
    this.#lookPlanned = true;
    const work = this.#work.then(() => {
      this.#lookPlanned = false;
      return this.#readUntil(0);
    });
    this.#work = work.catch(() => {});
    return work;
  }

  /**
   * Reads and applies what the log holds, at least up to a position. A store that cannot be reached is asked
   * again until that position is there.
   */
  catchUp(position: number): Promise<void> {
    const work = this.#work.then(() => this.#readUntil(position));
    this.#work = work.catch(() => {});
    return work;
  }

  async #readUntil(position: number): Promise<void> {
    const { replica, clock, report } = this.#options;
    const pauses = engineLimits.appendRetryMs;
    this.#reading = true;
    try {
      for (let attempt = 0; ; attempt += 1) {
        try {
          await this.#read();
          if (replica.position >= position) return;
        } catch (error) {
          if (!(error instanceof StoreError) || error.code !== "STORE_UNAVAILABLE") throw error;
          report({ code: error.code, detail: error.message });
          if (position === 0) return;
        }
        await new Promise<void>((resume) =>
          clock.after(pauses[Math.min(attempt, pauses.length - 1)], resume),
        );
      }
    } finally {
      this.#reading = false;
    }
  }

  async #read(): Promise<void> {
    const { log, replica } = this.#options;
    for (;;) {
      const batches = await log.read({ from: replica.position + 1, limit: engineLimits.batchesPerRead });
      if (batches.length === 0) return;
      for (const batch of batches) this.#take(batch);
    }
  }

  #take(batch: StoredBatch): void {
    const { replica, onBatch } = this.#options;
    if (lastOf(batch, batch.count) <= replica.position) return;
    onBatch(batch);
    for (const entry of entriesOf(batch)) replica.apply(entry);
  }
}

interface TailOptions {
  readonly log: Log;
  readonly replica: Replica;
  readonly node: string;
  readonly boot: string;
  readonly clock: Clock;
  readonly report: Report;
  /** Told of every batch before it is applied, for whoever keeps a replica elsewhere. */
  readonly onBatch: (batch: StoredBatch) => void;
}

function lastOf(receipt: LogReceipt, count: number): number {
  return receipt.first + count - 1;
}
