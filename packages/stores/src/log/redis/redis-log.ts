import { StoreError } from "../../errors.ts";
import { Watchers } from "../../watchers.ts";
import { assertBatch, assertPosition, assertSnapshot } from "../assert-arguments.ts";
import type {
  Log,
  LogBatch,
  LogHead,
  LogReceipt,
  SnapshotMeta,
  StoredBatch,
  StoredSnapshot,
} from "../port.ts";
import { refuseReadBefore, refuseTrimBeyond } from "../refuse-trimmed.ts";
import { appendBatch } from "./append-batch.ts";
import type { LogAccess } from "./log-access.ts";
import type { Mark } from "./log-state.ts";
import { look } from "./look.ts";
import { readBatches, verifySeen } from "./read-batches.ts";
import { RedisLogRestorer } from "./redis-log-restorer.ts";
import { dropOldSnapshots, newestSnapshot, readSnapshot, writeSnapshot } from "./snapshots.ts";
import { dropBatches } from "./trim.ts";
import { isSame, Witness } from "./witness.ts";

/**
 * A handle on the *relaxed* log in Redis: durable as Redis is, which may forget its last moments when it dies. Each
 * handle remembers the newest batch it has seen, and once the log no longer holds it, answers `LOG_DIVERGED` to
 * everything: open another handle then, after the log was restored.
 *
 * @example
 * const log = redis.log();
 * const { first } = await log.append({ node: "node_a", boot: "boot_1", sequence: 1, count: 1, commands: "[{}]" });
 */
export class RedisLog implements Log {
  readonly #access: LogAccess;
  readonly #witness: Witness;
  readonly #watchers = new Watchers();
  #unlisten: (() => void) | undefined;
  #closed = false;

  constructor(access: LogAccess) {
    this.#access = access;
    this.#witness = new Witness(access.connection.place);
  }

  async append(batch: LogBatch): Promise<LogReceipt> {
    assertBatch(batch);
    return appendBatch(this.#open(), this.#witness, batch);
  }

  async read(options: { readonly from: number; readonly limit: number }): Promise<StoredBatch[]> {
    assertPosition(options.from);
    assertPosition(options.limit);
    return readBatches(this.#open(), this.#witness, options);
  }

  async head(): Promise<LogHead> {
    const { head } = await verifySeen(this.#open(), this.#witness);
    this.#witness.see(head);
    return { position: head.last, at: head.at };
  }

  watch(listener: () => void): () => void {
    const { subscriptions, keys } = this.#open();
    const wake = () => this.#watchers.wake();
    // What was appended while the subscription was not in force has woken nobody.
    this.#unlisten ??= subscriptions.listen(keys.wakeUps, { message: wake, subscribed: wake });
    return this.#watchers.add(listener);
  }

  async writeSnapshot(meta: SnapshotMeta, chunks: Iterable<string>): Promise<void> {
    assertSnapshot(meta);
    const access = this.#open();
    await writeSnapshot(access, meta, [...chunks]);
  }

  async readSnapshot(options: { readonly atMost?: number }): Promise<StoredSnapshot | undefined> {
    return readSnapshot(this.#open(), options.atMost ?? Number.MAX_SAFE_INTEGER);
  }

  async trim(options: { readonly before: number }): Promise<void> {
    assertPosition(options.before);
    const access = this.#open();
    refuseTrimBeyond(await newestSnapshot(access), options.before);
    await dropOldSnapshots(access);
    await dropBatches(access, options.before);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#unlisten?.();
    this.#watchers.clear();
  }

  /** Counts a place in the log as seen that this node knows by another way than this handle. */
  see(mark: Mark): void {
    this.#witness.see(mark);
  }

  /**
   * Makes sure that the log is the one that was seen, and holds `mark`, if given, both at one moment.
   *
   * @throws StoreError `LOG_DIVERGED`, or `TRIMMED` when `mark` is not kept any more.
   */
  async verify(mark: Mark | undefined): Promise<void> {
    const { seen } = this.#witness;
    const { state, marks } = await look(this.#open(), [seen.last, mark?.last ?? 0]);
    const [there, atMark] = marks;
    this.#witness.compare({ seen, state, there });
    if (mark === undefined) return;
    if (atMark === undefined) refuseReadBefore(state.floor.last, mark.last);
    const isHeld = atMark !== undefined && isSame(atMark, { ...mark, digest: atMark.digest && mark.digest });
    if (!isHeld) throw this.#witness.diverge(`it does not hold what its copy holds at ${mark.last}`);
  }

  /** Throws if this handle answers nothing any more. */
  assertUsable(): void {
    this.#open();
  }

  /** Drops whole batches that end before a position, whatever snapshots there are. */
  async dropBefore(position: number): Promise<void> {
    await dropBatches(this.#open(), position);
  }

  /** The error with which this handle refuses everything from here on, because of `reason`. */
  diverge(reason: string): StoreError {
    return this.#witness.diverge(reason);
  }

  /** What restores this log from a copy of it. It has seen nothing, so it can look at a log that diverged. */
  restorer(): RedisLogRestorer {
    return new RedisLogRestorer(this.#access);
  }

  #open(): LogAccess {
    if (this.#closed) throw new StoreError("STORE_CLOSED", "This handle of the log was closed.");
    this.#witness.assertIntact();
    return this.#access;
  }
}
