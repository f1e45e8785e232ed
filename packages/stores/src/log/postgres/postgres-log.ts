import { StoreError } from "../../errors.ts";
import type { PostgresLines } from "../../postgres/postgres-lines.ts";
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
import { appendBatch } from "./append-batch.ts";
import { readBatches, readHead } from "./read-batches.ts";
import { readSnapshot, writeSnapshot } from "./snapshots.ts";
import { trimSlice } from "./trim-slice.ts";

/** A log in a PostgreSQL schema. Any number of handles, threads and machines share it. */
export class PostgresLog implements Log {
  readonly #lines: PostgresLines;
  readonly #unwatch = new Set<() => void>();
  #closed = false;

  constructor(lines: PostgresLines) {
    this.#lines = lines;
  }

  async append(batch: LogBatch): Promise<LogReceipt> {
    assertBatch(batch);
    const { appends, wakes } = this.#open();
    const receipt = await appendBatch(appends.query, batch);
    wakes.tell();
    return receipt;
  }

  async read(options: { readonly from: number; readonly limit: number }): Promise<StoredBatch[]> {
    assertPosition(options.from);
    assertPosition(options.limit);
    return readBatches(this.#open().log.query, options);
  }

  async head(): Promise<LogHead> {
    return readHead(this.#open().log.query);
  }

  watch(listener: () => void): () => void {
    const end = this.#open().wakes.watch(listener);
    this.#unwatch.add(end);
    return () => {
      end();
      this.#unwatch.delete(end);
    };
  }

  async writeSnapshot(meta: SnapshotMeta, chunks: Iterable<string>): Promise<void> {
    assertSnapshot(meta);
    await writeSnapshot(this.#open().log, meta, [...chunks]);
  }

  async readSnapshot(options: { readonly atMost?: number }): Promise<StoredSnapshot | undefined> {
    const { place } = this.#open();
    const atMost = options.atMost ?? Number.MAX_SAFE_INTEGER;
    // Each chunk is asked for when it is wanted, which may be after the handle was closed.
    return readSnapshot((statement, values) => this.#open().log.query(statement, values), { atMost, place });
  }

  async trim(options: { readonly before: number }): Promise<void> {
    assertPosition(options.before);
    const { log } = this.#open();
    let done = false;
    while (!done) done = await log.transaction((query) => trimSlice(query, options.before));
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const end of this.#unwatch) end();
    this.#unwatch.clear();
  }

  #open(): PostgresLines {
    if (this.#closed) throw new StoreError("STORE_CLOSED", "This handle of the log was closed.");
    return this.#lines;
  }
}
