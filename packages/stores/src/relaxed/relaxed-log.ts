import { StoreError } from "../errors.ts";
import { storeLimits } from "../limits.ts";
import type {
  Log,
  LogBatch,
  LogHead,
  LogReceipt,
  SnapshotMeta,
  StoredBatch,
  StoredSnapshot,
} from "../log/port.ts";
import { markOf } from "../log/redis/redis-batch.ts";
import type { RedisLog } from "../log/redis/redis-log.ts";
import { refuseTrimBeyond } from "../log/refuse-trimmed.ts";
import type { LogCopy } from "./log-copy.ts";

/**
 * A log whose newest part is in Redis and whose copy and snapshots are in a store that does not forget. Appends, reads
 * and wake-ups are those of Redis. Nothing is made to last of a log that is not the one this node has seen, and
 * nothing is trimmed that the copy does not hold.
 */
export class RelaxedLog implements Log {
  readonly #redis: RedisLog;
  /** What is copied is read by a handle of its own: this node need not have seen it. */
  readonly #source: RedisLog;
  readonly #copy: LogCopy;
  #copied = 0;

  constructor(options: { readonly redis: RedisLog; readonly source: RedisLog; readonly copy: LogCopy }) {
    this.#redis = options.redis;
    this.#source = options.source;
    this.#copy = options.copy;
  }

  append(batch: LogBatch): Promise<LogReceipt> {
    return this.#redis.append(batch);
  }

  read(options: { readonly from: number; readonly limit: number }): Promise<StoredBatch[]> {
    return this.#redis.read(options);
  }

  head(): Promise<LogHead> {
    return this.#redis.head();
  }

  watch(listener: () => void): () => void {
    return this.#redis.watch(listener);
  }

  async writeSnapshot(meta: SnapshotMeta, chunks: Iterable<string>): Promise<void> {
    const texts = [...chunks];
    await this.copyUpTo(meta.position);
    await this.#copy.log.writeSnapshot(meta, texts);
  }

  async readSnapshot(options: { readonly atMost?: number }): Promise<StoredSnapshot | undefined> {
    this.#redis.assertUsable();
    return this.#copy.log.readSnapshot(options);
  }

  async trim({ before }: { readonly before: number }): Promise<void> {
    const newest = await this.readSnapshot({});
    refuseTrimBeyond(newest?.meta.position ?? 0, before);
    await this.copyUpTo(before - 1);
    await this.#copy.log.trim({ before });
    await this.#redis.dropBefore(before);
  }

  async close(): Promise<void> {
    await Promise.all([this.#redis.close(), this.#source.close(), this.#copy.log.close()]);
  }

  /**
   * Counts a batch as seen that this node applied without reading it here, such as one that another thread handed
   * over: what is made of it is then refused once the log turns out to be another one.
   */
  see(batch: StoredBatch): void {
    this.#redis.see(markOf(batch));
  }

  /**
   * Makes the copy hold everything up to a position that this node has applied.
   *
   * @throws StoreError `LOG_DIVERGED` when the log, or its copy, is another one than this node has seen.
   */
  async copyUpTo(position: number): Promise<void> {
    this.#redis.assertUsable();
    if (this.#copied < position) this.#copied = (await this.#copy.mirror.head()).position;
    while (this.#copied < position) await this.#copyOn(position);
    // Only now: what was copied is what this node has seen if the log still is the one it has seen.
    await this.#redis.verify();
  }

  async #copyOn(position: number): Promise<void> {
    const batches = await this.#readFrom(this.#copied);
    const last = batches.at(-1);
    const end = last === undefined ? 0 : last.first + last.count - 1;
    if (end <= this.#copied) throw this.#redis.diverge(`it ends at ${end}, and ${position} was applied here`);
    try {
      await this.#copy.mirror.store(batches);
    } catch (error) {
      const isOther =
        error instanceof StoreError && ["SEQUENCE_CONFLICT", "SEQUENCE_GAP"].includes(error.code);
      throw isOther ? this.#redis.diverge(`its copy is one of another log (${error.message})`) : error;
    }
    this.#copied = end;
  }

  /** The last batch of the copy comes along, so that the mirror sees whether what follows belongs to it. */
  async #readFrom(copied: number): Promise<StoredBatch[]> {
    const limit = storeLimits.redisReadBatches;
    try {
      return await this.#source.read({ from: Math.max(copied, 1), limit });
    } catch (error) {
      if (!(error instanceof StoreError && error.code === "TRIMMED")) throw error;
      return this.#source.read({ from: copied + 1, limit });
    }
  }
}
