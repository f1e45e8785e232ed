import { StoreError } from "../../errors.ts";
import { storeLimits } from "../../limits.ts";
import { LazyConnection, type LazyRedisOptions } from "../../redis/lazy-connection.ts";
import type { ChannelMessage, Channels } from "../port.ts";

export interface RedisChannelsOptions extends LazyRedisOptions {
  /** Goes before every name, for shards that share a Redis; `PUBLISH` knows no databases and no hash tags. */
  readonly prefix: string;
}

/**
 * Redis' own channels, under the names that the seeds give them.
 *
 * @example
 * const channels = new RedisChannels({ url: "redis://127.0.0.1", shard: "eu", prefix: "", report });
 */
export class RedisChannels implements Channels {
  readonly #prefix: string;
  readonly #connection: LazyConnection;
  #closed = false;

  constructor(options: RedisChannelsOptions) {
    this.#prefix = options.prefix;
    this.#connection = new LazyConnection(options, "channels");
  }

  async publish(messages: readonly ChannelMessage[]): Promise<void> {
    if (this.#closed) throw new StoreError("STORE_CLOSED", "The channels were closed.");
    const connection = await this.#connection.get();
    const { channelMessagesPerRequest: atOnce } = storeLimits;
    for (let next = 0; next < messages.length; next += atOnce) {
      await connection.run(async (client) => {
        const commands = client.pipeline();
        for (const { channel, message } of messages.slice(next, next + atOnce)) {
          const name = `${this.#prefix}${channel}`;
          commands.publish(name, JSON.stringify({ channel: name, message }));
        }
        for (const [error] of (await commands.exec()) ?? []) if (error !== null) throw error;
      });
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#connection.close();
  }
}
