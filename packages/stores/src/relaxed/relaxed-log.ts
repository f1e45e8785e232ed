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
import { agreementAt, type LogCopy, readCopy } from "./log-copy.ts";

/**
 * A log whose newest part is in Redis and whose copy and snapshots are in a store that does not forget. Appends, reads
 * and wake-ups are those of Redis. Nothing is made to last of a log that is not the one this node has seen, and
 * nothing is trimmed that the copy does not hold.
 *
 * @example
 * const log = await openRelaxedLog({ redis, copy: postgres.log(), mirror: postgres.mirror() });
 * await log.copyUpTo((await log.head()).position);
 */
export class RelaxedLog implements Log {
  readonly #redis: RedisLog;
  /** What is copied is read by a handle of its own: this node need not have seen it. */
  readonly #source: RedisLog;
  readonly #copy: LogCopy;

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
    await this.copyUpTo((await this.#source.head()).position);
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
   * @throws StoreError `LOG_DIVERGED` when the log, or its copy, is another one than this node has seen; `TRIMMED` for a
   * position that was trimmed before this node could compare it.
   */
  async copyUpTo(position: number): Promise<void> {
    this.#redis.assertUsable();
    for (;;) {
      const copied = await this.#copy.mirror.head();
      if (copied.position >= position) break;
      await this.#copyOn({ copied: copied.position, upTo: position });
    }
    // Only now, and both at one moment: what the copy holds is what this node has applied if the log that this node
    // has seen holds it too. Meanwhile Redis may have been lost and be another log, or the same one once more.
    const [batch] = position === 0 ? [] : ((await readCopy(this.#copy, { from: position, limit: 1 })) ?? []);
    await this.#redis.verify(batch && markOf(batch));
  }

  async #copyOn({ copied, upTo }: { readonly copied: number; readonly upTo: number }): Promise<void> {
    const batches = await this.#readFrom(copied);
    const last = batches.at(-1);
    const end = last === undefined ? 0 : last.first + last.count - 1;
    if (end <= copied) throw this.#redis.diverge(`it ends at ${end}, and ${upTo} was applied here`);
    await this.#store(batches);
  }

  /** The last batch of the copy comes along, so that the mirror sees whether what follows belongs to it. */
  async #readFrom(copied: number): Promise<StoredBatch[]> {
    const limit = storeLimits.redisReadBatches;
    try {
      return await this.#source.read({ from: Math.max(copied, 1), limit });
    } catch (error) {
      if (!(error instanceof StoreError && error.code === "TRIMMED")) throw error;
      const agreement = await agreementAt(this.#source.restorer(), this.#copy, copied);
      if (agreement === "other") throw this.#redis.diverge(`its copy holds other entries at ${copied}`);
      return this.#source.read({ from: copied + 1, limit });
    }
  }

  async #store(batches: readonly StoredBatch[]): Promise<void> {
    try {
      await this.#copy.mirror.store(batches);
    } catch (error) {
      const isOther =
        error instanceof StoreError && ["SEQUENCE_CONFLICT", "SEQUENCE_GAP"].includes(error.code);
      throw isOther ? this.#redis.diverge(`its copy is one of another log (${error.message})`) : error;
    }
  }
}
