import type { Clock } from "matchforge";
import type { VirtualTime } from "./virtual-time.ts";

/**
 * The clock of one run of one node. It may tick a little fast or slow, it stands still while the process is
 * paused, and after a crash nothing it was asked for ever happens.
 */
export class NodeClock implements Clock {
  readonly #time: VirtualTime;
  readonly #rate: number;
  #pausedUntil = 0;
  #dead = false;

  constructor(options: { readonly time: VirtualTime; readonly rate: number }) {
    this.#time = options.time;
    this.#rate = options.rate;
  }

  now(): number {
    return this.#time.now * this.#rate;
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
