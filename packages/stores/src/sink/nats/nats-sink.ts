import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/transport-node";
import type { EventPlace } from "../../archive/port.ts";
import { storeLimits } from "../../limits.ts";
import { movedError, placeIn, placeOf } from "../cursor.ts";
import type { Sink, StreamRecord } from "../port.ts";
import { SinkEnd } from "../sink-end.ts";
import { connectNats } from "./connect-nats.ts";
import { nameFailure } from "./name-failure.ts";
import { prepareStream, type StreamPlan, streamPlan } from "./prepare-stream.ts";

export interface NatsOptions {
  /** `nats://user:password@host:4222`, or several after each other, or `tls://…`. */
  readonly url: string;
  /** The shard's name: letters, digits, `_` and `-`. */
  readonly shard: string;
  /** How many records the stream keeps; older ones are dropped. */
  readonly recordsMax: number;
  /** How many servers of a NATS cluster hold it. */
  readonly replicas: number;
}

/** Where a stream ends: the number of its last message. */
interface StreamEnd {
  readonly place: EventPlace | undefined;
  readonly sequence: number;
}

/**
 * A stream of NATS JetStream, `matchforge_SHARD`, kept in files; a record's subject is `matchforge.SHARD.TYPE`. Every message
 * is accepted only behind the one before it, so records can be sent together and still have no gap, whoever else writes.
 *
 * @example
 * const sink = new NatsSink({ url: "nats://127.0.0.1:4222", shard: "eu", recordsMax: 1_000_000, replicas: 1 });
 */
export class NatsSink implements Sink {
  readonly name = "nats";
  readonly #options: NatsOptions;
  readonly #plan: StreamPlan;
  readonly #place: string;
  readonly #end: SinkEnd<StreamEnd>;
  #connection: Promise<NatsConnection> | null = null;

  constructor(options: NatsOptions) {
    this.#options = options;
    this.#plan = streamPlan(options);
    this.#place = `NATS at ${options.url.replaceAll(/[^/,]*@/g, "")}`;
    this.#end = new SinkEnd(this.#place);
  }

  async cursor(): Promise<EventPlace | undefined> {
    const { place } = await this.#end.learn(() => this.#named(() => this.#look()));
    return place;
  }

  async write(records: readonly StreamRecord[]): Promise<void> {
    if (records.length === 0) return;
    await this.#end.follow((end) => this.#named(() => this.#publish(end, records)));
  }

  async close(): Promise<void> {
    this.#end.close();
    // One that never came about needs no closing.
    const connection = await this.#connection?.catch(() => null);
    await connection?.close();
  }

  async #look(): Promise<StreamEnd> {
    const manager = await jetstreamManager(await this.#connected(), { timeout: storeLimits.natsAnswerMs });
    const { messages, last_seq: sequence } = await prepareStream(manager, {
      plan: this.#plan,
      place: this.#place,
    });
    if (messages === 0) return { place: undefined, sequence };
    const message = await manager.streams.getMessage(this.#plan.name, { seq: sequence });
    return { sequence, place: message === null ? undefined : placeIn(message.string(), this.#place) };
  }

  async #publish(end: StreamEnd, records: readonly StreamRecord[]): Promise<StreamEnd> {
    const client = jetstream(await this.#connected(), { timeout: storeLimits.natsAnswerMs });
    const { name, prefix } = this.#plan;
    const publish = (record: StreamRecord, index: number) =>
      client.publish(`${prefix}.${record.type}`, JSON.stringify(record), {
        // A stream that was emptied takes a record again, whose cursor alone it would still recognise.
        msgID: `${end.sequence + index}/${record.cursor}`,
        expect: { streamName: name, lastSequence: end.sequence + index },
      });
    const [first, ...others] = records;
    // One that stands there already is acknowledged wherever it stands, and what follows it might be taken.
    if ((await publish(first, 0)).duplicate) throw movedError(this.#place);
    const answers = await Promise.allSettled(others.map((record, index) => publish(record, index + 1)));
    // Behind the first that failed none was accepted.
    for (const answer of answers) if (answer.status === "rejected") throw answer.reason;
    const last = records[records.length - 1];
    return { place: placeOf(last.cursor), sequence: end.sequence + records.length };
  }

  async #connected(): Promise<NatsConnection> {
    this.#connection ??= connectNats(this.#options);
    try {
      const connection = await this.#connection;
      if (!connection.isClosed()) return connection;
    } catch (error) {
      this.#connection = null;
      throw error;
    }
    // A server that refuses its user twice ends a connection for good.
    this.#connection = connectNats(this.#options);
    return this.#connection;
  }

  async #named<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    try {
      return await work();
    } catch (error) {
      throw nameFailure(error, this.#place);
    }
  }
}
