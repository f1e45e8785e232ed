import type { Socket } from "node:net";
import { testbedLimits } from "../limits.ts";
import type { Link } from "./link.ts";

/** What travels: bytes, the orderly end of the stream, or its breaking off. */
type Freight = Buffer | "end" | "reset";

interface Held {
  readonly freight: Freight;
  readonly arrivesAt: number;
}

/**
 * One direction of one connection: takes what one socket reads and, in order and when the link lets it, gives
 * it to the other. What it holds is bounded: when it holds that much, it does not read on, so that the sender
 * feels it.
 */
export class OneWay {
  readonly #from: Socket;
  readonly #to: Socket;
  readonly #link: Link;
  #held: Held[] = [];
  #heldBytes = 0;
  #lastArrival = 0;
  #isDrained = true;
  #hasLost = false;
  #timer: NodeJS.Timeout | undefined;

  constructor({ from, to, link }: { readonly from: Socket; readonly to: Socket; readonly link: Link }) {
    this.#from = from;
    this.#to = to;
    this.#link = link;
    from.on("data", (bytes: Buffer) => {
      for (let at = 0; at < bytes.length; at += link.packetBytes) {
        this.#take(bytes.subarray(at, at + link.packetBytes));
      }
    });
    from.once("end", () => this.#take("end"));
    from.once("close", (hadError) => {
      if (hadError) this.#take("reset");
    });
    to.on("drain", () => {
      this.#isDrained = true;
      this.pass();
    });
    to.once("close", () => this.pass());
  }

  /** Whether something of this stream was swallowed, so that it can never be whole again. */
  get hasLost(): boolean {
    return this.#hasLost;
  }

  get heldBytes(): number {
    return this.#heldBytes;
  }

  /** Looks again at what may pass; for when the link has changed. */
  pass(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    while (this.#mayPass) {
      const [next] = this.#held;
      if (next === undefined) break;
      const waitMs = next.arrivesAt - performance.now();
      if (waitMs > 0) {
        this.#timer = setTimeout(() => this.pass(), Math.min(waitMs, testbedLimits.timerMs));
        break;
      }
      this.#held.shift();
      this.#heldBytes -= sizeOf(next.freight);
      this.#deliver(next.freight);
    }
    if (!this.#isFull) this.#from.resume();
  }

  /** Lets everything that is on its way arrive at once. */
  hurry(): void {
    this.#lastArrival = 0;
    this.#held = this.#held.map(({ freight }) => ({ freight, arrivesAt: 0 }));
    this.pass();
  }

  /** Forgets what it holds. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#held = [];
    this.#heldBytes = 0;
  }

  /** What is swallowed needs nobody to take it. */
  get #mayPass(): boolean {
    return this.#swallows || (this.#link.gate === "open" && this.#isDrained);
  }

  get #swallows(): boolean {
    return this.#link.gate === "hole" || this.#hasLost || this.#to.destroyed;
  }

  get #isFull(): boolean {
    return this.#heldBytes >= testbedLimits.heldBytesMax || this.#held.length >= testbedLimits.heldChunksMax;
  }

  #take(freight: Freight): void {
    const arrival = this.#link.arrivalOf({ bytes: sizeOf(freight), at: performance.now() });
    // Jitter never lets anything overtake what set out before it.
    this.#lastArrival = Math.max(this.#lastArrival, arrival);
    this.#held.push({ freight, arrivesAt: this.#lastArrival });
    this.#heldBytes += sizeOf(freight);
    if (this.#isFull) this.#from.pause();
    if (this.#timer === undefined) this.pass();
  }

  #deliver(freight: Freight): void {
    if (this.#swallows) {
      // A stream with a gap would be one that no network makes, so nothing of it passes any more.
      this.#hasLost = true;
      this.#link.lost += sizeOf(freight);
    } else if (freight === "end") {
      this.#to.end();
    } else if (freight === "reset") {
      this.#to.resetAndDestroy();
    } else {
      this.#link.passed += freight.length;
      this.#isDrained = this.#to.write(freight);
    }
  }
}

function sizeOf(freight: Freight): number {
  return typeof freight === "string" ? 0 : freight.length;
}
