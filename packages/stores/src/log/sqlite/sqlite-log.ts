import { StoreError } from "../../errors.ts";
import type { ChannelClient } from "../../sqlite/channel/channel-client.ts";
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
import type { FoundSnapshot, LogOperations } from "./log-operations.ts";

/** A log in a SQLite file, through the thread that owns the file. */
export class SqliteLog implements Log {
  readonly #client: ChannelClient<LogOperations>;
  readonly #unwatch = new Set<() => void>();
  #closed = false;

  constructor(client: ChannelClient<LogOperations>) {
    this.#client = client;
  }

  async append(batch: LogBatch): Promise<LogReceipt> {
    assertBatch(batch);
    return this.#open().call("append", batch);
  }

  async read(options: { readonly from: number; readonly limit: number }): Promise<StoredBatch[]> {
    assertPosition(options.from);
    assertPosition(options.limit);
    return this.#open().call("readBatches", options);
  }

  async head(): Promise<LogHead> {
    return this.#open().call("head", undefined);
  }

  watch(listener: () => void): () => void {
    const end = this.#open().watch(listener);
    this.#unwatch.add(end);
    return () => {
      end();
      this.#unwatch.delete(end);
    };
  }

  async writeSnapshot(meta: SnapshotMeta, chunks: Iterable<string>): Promise<void> {
    assertSnapshot(meta);
    const client = this.#open();
    const texts = [...chunks];
    const snapshot = await client.call("beginSnapshot", meta);
    // One chunk at a time, so that the thread never holds more than one between two appends.
    for (const [ordinal, text] of texts.entries()) await client.call("addChunk", { snapshot, ordinal, text });
    await client.call("completeSnapshot", { snapshot, chunks: texts.length });
  }

  async readSnapshot(options: { readonly atMost?: number }): Promise<StoredSnapshot | undefined> {
    const atMost = options.atMost ?? Number.MAX_SAFE_INTEGER;
    const found = await this.#open().call("findSnapshot", { atMost });
    if (found === undefined) return undefined;
    const { meta, path } = found;
    return { meta, chunks: verifiedChunks(this.#stream(found), { meta, place: path }) };
  }

  async trim(options: { readonly before: number }): Promise<void> {
    assertPosition(options.before);
    const client = this.#open();
    let done = false;
    while (!done) done = await client.call("trimSlice", { before: options.before });
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const end of this.#unwatch) end();
    this.#unwatch.clear();
  }

  async *#stream({ snapshot, chunks }: FoundSnapshot): AsyncGenerator<string, void> {
    for (let ordinal = 0; ordinal < chunks; ordinal += 1) {
      yield await this.#open().call("readChunk", { snapshot, ordinal });
    }
  }

  #open(): ChannelClient<LogOperations> {
    if (this.#closed) throw new StoreError("STORE_CLOSED", "This handle of the log was closed.");
    return this.#client;
  }
}
