import type { EventPlace } from "../../archive/port.ts";
import { storeLimits } from "../../limits.ts";
import { isSamePlace, movedError, placeIn, placeOf } from "../cursor.ts";
import type { Sink, StreamRecord } from "../port.ts";
import { lastPlace, SinkEnd } from "../sink-end.ts";
import { IggyClient } from "./iggy-client.ts";

export interface IggyOptions {
  /** `http://user:password@host:3000`, or `https://…`. */
  readonly url: string;
  readonly shard: string;
}

const stream = "matchforge";
/** A reader's name, of whom nothing is stored. */
const consumer = 1;

/**
 * A topic of Apache Iggy, `SHARD` of the stream `matchforge`, with one partition, by Iggy's HTTP API. Iggy cannot be told to
 * accept a message only behind another one, so a writer looks at the end before it writes: two that write within the same
 * moment are not told apart, and records may then stand there twice. Readers know them by their cursor.
 *
 * @example
 * const sink = new IggySink({ url: "http://iggy:iggy@127.0.0.1:3000", shard: "eu" });
 */
export class IggySink implements Sink {
  readonly name = "iggy";
  readonly #shard: string;
  readonly #client: IggyClient;
  readonly #end: SinkEnd<EventPlace | undefined>;

  constructor({ url, shard }: IggyOptions) {
    this.#shard = shard;
    this.#client = new IggyClient(url);
    this.#end = new SinkEnd(this.#client.place);
  }

  cursor(): Promise<EventPlace | undefined> {
    return this.#end.learn(async () => this.#lastIn(await this.#partition()));
  }

  async write(records: readonly StreamRecord[]): Promise<void> {
    if (records.length === 0) return;
    await this.#end.follow(async (end) => {
      const partition = await this.#partition();
      if (!isSamePlace(await this.#lastIn(partition), end)) throw movedError(this.#client.place);
      for (const body of bodiesOf(records))
        await this.#client.ask({ method: "POST", path: `${this.#topic}/messages`, body });
      await this.#client.ask({ method: "GET", path: `${this.#topic}/messages/flush/${partition}/true` });
      return lastPlace(records);
    });
  }

  async close(): Promise<void> {
    this.#end.close();
    this.#client.close();
  }

  get #topic(): string {
    return `/streams/${stream}/topics/${this.#shard}`;
  }

  /** The number of the topic's partition; the topic is made where it is missing. */
  async #partition(): Promise<number> {
    const found = (await this.#client.ask({ method: "GET", path: this.#topic })) ?? (await this.#make());
    const { partitions } = found as { readonly partitions: readonly { readonly id: number }[] };
    return partitions[0].id;
  }

  async #make(): Promise<unknown> {
    const make = (path: string, body: object) =>
      this.#client.ask({ method: "POST", path, body: JSON.stringify(body) });
    const known = await this.#client.ask({ method: "GET", path: `/streams/${stream}` });
    if (known === undefined) await make("/streams", { name: stream });
    return make(`/streams/${stream}/topics`, {
      name: this.#shard,
      partitions_count: 1,
      compression_algorithm: "none",
      max_topic_size: 0,
      message_expiry: 0,
    });
  }

  async #lastIn(partition: number): Promise<EventPlace | undefined> {
    const query = `consumer_id=${consumer}&partition_id=${partition}&kind=last&count=1&auto_commit=false`;
    const polled = await this.#client.ask({ method: "GET", path: `${this.#topic}/messages?${query}` });
    const { messages } = polled as { readonly messages: readonly { readonly payload: string }[] };
    if (messages.length === 0) return undefined;
    return placeIn(Buffer.from(messages[0].payload, "base64").toString("utf8"), this.#client.place);
  }
}

/** Requests that send records, none too long for Iggy. */
function* bodiesOf(records: readonly StreamRecord[]): Generator<string> {
  let messages: string[] = [];
  let text = 0;
  for (const record of records) {
    const message = messageOf(record);
    if (messages.length > 0 && text + message.length > storeLimits.iggyRequestText) {
      yield bodyOf(messages);
      [messages, text] = [[], 0];
    }
    messages.push(message);
    text += message.length;
  }
  yield bodyOf(messages);
}

/** An empty value leaves it to Iggy which partition it is: there is one. */
function bodyOf(messages: readonly string[]): string {
  return `{"partitioning":{"kind":"balanced","value":""},"messages":[${messages.join(",")}]}`;
}

/** Its id is the place, so that an Iggy that looks for duplicates finds them. Such a number is too long for JSON's own writer. */
function messageOf(record: StreamRecord): string {
  const { position, index } = placeOf(record.cursor);
  const id = BigInt(position) * 4_294_967_296n + BigInt(index);
  return `{"id":${id},"payload":"${Buffer.from(JSON.stringify(record)).toString("base64")}"}`;
}
