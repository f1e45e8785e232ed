import { randomUUID } from "node:crypto";
import type { ShardKeys } from "../../redis/shard-keys.ts";
import type { Subscriptions } from "../../redis/subscriptions.ts";
import type { StoreReport } from "../../report.ts";
import type { InProcessRelay } from "../in-process/in-process-relay.ts";
import { localListeners } from "../local-listeners.ts";
import type { Relay, RelayListener } from "../port.ts";
import type { Publisher } from "./publisher.ts";
import { RelayEnvelopes } from "./relay-envelopes.ts";

interface RedisRelayOptions {
  readonly publisher: Publisher;
  readonly subscriptions: Subscriptions;
  readonly keys: ShardKeys;
  readonly report: StoreReport;
}

interface Channel {
  listeners: number;
  readonly end: () => void;
}

/**
 * A relay through Redis' publish and subscribe. Listeners of this handle hear its own messages at once and not through
 * Redis, so they go on while Redis is away; those of others hear them through Redis.
 */
export class RedisRelay implements Relay {
  readonly #options: RedisRelayOptions;
  readonly #local: InProcessRelay;
  readonly #envelopes = new RelayEnvelopes(randomUUID());
  readonly #channels = new Map<string, Channel>();
  #closed = false;

  constructor(options: RedisRelayOptions) {
    this.#options = options;
    this.#local = localListeners(options.report);
  }

  publish(topic: string, payload: string): void {
    if (this.#closed) return;
    const { publisher, keys } = this.#options;
    publisher.publish({ channel: keys.topic(topic), text: this.#envelopes.seal(payload) });
    this.#local.publish(topic, payload);
  }

  subscribe(topic: string, listener: RelayListener): () => void {
    const endLocal = this.#local.subscribe(topic, listener);
    const channel = this.#channels.get(topic) ?? this.#listenTo(topic);
    channel.listeners += 1;
    let ended = false;
    return () => {
      endLocal();
      if (ended) return;
      ended = true;
      channel.listeners -= 1;
      if (channel.listeners > 0) return;
      channel.end();
      this.#channels.delete(topic);
    };
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const channel of this.#channels.values()) channel.end();
    this.#channels.clear();
    await this.#local.close();
  }

  #listenTo(topic: string): Channel {
    const { subscriptions, keys } = this.#options;
    const end = subscriptions.listen(keys.topic(topic), {
      message: (text) => {
        const payload = this.#envelopes.open(text);
        if (payload !== undefined) this.#local.publish(topic, payload);
      },
    });
    const channel = { listeners: 0, end };
    this.#channels.set(topic, channel);
    return channel;
  }
}
