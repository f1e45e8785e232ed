import type { VirtualTime } from "../time/virtual-time.ts";

/** Whether the stores can be reached at all, by anybody. */
export class StoreOutage {
  readonly #time: VirtualTime;
  #until = 0;

  constructor(time: VirtualTime) {
    this.#time = time;
  }

  begin(forMs: number): void {
    this.#until = Math.max(this.#until, this.#time.now + forMs);
  }

  get isAway(): boolean {
    return this.#time.now < this.#until;
  }
}
