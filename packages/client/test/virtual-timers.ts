import type { Timers } from "../src/index.ts";

interface Waiting {
  readonly at: number;
  readonly call: () => void;
}

/** Time that stands still until it is moved. */
export class VirtualTimers implements Timers {
  /** Every pause that was asked for, in order. */
  readonly asked: number[] = [];
  #now = 0;
  readonly #waiting = new Set<Waiting>();

  now(): number {
    return this.#now;
  }

  after(delayMs: number, call: () => void): () => void {
    this.asked.push(delayMs);
    const waiting = { at: this.#now + delayMs, call };
    this.#waiting.add(waiting);
    return () => this.#waiting.delete(waiting);
  }

  /** How many calls are due some time. */
  get pending(): number {
    return this.#waiting.size;
  }

  /** Moves on, and calls on the way what becomes due, in order. */
  advance(byMs: number): void {
    const end = this.#now + byMs;
    for (let next = this.#next(end); next !== undefined; next = this.#next(end)) {
      this.#waiting.delete(next);
      this.#now = next.at;
      next.call();
    }
    this.#now = end;
  }

  #next(end: number): Waiting | undefined {
    const due = [...this.#waiting].filter(({ at }) => at <= end);
    return due.sort((left, right) => left.at - right.at)[0];
  }
}
