import { StoreError } from "../../errors.ts";
import type { Watchers } from "../../watchers.ts";
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
import { verifiedChunks } from "../verified-chunks.ts";
import type { MemoryLogStore } from "./memory-log-store.ts";

interface MemoryLogOptions {
  readonly store: MemoryLogStore;
  readonly watchers: Watchers;
  readonly disconnect: () => void;
}

/** A node's handle on a {@link MemoryLogStore}. */
export class MemoryLog implements Log {
  readonly #store: MemoryLogStore;
  readonly #watchers: Watchers;
  readonly #disconnect: () => void;
  #closed = false;

  constructor(options: MemoryLogOptions) {
    this.#store = options.store;
    this.#watchers = options.watchers;
    this.#disconnect = options.disconnect;
  }

  async append(batch: LogBatch): Promise<LogReceipt> {
    assertBatch(batch);
    return this.#open().append(batch);
  }

  async read(options: { readonly from: number; readonly limit: number }): Promise<StoredBatch[]> {
    assertPosition(options.from);
    assertPosition(options.limit);
    return this.#open().read(options);
  }

  async head(): Promise<LogHead> {
    return this.#open().head;
  }

  watch(listener: () => void): () => void {
    this.#open();
    return this.#watchers.add(listener);
  }

  async writeSnapshot(meta: SnapshotMeta, chunks: Iterable<string>): Promise<void> {
    assertSnapshot(meta);
    this.#open().addSnapshot({ meta: { ...meta }, chunks: [...chunks] });
  }

  async readSnapshot(options: { readonly atMost?: number }): Promise<StoredSnapshot | undefined> {
    const found = this.#open().newestSnapshot(options.atMost ?? Number.MAX_SAFE_INTEGER);
    return (
      found && {
        meta: { ...found.meta },
        chunks: verifiedChunks(found.chunks, { meta: found.meta, place: "The log in memory" }),
      }
    );
  }

  async trim(options: { readonly before: number }): Promise<void> {
    assertPosition(options.before);
    this.#open().trim(options.before);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#watchers.clear();
    this.#disconnect();
  }

  #open(): MemoryLogStore {
    if (this.#closed) throw new StoreError("STORE_CLOSED", "This handle of the log was closed.");
    return this.#store;
  }
}
