import {
  type Log,
  type LogBatch,
  type LogHead,
  type LogReceipt,
  type SnapshotMeta,
  type StoredBatch,
  type StoredSnapshot,
  StoreError,
} from "@matchforge/stores";
import type { Random } from "../time/random.ts";
import type { VirtualTime } from "../time/virtual-time.ts";
import type { FaultCounts } from "./fault-counts.ts";

/**
 * One node's line to the log, as a network makes it: everything takes time, requests and replies get
 * lost, a request may arrive twice, and the line may be cut for a while. After a crash nothing comes back.
 */
export class FaultyLog implements Log {
  readonly #options: FaultyLogOptions;
  #cutUntil = 0;
  #dead = false;

  constructor(options: FaultyLogOptions) {
    this.#options = options;
  }

  cut(forMs: number): void {
    this.#cutUntil = this.#options.time.now + forMs;
  }

  kill(): void {
    this.#dead = true;
  }

  async append(batch: LogBatch): Promise<LogReceipt> {
    const { log, random, counts, rates } = this.#options;
    const slow = random.chance(rates.slowAppend);
    if (slow) counts.add("slow_append");
    await this.#travel(slow ? random.between(100, 1_500) : random.between(0, 3));
    if (random.chance(rates.lostRequest)) throw this.#lost("lost_request");
    if (random.chance(rates.duplicateAppend)) {
      counts.add("duplicate_append");
      await log.append(batch);
    }
    const receipt = await log.append(batch);
    await this.#travel(random.between(0, 3));
    if (random.chance(rates.lostReply)) throw this.#lost("lost_reply");
    return receipt;
  }

  async read(options: { readonly from: number; readonly limit: number }): Promise<StoredBatch[]> {
    await this.#travel(this.#options.random.between(0, 2));
    return this.#options.log.read(options);
  }

  async head(): Promise<LogHead> {
    await this.#travel(0);
    return this.#options.log.head();
  }

  /** Wakes late, and sometimes not at all: readers must look by themselves as well. */
  watch(listener: () => void): () => void {
    const { log, time, random } = this.#options;
    return log.watch(() => {
      if (this.#dead || random.chance(0.05)) return;
      time.after(random.between(0, 5), () => {
        if (!this.#dead) listener();
      });
    });
  }

  async writeSnapshot(meta: SnapshotMeta, chunks: Iterable<string>): Promise<void> {
    const written = [...chunks];
    await this.#travel(this.#options.random.between(0, 20));
    return this.#options.log.writeSnapshot(meta, written);
  }

  async readSnapshot(options: { readonly atMost?: number }): Promise<StoredSnapshot | undefined> {
    await this.#travel(1);
    return this.#options.log.readSnapshot(options);
  }

  async trim(options: { readonly before: number }): Promise<void> {
    await this.#travel(1);
    return this.#options.log.trim(options);
  }

  close(): Promise<void> {
    return this.#options.log.close();
  }

  async #travel(delayMs: number): Promise<void> {
    const { time } = this.#options;
    if (delayMs > 0) await time.wait(delayMs);
    if (this.#dead) await new Promise<never>(() => {});
    if (time.now < this.#cutUntil) throw new StoreError("STORE_UNAVAILABLE", "The line to the log is cut.");
  }

  #lost(kind: "lost_request" | "lost_reply"): StoreError {
    this.#options.counts.add(kind);
    return new StoreError("STORE_UNAVAILABLE", `The append's outcome is unknown: ${kind}.`);
  }
}

export interface FaultyLogOptions {
  readonly log: Log;
  readonly time: VirtualTime;
  readonly random: Random;
  readonly counts: FaultCounts;
  readonly rates: LogFaultRates;
}

/** How often what goes wrong, per append. */
export interface LogFaultRates {
  readonly lostRequest: number;
  readonly lostReply: number;
  readonly duplicateAppend: number;
  readonly slowAppend: number;
}
