import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { Client } from "pg";
import { StoreError } from "../errors.ts";
import { storeLimits } from "../limits.ts";
import type { StoreReport, StoreReportCode } from "../report.ts";
import { Watchers } from "../watchers.ts";
import { nameFailure } from "./name-failure.ts";
import { connectionConfig, type ServerAddress } from "./server-address.ts";

export interface WakeLineOptions {
  readonly address: ServerAddress;
  /** Told when the line is lost, and when it is back. */
  readonly report: StoreReport;
}

/**
 * Tells all openers of a schema when something was appended, over a connection of its own, made when it is needed.
 * Telling is no part of an append: of the transactions that notify, a server commits one at a time, over all its
 * databases, and this one would be waiting for the disk. Whoever was not told finds out by polling.
 */
export class WakeLine {
  readonly #options: WakeLineOptions;
  readonly #watchers = new Watchers();
  readonly #closing = new AbortController();
  /** Tells what this line has sent itself, for its own watchers are woken before. */
  readonly #id = randomUUID();
  #life: Promise<void> | undefined;
  #client: Client | undefined;
  #untold = false;
  #telling = false;

  constructor(options: WakeLineOptions) {
    this.#options = options;
  }

  watch(listener: () => void): () => void {
    if (this.#closed) throw new StoreError("STORE_CLOSED", `${this.#place} was closed.`);
    this.#life ??= this.#live();
    return this.#watchers.add(listener);
  }

  /** Wakes whoever watches here, and soon whoever watches elsewhere. */
  tell(): void {
    this.#watchers.wake();
    this.#untold = true;
    this.#life ??= this.#live();
    void this.#tellOthers();
  }

  async close(): Promise<void> {
    this.#watchers.clear();
    this.#closing.abort();
    await this.#life;
  }

  get #closed(): boolean {
    return this.#closing.signal.aborted;
  }

  /** Makes the line, again and again; a line that worked begins anew with the shortest pause. */
  async #live(): Promise<void> {
    const pauses = storeLimits.postgresLineRetryMs;
    for (let failures = 0; !this.#closed; failures += 1) {
      try {
        await this.#listen(() => {
          if (failures > 0) this.#report("STORE_CONNECTED", `${this.#place} is heard again.`);
          failures = 0;
        });
      } catch (error) {
        const failure = nameFailure(error, this.#place);
        if (failures === 0 && !this.#closed) this.#report("STORE_DISCONNECTED", messageOf(failure));
      }
      await this.#wait(pauses[Math.min(failures, pauses.length - 1)] ?? 0);
    }
  }

  /** Listens until the line is lost or closed; whoever watches is woken for what was missed before. */
  async #listen(listening: () => void): Promise<void> {
    const { address } = this.#options;
    const client = new Client(connectionConfig(address, storeLimits.postgresAppendMs));
    const lost = Promise.withResolvers<void>();
    // A loss before anybody waits for it fails the statement that meets it.
    lost.promise.catch(() => {});
    client.on("error", lost.reject);
    client.on("end", lost.resolve);
    client.on("notification", ({ payload }) => {
      if (payload !== this.#id) this.#watchers.wake();
    });
    try {
      await client.connect();
      // What is told need not be on disk before.
      await client.query("SET synchronous_commit = off");
      await client.query(`LISTEN ${address.schema}`);
      listening();
      this.#client = client;
      this.#watchers.wake();
      void this.#tellOthers();
      await Promise.race([lost.promise, this.#check(client)]);
    } finally {
      this.#client = undefined;
      // On a dead network the goodbye would wait for an answer.
      void client.end();
    }
  }

  /** Speaks now and then, because only that finds out that nobody is there any more; ends by throwing. */
  async #check(client: Client): Promise<void> {
    while (!this.#closed) {
      await this.#wait(storeLimits.postgresLineCheckMs);
      if (!this.#closed) await client.query("SELECT 1");
    }
  }

  /** Many appends in a short time are told once. A line that fails meanwhile tells when it is back. */
  async #tellOthers(): Promise<void> {
    if (this.#telling) return;
    this.#telling = true;
    while (this.#untold && this.#client !== undefined) {
      this.#untold = false;
      try {
        await this.#client.query(`NOTIFY ${this.#options.address.schema}, '${this.#id}'`);
      } catch {
        // The loss of the line is reported where it is noticed.
        this.#untold = true;
        break;
      }
      await this.#wait(storeLimits.postgresTellEveryMs);
    }
    this.#telling = false;
  }

  #report(code: StoreReportCode, detail: string): void {
    this.#options.report({ code, detail });
  }

  #wait(milliseconds: number): Promise<void> {
    return pause(milliseconds, undefined, { signal: this.#closing.signal, ref: false }).catch(() => {});
  }

  get #place(): string {
    return this.#options.address.place;
  }
}

function messageOf(failure: unknown): string {
  return failure instanceof Error ? failure.message : String(failure);
}
