import { StoreError } from "../../errors.ts";
import { beginning, type LogState, type Mark } from "./log-state.ts";

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
   * Holds what the log answered against what had been seen when it was asked: `there` is what it holds where `seen`
   * ends. A log that was trimmed beyond says nothing of it.
   *
   * @throws StoreError `LOG_DIVERGED` when it is another one; while it is being restored also `STORE_UNAVAILABLE`, for
   * a handle that has seen nothing.
   */
  compare({ seen, state, there }: Comparison): void {
    if (state.filling) throw this.beingRestored();
    if (seen.last <= state.floor.last && there === undefined) return;
    if (state.head.last < seen.last) throw this.diverge(`it ends at ${state.head.last}`);
    if (there === undefined || !isSame(there, seen)) throw this.diverge("another batch stands there");
  }

  /**
   * What a log answers while it is being restored. Whoever has seen it before must not wait for that: a restore may
   * stand half finished, as in an old file, and goes on only when somebody opens the log anew.
   */
  beingRestored(): StoreError {
    if (this.#seen.last > 0) return this.diverge("it is being restored from its copy");
    return new StoreError("STORE_UNAVAILABLE", `The log in ${this.#place} is being restored from its copy.`);
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

/** Whether two marks are of one batch. */
export function isSame(left: Mark, right: Mark): boolean {
  return left.last === right.last && left.at === right.at && left.digest === right.digest;
}

interface Comparison {
  readonly seen: Mark;
  readonly state: LogState;
  readonly there: Mark | undefined;
}
