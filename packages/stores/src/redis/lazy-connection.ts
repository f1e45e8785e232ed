import { StoreError } from "../errors.ts";
import type { StoreReport } from "../report.ts";
import { parseRedisAddress } from "./address.ts";
import { checkRedisSettings } from "./check-redis-settings.ts";
import { RedisConnection } from "./redis-connection.ts";
import { shardKeys } from "./shard-keys.ts";

/** How something reaches a Redis that the shard can do without. */
export interface LazyRedisOptions {
  /** As `openRedis` takes it. */
  readonly url: string | readonly string[];
  readonly shard: string;
  /** Told when the connection is lost and back. */
  readonly report: StoreReport;
  /** Names of settings that are accepted although they are unsafe. */
  readonly allowUnsafe?: readonly string[];
}

/**
 * A connection that is made when it is first needed, so that a Redis that is away holds up no start, and tried again
 * when it is next needed.
 */
export class LazyConnection {
  readonly place: string;
  readonly #options: LazyRedisOptions;
  readonly #use: string;
  #connection: Promise<RedisConnection> | null = null;
  #closed = false;

  constructor(options: LazyRedisOptions, use: string) {
    this.#options = options;
    this.#use = use;
    this.place = parseRedisAddress(options.url).place;
  }

  /**
   * The connection.
   *
   * @throws StoreError `STORE_UNAVAILABLE`, `UNSAFE_SETTINGS`, or `STORE_CLOSED`.
   */
  async get(): Promise<RedisConnection> {
    this.#connection ??= this.#open();
    try {
      return await this.#connection;
    } catch (error) {
      this.#connection = null;
      throw error;
    }
  }

  /** Ends it at once; what is under way fails. */
  close(): void {
    this.#closed = true;
    // One that never came about needs no closing.
    void this.#connection?.then(
      (connection) => connection.close(),
      () => {},
    );
  }

  async #open(): Promise<RedisConnection> {
    const { url, shard, report, allowUnsafe } = this.#options;
    this.#refuseClosed();
    await checkRedisSettings({ url, shard, use: "relay", allowUnsafe });
    this.#refuseClosed();
    const { head: key } = shardKeys(shard);
    const name = `matchforge:${shard}:${this.#use}`;
    return RedisConnection.open({ address: parseRedisAddress(url), key, name, report });
  }

  #refuseClosed(): void {
    if (this.#closed) throw new StoreError("STORE_CLOSED", `${this.place} was closed.`);
  }
}
