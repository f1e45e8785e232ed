import { storeLimits } from "../limits.ts";
import type { RedisConnection } from "./redis-connection.ts";

/** Hears what is published on a channel. Must not throw. */
export interface ChannelListener {
  message(payload: string): void;
  /** From here on nothing is missed, until the connection is lost and this is called again. */
  subscribed?(): void;
}

/**
 * The channels one connection hears. Changes of one turn are sent together, a channel is subscribed to once however
 * many listen, and after a lost connection all channels are subscribed to again.
 */
export class Subscriptions {
  readonly #connection: RedisConnection;
  readonly #listeners = new Map<string, Set<ChannelListener>>();
  /** What Redis was asked for on this connection, answered or not. */
  readonly #asked = new Set<string>();
  readonly #changed = new Set<string>();
  readonly #ping: NodeJS.Timeout;
  #flushPlanned = false;

  constructor(connection: RedisConnection) {
    this.#connection = connection;
    const { client } = connection;
    client.on("smessage", (channel: string, payload: string) => {
      for (const listener of this.#listeners.get(channel) ?? []) listener.message(payload);
    });
    client.on("close", () => this.#asked.clear());
    client.on("ready", () => this.#changeAll());
    // The slot went to another server, which has to be subscribed to instead.
    client.on("moved", () => connection.renew());
    // Silence is no sign of life: the answer to a ping is, and without one the connection is cut.
    this.#ping = setInterval(() => {
      if (connection.isReady) client.ping().catch(passOver);
    }, storeLimits.redisPingEveryMs);
    this.#ping.unref();
  }

  /** Adds a listener; the returned function removes it, and hears nothing from then on. */
  listen(channel: string, listener: ChannelListener): () => void {
    const listeners = this.#listeners.get(channel);
    if (listeners === undefined) this.#listeners.set(channel, new Set([listener]));
    else listeners.add(listener);
    this.#change(channel);
    return () => {
      const rest = this.#listeners.get(channel);
      if (!rest?.delete(listener) || rest.size > 0) return;
      this.#listeners.delete(channel);
      this.#change(channel);
    };
  }

  close(): void {
    clearInterval(this.#ping);
    this.#listeners.clear();
  }

  #changeAll(): void {
    for (const channel of this.#listeners.keys()) this.#change(channel);
  }

  #change(channel: string): void {
    this.#changed.add(channel);
    if (this.#flushPlanned) return;
    this.#flushPlanned = true;
    setImmediate(() => {
      this.#flushPlanned = false;
      this.#flush();
    });
  }

  #flush(): void {
    const channels = [...this.#changed];
    this.#changed.clear();
    // A lost connection has no subscriptions; all are asked for when it is back.
    if (!this.#connection.isReady) return;
    const wanted = channels.filter((channel) => this.#listeners.has(channel));
    const left = channels.filter((channel) => !this.#listeners.has(channel) && this.#asked.delete(channel));
    for (const some of portionsOf(wanted.filter((channel) => !this.#asked.has(channel))))
      this.#subscribe(some);
    for (const some of portionsOf(left)) this.#connection.client.sunsubscribe(...some).catch(passOver);
  }

  #subscribe(channels: readonly string[]): void {
    for (const channel of channels) this.#asked.add(channel);
    this.#connection.client.ssubscribe(...channels).then(
      () => this.#tell(channels),
      (error: unknown) => this.#connection.refused(error),
    );
  }

  #tell(channels: readonly string[]): void {
    for (const channel of channels) {
      for (const listener of this.#listeners.get(channel) ?? []) listener.subscribed?.();
    }
  }
}

function* portionsOf(channels: readonly string[]): Generator<readonly string[]> {
  const size = storeLimits.redisChannelsPerCommand;
  for (let start = 0; start < channels.length; start += size) yield channels.slice(start, start + size);
}

/** A command that failed has lost its connection, which is renewed. */
function passOver(): void {}
