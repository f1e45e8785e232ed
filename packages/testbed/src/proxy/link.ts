import { testbedLimits } from "../limits.ts";

/** Where bytes go: to the server that the proxy stands for, or back to its client. */
export type Direction = "toServer" | "toClient";

/** What a direction does with bytes: passes them on, keeps them for later, or swallows them. */
export type Gate = "open" | "stalled" | "hole";

export interface Delay {
  readonly ms: number;
  /** Up to so much is added to it, at random. */
  readonly jitterMs: number;
}

/** One direction of everything that goes through a proxy, and the faults it has at the moment. */
export class Link {
  gate: Gate = "open";
  /** Bytes that arrived on the other side. */
  passed = 0;
  /** Bytes that never will. */
  lost = 0;
  readonly #random: () => number;
  #delay: Delay = { ms: 0, jitterMs: 0 };
  #bytesPerSecond = Number.POSITIVE_INFINITY;
  #busyUntil = 0;

  constructor(random: () => number) {
    this.#random = random;
  }

  setDelay(delay: Delay): void {
    this.#delay = delay;
  }

  setRate(bytesPerSecond: number): void {
    this.#bytesPerSecond = bytesPerSecond;
    this.#busyUntil = 0;
  }

  /** How much travels as one: the slower the link, the less, so that bytes come evenly. */
  get packetBytes(): number {
    return Math.max(testbedLimits.packetBytesMin, Math.ceil(this.#bytesPerSecond / 100));
  }

  heal(): void {
    this.gate = "open";
    this.setDelay({ ms: 0, jitterMs: 0 });
    this.setRate(Number.POSITIVE_INFINITY);
  }

  /** When bytes that set out at a moment will arrive: they wait for those before them, and then travel. */
  arrivalOf({ bytes, at }: { readonly bytes: number; readonly at: number }): number {
    this.#busyUntil = Math.max(at, this.#busyUntil) + (bytes / this.#bytesPerSecond) * 1_000;
    return this.#busyUntil + this.#delay.ms + this.#delay.jitterMs * this.#random();
  }
}
