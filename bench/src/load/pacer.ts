const slotMs = 5;

/**
 * Many small waits at the price of one timer: calls are due in slots of 5 ms, like players, none of whom needs to
 * be more exact.
 */
export class Pacer {
  readonly #slots = new Map<number, (() => void)[]>();
  readonly #ticks: ((elapsedMs: number) => void)[] = [];
  readonly #startedAt = performance.now();
  #slot = 0;
  #lookedAt = this.#startedAt;
  #timer: NodeJS.Timeout;

  constructor() {
    this.#timer = setInterval(() => this.#look(), slotMs);
  }

  after(delayMs: number, call: () => void): void {
    const now = performance.now() - this.#startedAt;
    const slot = Math.max(this.#slot + 1, Math.ceil((now + delayMs) / slotMs));
    const calls = this.#slots.get(slot);
    if (calls === undefined) this.#slots.set(slot, [call]);
    else calls.push(call);
  }

  /** Called every few ms with the time since the last call: for work at a rate. */
  onTick(call: (elapsedMs: number) => void): void {
    this.#ticks.push(call);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    const now = performance.now();
    for (const tick of this.#ticks) tick(now - this.#lookedAt);
    this.#lookedAt = now;
    const due = Math.floor((now - this.#startedAt) / slotMs);
    while (this.#slot < due) {
      this.#slot += 1;
      const calls = this.#slots.get(this.#slot) ?? [];
      this.#slots.delete(this.#slot);
      for (const call of calls) call();
    }
  }
}
