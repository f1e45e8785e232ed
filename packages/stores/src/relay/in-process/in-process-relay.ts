import { StoreError } from "../../errors.ts";
import { storeLimits } from "../../limits.ts";
import type { Relay, RelayListener } from "../port.ts";

interface Subscription {
  readonly listener: RelayListener;
  active: boolean;
}

interface Message {
  readonly topic: string;
  readonly payload: string;
}

/** What an in-process relay needs from outside. */
export interface InProcessRelayOptions {
  /** Hears what a listener threw, and `RELAY_OVERFLOW` when listeners published without end. Must not throw. */
  readonly onError: (error: unknown, topic: string) => void;
}

/**
 * A relay within one process. `publish` delivers before it returns; what listeners publish meanwhile waits its turn,
 * so that all listeners of a topic see one order. At most `storeLimits.relayNested` such messages are carried for
 * one outer `publish`; the rest is dropped and reported.
 *
 * @example
 * const relay = new InProcessRelay({ onError: (error, topic) => log.warn({ error, topic }) });
 */
export class InProcessRelay implements Relay {
  readonly #onError: InProcessRelayOptions["onError"];
  /** The arrays are replaced, never changed, so that a delivery goes on over the one it began with. */
  readonly #topics = new Map<string, readonly Subscription[]>();
  #waiting: Message[] = [];
  #delivering = false;
  #dropped = 0;
  #closed = false;

  constructor(options: InProcessRelayOptions) {
    this.#onError = options.onError;
  }

  publish(topic: string, payload: string): void {
    if (this.#closed) return;
    if (this.#delivering) this.#wait({ topic, payload });
    else this.#deliverAll({ topic, payload });
  }

  subscribe(topic: string, listener: RelayListener): () => void {
    if (this.#closed) throw new StoreError("STORE_CLOSED", "The relay was closed.");
    const subscription = { listener, active: true };
    this.#topics.set(topic, [...(this.#topics.get(topic) ?? []), subscription]);
    return () => {
      subscription.active = false;
      const rest = (this.#topics.get(topic) ?? []).filter((other) => other !== subscription);
      if (rest.length === 0) this.#topics.delete(topic);
      else this.#topics.set(topic, rest);
    };
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const subscriptions of this.#topics.values()) {
      for (const subscription of subscriptions) subscription.active = false;
    }
    this.#topics.clear();
  }

  /** The queue only grows while its messages are delivered, so its bound also ends listeners that answer each other. */
  #wait(message: Message): void {
    if (this.#waiting.length < storeLimits.relayNested) this.#waiting.push(message);
    else this.#dropped += 1;
  }

  #deliverAll(first: Message): void {
    this.#delivering = true;
    try {
      this.#deliver(first);
      for (const message of this.#waiting) this.#deliver(message);
      if (this.#dropped > 0) this.#reportOverflow(first.topic);
    } finally {
      this.#waiting = [];
      this.#dropped = 0;
      this.#delivering = false;
    }
  }

  #deliver({ topic, payload }: Message): void {
    for (const subscription of this.#topics.get(topic) ?? []) {
      if (!subscription.active) continue;
      try {
        subscription.listener(payload);
      } catch (error) {
        this.#onError(error, topic);
      }
    }
  }

  #reportOverflow(topic: string): void {
    const message = `Listeners published while they were called; ${this.#dropped} messages were dropped.`;
    this.#onError(new StoreError("RELAY_OVERFLOW", message), topic);
  }
}
