/** Receives the payloads of one topic. It must return soon; what it throws is reported and stops nothing. */
export type RelayListener = (payload: string) => void;

/**
 * Carries the high-rate stream (progress, spectator frames) between nodes. Each message reaches each listener at
 * most once and may be lost; what does arrive on a topic arrives in the order in which one publisher sent it.
 *
 * @example
 * const unsubscribe = relay.subscribe("match_1", (payload) => draw(JSON.parse(payload)));
 * relay.publish("match_1", JSON.stringify({ progress: 40 }));
 */
export interface Relay {
  /** Sends and forgets. Does nothing once the relay is closed. */
  publish(topic: string, payload: string): void;
  /**
   * Hears what is published on `topic` from here on, also by this process. The returned function ends it at once.
   * Throws `STORE_CLOSED` once the relay is closed.
   */
  subscribe(topic: string, listener: RelayListener): () => void;
  /** Ends all subscriptions; nothing is delivered afterwards. */
  close(): Promise<void>;
}
