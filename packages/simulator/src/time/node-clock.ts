import type { Clock } from "matchforge";
import type { VirtualTime } from "./virtual-time.ts";

/**
 * The clock of one run of one node. It shows another time than the others' and ticks a little fast or slow, it
 * stands still for its process while that is paused, and after a crash nothing it was asked for ever happens.
 */
export class NodeClock implements Clock {
  readonly #time: VirtualTime;
  readonly #rate: number;
  readonly #skewMs: number;
  #pausedUntil = 0;
  #dead = false;

  constructor(options: { readonly time: VirtualTime; readonly rate: number; readonly skewMs: number }) {
    this.#time = options.time;
    this.#rate = options.rate;
    this.#skewMs = options.skewMs;
  }

  /** Whole milliseconds: differences do not depend on how far the clock is off. */
  now(): number {
    return Math.floor(this.#time.now * this.#rate) + this.#skewMs;
  }

  /** As the machine's timers: a millisecond at least. */
  after(delayMs: number, call: () => void): () => void {
    return this.#time.after(Math.max(1, Math.ceil(delayMs / this.#rate)), () => this.#ring(call));
  }

  soon(call: () => void): void {
    this.#time.after(0, () => this.#ring(call));
  }

  /** The process gets no time for a while, as under SIGSTOP or a long garbage collection. */
  pause(forMs: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, this.#time.now + forMs);
  }

  /** Resolves when the process gets time: what arrives meanwhile waits. Never after a crash. */
  async awake(): Promise<void> {
    while (this.paused) await this.#time.wait(this.#pausedUntil - this.#time.now);
    if (this.#dead) await new Promise<never>(() => {});
  }

  kill(): void {
    this.#dead = true;
  }

  get dead(): boolean {
    return this.#dead;
  }

  get paused(): boolean {
    return this.#pausedUntil > this.#time.now;
  }

  #ring(call: () => void): void {
    if (this.#dead) return;
    const waitMs = this.#pausedUntil - this.#time.now;
    if (waitMs > 0) this.#time.after(waitMs, () => this.#ring(call));
    else call();
  }
}
