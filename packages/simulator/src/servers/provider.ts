import type { AllocatedServer, AllocationRequest } from "matchforge";
import type { FaultCounts } from "../faults/fault-counts.ts";
import type { VirtualTime } from "../time/virtual-time.ts";

/** What the provider says to a request that reached it; gone: the key was given back. */
export type ProviderAnswer = AllocatedServer | "full" | "gone";

/** Somebody who waits for an outage this long has seen a long one. */
const longOutageMs = 60_000;

/**
 * Somebody outside who lends game servers, with books of its own: one server for each key however often it is asked, and
 * none for a key that was given back, whenever the request for it arrives.
 */
export class Provider {
  readonly #options: ProviderOptions;
  readonly #held = new Map<string, { readonly server: AllocatedServer; readonly givenUp: boolean }>();
  readonly #returned = new Set<string>();
  #lent = 0;
  #awayFrom = 0;
  #awayUntil = 0;

  constructor(options: ProviderOptions) {
    this.#options = options;
  }

  /** How many servers it has lent and not got back. */
  get held(): number {
    return this.#held.size;
  }

  /** Nothing that is asked is carried out or answered for so long. */
  beginOutage(forMs: number): void {
    const { now } = this.#options.time;
    if (now >= this.#awayUntil) this.#awayFrom = now;
    this.#awayUntil = Math.max(this.#awayUntil, now + forMs);
  }

  get isAway(): boolean {
    const { time, reach } = this.#options;
    const isAway = time.now < this.#awayUntil;
    if (isAway && time.now - this.#awayFrom >= longOutageMs) reach("D11");
    return isAway;
  }

  /** A request is carried out; perhaps when whoever asked has given it up, or for the second time. */
  carryOut(request: AllocationRequest, { givenUp }: { readonly givenUp: boolean }): ProviderAnswer {
    const { key } = request;
    const { reach, counts, isFull, onLent } = this.#options;
    if (this.#returned.has(key)) {
      reach("given back before it was carried out");
      return "gone";
    }
    const held = this.#held.get(key);
    if (held !== undefined) {
      if (held.givenUp && !givenUp) reach("D3");
      return held.server;
    }
    if (this.#held.size >= this.#options.capacity || isFull()) {
      counts.add("provider_full");
      return "full";
    }
    this.#lent += 1;
    const [region = null] = request.regions;
    const server = { name: `lent-${this.#lent}`, address: `198.51.100.7:${this.#lent}`, region };
    this.#held.set(key, { server, givenUp });
    onLent(request);
    return server;
  }

  /** Whatever is held under the key is free again; nothing is ever held under it from here on. */
  giveBack(key: string): void {
    const { reach, onReturned } = this.#options;
    const held = this.#held.get(key);
    if (held?.givenUp) reach("D2");
    this.#held.delete(key);
    this.#returned.add(key);
    onReturned(key);
  }
}

export interface ProviderOptions {
  readonly time: VirtualTime;
  readonly capacity: number;
  readonly counts: FaultCounts;
  /** Whether it has nothing to lend just now although there was room. */
  readonly isFull: () => boolean;
  /** Told which scenarios have come about. */
  readonly reach: (scenario: string) => void;
  readonly onLent: (request: AllocationRequest) => void;
  readonly onReturned: (key: string) => void;
}
