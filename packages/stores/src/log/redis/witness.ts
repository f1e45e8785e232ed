import { StoreError } from "../../errors.ts";
import { beginning, type LogState, type Mark } from "./log-state.ts";
import type { RedisBatch } from "./redis-batch.ts";

/**
 * What one handle has seen of the log. A log that no longer holds it is another log, and nothing this handle knows is
 * true of it: from then on the handle refuses everything.
 */
export class Witness {
  readonly #place: string;
  #seen = beginning;
  #diverged: string | undefined;

  constructor(place: string) {
    this.#place = place;
  }

  /** The newest batch seen. */
  get seen(): Mark {
    return this.#seen;
  }

  /** Throws `LOG_DIVERGED` once the log was found to be another one. */
  assertIntact(): void {
    if (this.#diverged !== undefined) throw new StoreError("LOG_DIVERGED", this.#diverged);
  }

  /** Remembers a batch, if it is newer than all before. Throws `LOG_DIVERGED` when another one was seen there. */
  see(mark: Mark): void {
    if (mark.last > this.#seen.last) this.#seen = mark;
    else if (mark.last === this.#seen.last && !isSame(mark, this.#seen)) {
      throw this.diverge("another batch stands there");
    }
  }

  /**
   * Holds what the log answered against what had been seen when it was asked. The batches are all those of a stretch,
   * none left out.
   *
   * @throws StoreError `STORE_UNAVAILABLE` while the log is being restored, `LOG_DIVERGED` when it is another one.
   */
  compare({ seen, state, batches }: Comparison): void {
    if (state.filling) throw beingRestored(this.#place);
    if (seen.last === 0) return;
    if (state.head.last < seen.last) throw this.diverge(`it ends at ${state.head.last}`);
    const marks = batches.map(({ mark }) => mark);
    const there = [...marks, state.head, state.floor].find(({ last }) => last === seen.last);
    const isOther =
      there === undefined
        ? batches.some(({ batch, mark }) => batch.first <= seen.last && seen.last < mark.last)
        : !isSame(there, seen);
    if (isOther) throw this.diverge("another batch stands there");
  }

  /** The error to be thrown from here on, because of `reason`. */
  diverge(reason: string): StoreError {
    const what = `The log in ${this.#place} is not the one this node has seen up to position ${this.#seen.last}`;
    const why =
      "Its server was emptied, started from an older file, or replaced by a replica that lagged behind.";
    const advice = "Nothing was stored. Open the log again from its copy, and this node from the log.";
    this.#diverged ??= `${what}: ${reason}. ${why} ${advice}`;
    return new StoreError("LOG_DIVERGED", this.#diverged);
  }
}

function isSame(left: Mark, right: Mark): boolean {
  return left.at === right.at && left.digest === right.digest;
}

interface Comparison {
  readonly seen: Mark;
  readonly state: LogState;
  readonly batches: readonly RedisBatch[];
}

/** What a log answers while it is being restored. */
export function beingRestored(place: string): StoreError {
  return new StoreError("STORE_UNAVAILABLE", `The log in ${place} is being restored from its copy.`);
}
