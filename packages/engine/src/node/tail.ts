import type { Log, LogReceipt, StoredBatch } from "@matchforge/stores";
import { engineLimits } from "../limits.ts";
import type { AppendedBatch } from "./appender.ts";
import { entriesOf } from "./batch-codec.ts";
import type { Replica } from "./replica.ts";

/**
 * Keeps a replica at the head of the log. Batches of this node that follow directly are applied as they
 * were sent; everything else is read. All work is done one step after the other.
 */
export class Tail {
  readonly #log: Log;
  readonly #replica: Replica;
  readonly #node: string;
  readonly #boot: string;
  readonly #onBatch: (batch: StoredBatch) => void;
  #work: Promise<void> = Promise.resolve();
  #reading = false;

  constructor(options: {
    readonly log: Log;
    readonly replica: Replica;
    readonly node: string;
    readonly boot: string;
    /** Told of every batch before it is applied, for whoever keeps a replica elsewhere. */
    readonly onBatch: (batch: StoredBatch) => void;
  }) {
    this.#log = options.log;
    this.#replica = options.replica;
    this.#node = options.node;
    this.#boot = options.boot;
    this.#onBatch = options.onBatch;
  }

  /** Applies a batch of this node that the log has just taken. */
  own(batch: AppendedBatch): Promise<void> | void {
    const direct = !this.#reading && batch.receipt.first === this.#replica.position + 1;
    if (!direct) return this.catchUp(lastOf(batch.receipt, batch.commands.length));
    const { receipt, commands, text } = batch;
    const stored = { ...receipt, node: this.#node, boot: this.#boot, sequence: 0, count: commands.length, commands: text };
    this.#onBatch(stored);
    const node = `${this.#node}/${this.#boot}` as const;
    commands.forEach((command, index) => {
      this.#replica.apply({ position: receipt.first + index, at: receipt.at, node, command });
    });
  }

  /** Reads and applies what the log holds, at least up to a position. */
  catchUp(position: number): Promise<void> {
    this.#work = this.#work.then(() => this.#read(position));
    return this.#work;
  }

  async #read(position: number): Promise<void> {
    this.#reading = true;
    try {
      for (;;) {
        const from = this.#replica.position + 1;
        const batches = await this.#log.read({ from, limit: engineLimits.batchesPerRead });
        for (const batch of batches) this.#take(batch);
        if (batches.length === 0 || this.#replica.position >= position) return;
      }
    } finally {
      this.#reading = false;
    }
  }

  #take(batch: StoredBatch): void {
    if (lastOf(batch, batch.count) <= this.#replica.position) return;
    this.#onBatch(batch);
    for (const entry of entriesOf(batch)) this.#replica.apply(entry);
  }
}

function lastOf(receipt: LogReceipt, count: number): number {
  return receipt.first + count - 1;
}
