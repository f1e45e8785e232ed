import type { Command, KernelEvent } from "@matchforge/core";
import type { Log, LogReceipt } from "@matchforge/stores";
import { StoreError } from "@matchforge/stores/errors";
import { engineLimits } from "../limits.ts";
import type { Clock, Outcome, Report } from "../ports.ts";
import { encodeCommands } from "./batch-codec.ts";

/** A batch this node has put into the log. */
export interface AppendedBatch {
  readonly receipt: LogReceipt;
  readonly commands: readonly Command[];
  readonly text: string;
}

type Waiting = { readonly command: Command; readonly settle: (outcome: Outcome) => void };

/**
 * Puts commands into the log, batched by turn, one batch in flight. An append whose outcome is unknown is
 * simply repeated: the log knows the batch by (node, boot, sequence). Each command's promise is settled
 * when this node has applied its entry.
 */
export class Appender {
  readonly #options: AppenderOptions;
  readonly #applied = new Map<number, (outcome: Outcome) => void>();
  /** Entries of the batch in flight that were read from the log before its receipt came. */
  readonly #early = new Map<number, readonly KernelEvent[]>();
  #pending: Waiting[] = [];
  #sequence = 0;
  #inFlight = false;
  #stopped: "DRAINING" | null = null;
  #failing = false;
  lastAppendAt = 0;

  constructor(options: AppenderOptions) {
    this.#options = options;
  }

  /** Resolves once the command's entry is durable and applied here, or says why it never will be. */
  submit(command: Command): Promise<Outcome> {
    if (this.#stopped !== null) return Promise.resolve({ ok: false, code: this.#stopped });
    if (this.#failing || this.#pending.length >= engineLimits.pendingCommands) {
      return Promise.resolve({ ok: false, code: "STORE_UNAVAILABLE" });
    }
    return new Promise((settle) => {
      this.#pending.push({ command, settle });
      if (!this.#inFlight) this.#start();
    });
  }

  /** The node tells which entry it has applied; whoever waits for it hears the events. */
  applied(position: number, events: readonly KernelEvent[]): void {
    const settle = this.#applied.get(position);
    if (settle === undefined) {
      if (this.#inFlight) this.#early.set(position, events);
      return;
    }
    this.#applied.delete(position);
    settle({ ok: true, position, events });
  }

  /** Takes no more commands; those not yet in flight are answered `DRAINING`. */
  stop(): void {
    this.#stopped = "DRAINING";
    for (const { settle } of this.#pending.splice(0)) settle({ ok: false, code: "DRAINING" });
  }

  get idle(): boolean {
    return !this.#inFlight && this.#pending.length === 0;
  }

  #start(): void {
    this.#inFlight = true;
    this.#options.clock.soon(() => this.#flushOrFail());
  }

  #flushOrFail(): void {
    this.#flush().catch(this.#options.onFatal);
  }

  async #flush(): Promise<void> {
    const batch = this.#pending.splice(0, engineLimits.commandsPerBatch);
    if (batch.length > 0) await this.#append(batch);
    if (this.#pending.length > 0) this.#options.clock.soon(() => this.#flushOrFail());
    else this.#inFlight = false;
  }

  async #append(batch: readonly Waiting[]): Promise<void> {
    const commands = batch.map((waiting) => waiting.command);
    const text = encodeCommands(commands);
    this.#sequence += 1;
    const receipt = await this.#appendUntilKnown(text, commands.length);
    if (receipt === null) {
      for (const { settle } of batch) settle({ ok: false, code: "DRAINING" });
      return;
    }
    this.lastAppendAt = this.#options.clock.now();
    for (const [index, waiting] of batch.entries()) this.#await(receipt.first + index, waiting.settle);
    this.#early.clear();
    await this.#options.onAppended({ receipt, commands, text });
  }

  #await(position: number, settle: (outcome: Outcome) => void): void {
    const events = this.#early.get(position);
    if (events === undefined) this.#applied.set(position, settle);
    else settle({ ok: true, position, events });
  }

  async #appendUntilKnown(commands: string, count: number): Promise<LogReceipt | null> {
    const { log, node, boot, clock, report } = this.#options;
    for (let attempt = 0; ; attempt += 1) {
      try {
        const receipt = await log.append({ node, boot, sequence: this.#sequence, count, commands });
        this.#failing = false;
        return receipt;
      } catch (error) {
        if (!(error instanceof StoreError) || error.code !== "STORE_UNAVAILABLE") throw error;
        this.#failing = true;
        report({ code: "STORE_UNAVAILABLE", detail: error.message });
        if (this.#stopped !== null) return null;
        const pauses = engineLimits.appendRetryMs;
        await new Promise<void>((resume) =>
          clock.after(pauses[Math.min(attempt, pauses.length - 1)], resume),
        );
      }
    }
  }
}

export interface AppenderOptions {
  readonly log: Log;
  readonly node: string;
  readonly boot: string;
  readonly clock: Clock;
  readonly report: Report;
  /** A bug: the node must stop and be rebuilt from the log. */
  readonly onFatal: (error: unknown) => void;
  /** Called with each batch in the log's order of this node, before the next is sent. */
  readonly onAppended: (batch: AppendedBatch) => Promise<void> | void;
}
