import type { Clock } from "../ports.ts";

type Timer = { readonly at: number; readonly order: number; readonly call: () => void };

/**
 * A clock that stands still until it is told the time; whatever is due then runs in order of its time.
 *
 * @example
 * const clock = new ManualClock();
 * clock.after(500, () => console.log("half a second"));
 * clock.advanceTo(1_000);
 */
export class ManualClock implements Clock {
  #now: number;
  #order = 0;
  #soon: (() => void)[] = [];
  readonly #timers = new Set<Timer>();

  constructor(now = 0) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  after(delayMs: number, call: () => void): () => void {
    this.#order += 1;
    const timer = { at: this.#now + delayMs, order: this.#order, call };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  soon(call: () => void): void {
    this.#soon.push(call);
  }

  /** Moves on to `at` ms, running on the way what becomes due. */
  advanceTo(at: number): void {
    for (let timer = this.#next(at); timer !== undefined; timer = this.#next(at)) {
      this.#timers.delete(timer);
      this.#now = Math.max(this.#now, timer.at);
      timer.call();
      this.settle();
    }
    this.#now = Math.max(this.#now, at);
  }

  /** Runs what was left for the end of the turn, and what that leaves in turn. */
  settle(): void {
    while (this.#soon.length > 0) for (const call of this.#soon.splice(0)) call();
  }

  #next(at: number): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.#timers) {
      if (timer.at > at) continue;
      if (first === undefined || timer.at < first.at || (timer.at === first.at && timer.order < first.order))
        first = timer;
    }
    return first;
  }
}
