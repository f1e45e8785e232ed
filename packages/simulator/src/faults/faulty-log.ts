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
import type { NodeClock } from "../time/node-clock.ts";
import type { Random } from "../time/random.ts";
import type { VirtualTime } from "../time/virtual-time.ts";
import type { FaultCounts } from "./fault-counts.ts";
import { rates } from "./fault-rates.ts";
import type { Line } from "./line.ts";
import type { StoreOutage } from "./store-outage.ts";

/**
 * The log as one run of a node has it: requests and answers get lost, a batch may arrive twice, or when its node is
 * long dead, and readers are told late, out of order, less than there is, or nothing.
 */
export class FaultyLog implements Log {
  readonly #options: FaultyLogOptions;
  /** The head at the last look: what a reader that lags behind still sees. */
  #seen = 0;
  /** The last batch that is stored although its node was told otherwise. */
  #inDoubt = 0;

  constructor(options: FaultyLogOptions) {
    this.#options = options;
  }

  async append(batch: LogBatch): Promise<LogReceipt> {
    const { log, line, random, clock, reach } = this.#options;
    const isSlow = this.#strikes("slow_append", rates.slowAppend);
    await line.send("appends", isSlow ? random.between(100, 1_500) : random.between(0, 3));
    if (clock.dead) return this.#arriveLate(batch);
    if (this.#strikes("lost_request", rates.lostRequest)) return this.#lose("request");
    const receipt = await log.append(batch);
    if (this.#inDoubt === batch.sequence) reach("I7");
    this.#inDoubt = batch.sequence;
    if (this.#strikes("duplicate_append", rates.duplicateAppend)) await this.#repeat(batch);
    await line.receive("replies", random.between(0, 3));
    if (this.#strikes("lost_reply", rates.lostReply)) return this.#lose("reply");
    this.#inDoubt = 0;
    return receipt;
  }

  async read(options: { readonly from: number; readonly limit: number }): Promise<StoredBatch[]> {
    const { log, line, random } = this.#options;
    await line.send("reads", random.between(0, 2));
    const batches = await log.read(options);
    const seen = this.#seen;
    this.#seen = Math.max(seen, batches.at(-1)?.first ?? 0);
    await line.receive("reads", 0);
    if (this.#strikes("stale_read", rates.staleRead)) return batches.filter(({ first }) => first <= seen);
    if (batches.length > 1 && this.#strikes("short_read", rates.shortRead))
      return batches.slice(0, random.between(1, batches.length - 1));
    return batches;
  }

  async head(): Promise<LogHead> {
    const { log, line } = this.#options;
    await line.send("reads", 0);
    const head = await log.head();
    await line.receive("reads", 0);
    return head;
  }

  watch(listener: () => void): () => void {
    const { log, clock, random, time, reach } = this.#options;
    return log.watch(() => {
      if (clock.dead || this.#strikes("lost_wake", rates.lostWake)) return;
      const isLate = this.#strikes("late_wake", rates.lateWake);
      if (isLate) reach("H7");
      const delayMs = isLate ? random.between(50, 1_500) : random.between(0, 5);
      time.after(delayMs, () => {
        if (clock.paused) void clock.awake().then(listener);
        else if (!clock.dead) listener();
      });
    });
  }

  async writeSnapshot(meta: SnapshotMeta, chunks: Iterable<string>): Promise<void> {
    const { log, line, random, onTorn } = this.#options;
    const written = [...chunks];
    await line.send("appends", random.between(0, 200));
    if (this.#strikes("snapshot_failed", rates.snapshotFailed)) return this.#lose("snapshot");
    if (this.#strikes("snapshot_torn", rates.snapshotTorn)) onTorn();
    else await log.writeSnapshot(meta, written);
    await line.receive("replies", 0);
  }

  async readSnapshot(options: { readonly atMost?: number }): Promise<StoredSnapshot | undefined> {
    const { log, line } = this.#options;
    await line.send("reads", 1);
    const snapshot = await log.readSnapshot(options);
    await line.receive("reads", 0);
    return snapshot;
  }

  async trim(options: { readonly before: number }): Promise<void> {
    const { log, line } = this.#options;
    await line.send("appends", 1);
    await log.trim(options);
    await line.receive("replies", 0);
  }

  close(): Promise<void> {
    return this.#options.log.close();
  }

  /** What a dead node sent may still arrive; nobody hears the answer. */
  async #arriveLate(batch: LogBatch): Promise<never> {
    const { counts, random, time } = this.#options;
    if (random.chance(rates.lateAppend)) {
      await time.wait(random.between(0, 12_000));
      counts.add("late_append");
      await this.#arrive(batch);
    }
    return new Promise<never>(() => {});
  }

  /** The network delivers a batch a second time: at once, or behind others. */
  async #repeat(batch: LogBatch): Promise<void> {
    const { random, time, reach } = this.#options;
    if (batch.commands.includes('"type":"matcher.propose"')) reach("B8");
    if (batch.commands.includes('"type":"match.checkpoint"')) reach("E16");
    if (random.chance(0.5)) await this.#arrive(batch);
    else time.after(random.between(1, 3_000), () => void this.#arrive(batch));
  }

  /** A batch that nobody waits for is stored, if the store is there and knows its place. */
  async #arrive(batch: LogBatch): Promise<void> {
    const { log, outage } = this.#options;
    if (!outage.isAway) await log.append(batch).catch(ignoreTrimmed);
  }

  #strikes(kind: Parameters<FaultCounts["add"]>[0], rate: number): boolean {
    if (!this.#options.random.chance(rate)) return false;
    this.#options.counts.add(kind);
    return true;
  }

  async #lose(what: string): Promise<never> {
    await this.#options.clock.awake();
    throw new StoreError("STORE_UNAVAILABLE", `The outcome is unknown: the ${what} was lost.`);
  }
}

/** A batch that comes again when its place has been trimmed is told so; nobody listens. */
function ignoreTrimmed(error: unknown): void {
  if (!(error instanceof StoreError) || error.code !== "TRIMMED") throw error;
}

export interface FaultyLogOptions {
  readonly log: Log;
  readonly line: Line;
  /** Of the store, for everybody. */
  readonly outage: StoreOutage;
  readonly time: VirtualTime;
  readonly clock: NodeClock;
  readonly random: Random;
  readonly counts: FaultCounts;
  /** Told which scenarios have come about. */
  readonly reach: (scenario: string) => void;
  /** The node dies in the middle of a snapshot. */
  readonly onTorn: () => void;
}
