import { storeLimits } from "../../limits.ts";
import { Watchers } from "../../watchers.ts";
import { judgeAppend } from "../judge-append.ts";
import type { Log, LogBatch, LogHead, LogReceipt, SnapshotMeta, StoredBatch } from "../port.ts";
import { refuseReadBefore, refuseTrimBeyond } from "../refuse-trimmed.ts";
import { MemoryLog } from "./memory-log.ts";

/** A snapshot held whole. */
export interface MemorySnapshot {
  readonly meta: SnapshotMeta;
  readonly chunks: readonly string[];
}

/** The batches of one (node, boot): those kept, and the last one, which outlives a trim. */
interface Writer {
  last: StoredBatch;
  readonly kept: Map<number, StoredBatch>;
}

/**
 * The truth of a log in memory. Nodes connect to it and may crash; it stays as long as this object does. It reads
 * no clock and waits for nothing: every method of its handles has done its work when it returns its promise, and
 * wakes watchers before that, so a simulator can drive it in virtual time.
 *
 * @example
 * const store = new MemoryLogStore({ now: () => clock.nowMs });
 * const log = store.connect();
 */
export class MemoryLogStore {
  readonly #now: () => number;
  readonly #writers = new Map<string, Writer>();
  readonly #handles = new Set<Watchers>();
  #batches: StoredBatch[] = [];
  #snapshots: MemorySnapshot[] = [];
  #head: LogHead = { position: 0, at: 0 };
  #lastDropped = 0;

  /** `now` answers unix ms; it may go back, stamps do not. */
  constructor(options: { readonly now: () => number }) {
    this.#now = options.now;
  }

  /** A new handle on this log; closing it touches no other. */
  connect(): Log {
    const watchers = new Watchers();
    this.#handles.add(watchers);
    return new MemoryLog({ store: this, watchers, disconnect: () => this.#handles.delete(watchers) });
  }

  get head(): LogHead {
    return this.#head;
  }

  append(batch: LogBatch): LogReceipt {
    const key = JSON.stringify([batch.node, batch.boot]);
    const writer = this.#writers.get(key);
    const present = judgeAppend(batch, writer?.last.sequence ?? 0, () => remembered(writer, batch));
    if (present !== undefined) return present;
    const receipt = { first: this.#head.position + 1, at: Math.max(this.#now(), this.#head.at) };
    const { node, boot, sequence, count, commands } = batch;
    const stored = Object.freeze({ node, boot, sequence, count, commands, ...receipt });
    this.#batches.push(stored);
    this.#head = Object.freeze({ position: receipt.first + count - 1, at: receipt.at });
    if (writer === undefined) this.#writers.set(key, { last: stored, kept: new Map([[sequence, stored]]) });
    else keep(writer, stored);
    for (const watchers of this.#handles) watchers.wake();
    return receipt;
  }

  read(options: { readonly from: number; readonly limit: number }): StoredBatch[] {
    refuseReadBefore(this.#lastDropped, options.from);
    const start = this.#indexOf(options.from);
    return this.#batches.slice(start, start + Math.min(options.limit, storeLimits.readBatches));
  }

  addSnapshot(added: MemorySnapshot): void {
    const others = this.#snapshots.filter(({ meta }) => meta.position !== added.meta.position);
    this.#snapshots = [...others, added].sort((left, right) => right.meta.position - left.meta.position);
  }

  newestSnapshot(atMost: number): MemorySnapshot | undefined {
    return this.#snapshots.find(({ meta }) => meta.position <= atMost);
  }

  trim(before: number): void {
    refuseTrimBeyond(this.#snapshots[0]?.meta.position ?? 0, before);
    this.#snapshots = this.#snapshots.slice(0, storeLimits.snapshotsKept);
    const kept = this.#batches.findIndex((batch) => lastOf(batch) >= before);
    const dropped = this.#batches.splice(0, kept === -1 ? this.#batches.length : kept);
    for (const batch of dropped) {
      this.#writers.get(JSON.stringify([batch.node, batch.boot]))?.kept.delete(batch.sequence);
      this.#lastDropped = lastOf(batch);
    }
  }

  /** Index of the first batch that ends at or after `position`. */
  #indexOf(position: number): number {
    let low = 0;
    let high = this.#batches.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (lastOf(this.#batches[middle]!) < position) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function remembered(writer: Writer | undefined, batch: LogBatch) {
  if (writer === undefined) return undefined;
  const stored = writer.last.sequence === batch.sequence ? writer.last : writer.kept.get(batch.sequence);
  if (stored === undefined) return undefined;
  return { receipt: { first: stored.first, at: stored.at }, sameText: stored.commands === batch.commands };
}

function keep(writer: Writer, stored: StoredBatch): void {
  writer.last = stored;
  writer.kept.set(stored.sequence, stored);
}

function lastOf(batch: StoredBatch): number {
  return batch.first + batch.count - 1;
}
