/** A message for whoever listens to a channel; its form is seed 004's. */
export interface ChannelMessage {
  /** `player:ID:updates`, `queue:status` and the like. */
  readonly channel: string;
  readonly message: {
    readonly type: string;
    readonly data: Readonly<Record<string, unknown>>;
    /** ISO 8601. */
    readonly timestamp: string;
  };
}

/**
 * Tells whoever listens at that moment, at most once, and those of one channel in order. Nothing is kept: who must not miss
 * anything reads a sink instead.
 *
 * Rejects with a `StoreError`, `STORE_UNAVAILABLE` or `STORE_CLOSED`, when some of the messages may not have been told.
 *
 * @example
 * await channels.publish([{ channel: "queue:status", message: { type: "queue_update", data, timestamp } }]);
 */
export interface Channels {
  publish(messages: readonly ChannelMessage[]): Promise<void>;
  /** Ends it at once; what is under way fails. */
  close(): Promise<void>;
}
