import type { EventPlace } from "../../archive/port.ts";
import { LazyConnection, type LazyRedisOptions } from "../../redis/lazy-connection.ts";
import { loadScript, runScript } from "../../redis/script.ts";
import { shardKeys } from "../../redis/shard-keys.ts";
import { movedError, placeOf } from "../cursor.ts";
import type { Sink, StreamRecord } from "../port.ts";
import { lastPlace, SinkEnd } from "../sink-end.ts";

export interface RedisStreamsOptions extends LazyRedisOptions {
  /** How many records the stream keeps, roughly: Redis drops older ones in whole nodes. */
  readonly recordsMax: number;
}

const append = loadScript(new URL("./append.lua", import.meta.url));

/**
 * A stream in Redis, `{mf:SHARD}:stream`. A record's id is its cursor with a hyphen, so a reader's place in the stream and
 * in the archive are the same.
 *
 * @example
 * const sink = new RedisStreamsSink({ url: "redis://127.0.0.1", shard: "eu", recordsMax: 1_000_000, report });
 */
export class RedisStreamsSink implements Sink {
  readonly name = "redis_streams";
  readonly #options: RedisStreamsOptions;
  readonly #key: string;
  readonly #connection: LazyConnection;
  readonly #end: SinkEnd<EventPlace | undefined>;

  constructor(options: RedisStreamsOptions) {
    this.#options = options;
    this.#key = shardKeys(options.shard).stream;
    this.#connection = new LazyConnection(options, "stream");
    this.#end = new SinkEnd(this.#connection.place);
  }

  cursor(): Promise<EventPlace | undefined> {
    return this.#end.learn(async () => {
      const connection = await this.#connection.get();
      return connection.run(async (client) => {
        // A stream that its readers have emptied still knows its last id; one that is not there has none.
        if ((await client.exists(this.#key)) === 0) return undefined;
        return placeIn(await client.xinfo("STREAM", this.#key));
      });
    });
  }

  async write(records: readonly StreamRecord[]): Promise<void> {
    if (records.length === 0) return;
    await this.#end.follow(async (end) => {
      const connection = await this.#connection.get();
      const values = [idOf(end), this.#options.recordsMax, ...records.flatMap(fieldsOf)];
      const done = await connection.run((client) => runScript(client, append, { keys: [this.#key], values }));
      if (done !== 1) throw movedError(this.#connection.place);
      return lastPlace(records);
    });
  }

  async close(): Promise<void> {
    this.#end.close();
    this.#connection.close();
  }
}

function fieldsOf({ cursor, type, match_id = "", at, data }: StreamRecord): (string | number)[] {
  return [idOf(placeOf(cursor)), cursor, type, match_id, at, JSON.stringify(data)];
}

function idOf(place: EventPlace | undefined): string {
  return place === undefined ? "0-0" : `${place.position}-${place.index}`;
}

function placeIn(information: unknown): EventPlace | undefined {
  const fields = information as readonly unknown[];
  const id = String(fields[fields.indexOf("last-generated-id") + 1]);
  return id === "0-0" ? undefined : placeOf(id.replace("-", ":"));
}
