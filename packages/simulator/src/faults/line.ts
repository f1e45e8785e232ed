import { StoreError } from "@matchforge/stores";
import type { NodeClock } from "../time/node-clock.ts";
import type { Random } from "../time/random.ts";
import type { VirtualTime } from "../time/virtual-time.ts";
import type { StoreOutage } from "./store-outage.ts";

/** What passes over a line, each of which may be cut alone. */
export type Passage = "appends" | "replies" | "reads";

/** A request into a black hole is given up after this. */
const unansweredMs = 5_000;

/**
 * One run's line to the stores: everything takes time, and it may be cut, in one direction or both. While the process
 * is paused nothing reaches it, after its death nothing ever does.
 */
export class Line {
  readonly #options: LineOptions;
  readonly #cutUntil: Record<Passage, number> = { appends: 0, replies: 0, reads: 0 };
  #slowUntil = 0;

  constructor(options: LineOptions) {
    this.#options = options;
  }

  cut(passages: readonly Passage[], forMs: number): void {
    for (const passage of passages) this.#cutUntil[passage] = this.#options.time.now + forMs;
  }

  /** Everything takes seconds for a while. */
  slow(forMs: number): void {
    this.#slowUntil = this.#options.time.now + forMs;
  }

  /** The way to the store. It may end nowhere: at once, or with no answer at all. */
  async send(passage: Passage, delayMs: number): Promise<void> {
    const { time, random, clock } = this.#options;
    const slowMs = time.now < this.#slowUntil ? random.between(1_000, 4_000) : 0;
    if (delayMs + slowMs > 0) await time.wait(delayMs + slowMs);
    if (!this.#isCut(passage)) return;
    if (random.chance(0.3)) await time.wait(unansweredMs);
    await clock.awake();
    throw new StoreError("STORE_UNAVAILABLE", `The line to the store is cut for ${passage}.`);
  }

  /** The way back. */
  async receive(passage: Passage, delayMs: number): Promise<void> {
    const { time, clock } = this.#options;
    if (delayMs > 0) await time.wait(delayMs);
    if (clock.paused || clock.dead) await clock.awake();
    if (this.#isCut(passage)) throw new StoreError("STORE_UNAVAILABLE", "The answer was lost.");
  }

  #isCut(passage: Passage): boolean {
    const { time, outage } = this.#options;
    return outage.isAway || time.now < this.#cutUntil[passage];
  }
}

export interface LineOptions {
  readonly time: VirtualTime;
  readonly clock: NodeClock;
  readonly random: Random;
  readonly outage: StoreOutage;
}
