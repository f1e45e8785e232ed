import type { EventPlace } from "../archive/port.ts";
import { StoreError } from "../errors.ts";
import { movedError, placeOf } from "./cursor.ts";
import type { StreamRecord } from "./port.ts";

/** The end of a sink as far as one handle knows it: known from a cursor or a write, unknown after anything that failed. */
export class SinkEnd<End> {
  readonly #place: string;
  #end: { readonly value: End } | null = null;
  #closed = false;

  /** `place` is what messages call the sink. */
  constructor(place: string) {
    this.#place = place;
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  /** Looks at the sink, and knows its end from then on. */
  async learn(look: () => Promise<End>): Promise<End> {
    this.#refuseClosed();
    this.#end = null;
    const value = await this.#unlessClosed(look());
    this.#end = { value };
    return value;
  }

  /** Writes behind the end, and knows the next one; whatever fails leaves it unknown. */
  async follow(write: (end: End) => Promise<End>): Promise<void> {
    this.#refuseClosed();
    const known = this.#end;
    if (known === null) throw movedError(this.#place);
    this.#end = null;
    this.#end = { value: await this.#unlessClosed(write(known.value)) };
  }

  close(): void {
    this.#closed = true;
  }

  /** What fails because of a `close` says so. */
  async #unlessClosed<Value>(work: Promise<Value>): Promise<Value> {
    try {
      return await work;
    } catch (error) {
      this.#refuseClosed();
      throw error;
    }
  }

  #refuseClosed(): void {
    if (this.#closed) throw new StoreError("STORE_CLOSED", `${this.#place} was closed.`);
  }
}

/** The place of the last of some records. */
export function lastPlace(records: readonly StreamRecord[]): EventPlace {
  return placeOf(records[records.length - 1].cursor);
}
