import { DroppedReports } from "../../dropped-reports.ts";
import { storeLimits } from "../../limits.ts";
import { textOf } from "../../redis/name-failure.ts";
import type { RedisConnection } from "../../redis/redis-connection.ts";
import type { StoreReport } from "../../report.ts";

interface Message {
  readonly channel: string;
  readonly text: string;
}

/**
 * Sends messages to Redis, those of one turn together. It never throws and never keeps anything for later: what cannot
 * be sent now, because the connection is lost or Redis does not keep up, is dropped, counted and reported.
 */
export class Publisher {
  readonly #connection: RedisConnection;
  readonly #dropped: DroppedReports;
  #turn: Message[] = [];
  /** Messages not answered yet, and their text, those of this turn included. */
  #unanswered = 0;
  #unansweredText = 0;

  constructor(connection: RedisConnection, report: StoreReport) {
    this.#connection = connection;
    this.#dropped = new DroppedReports({ report, code: "RELAY_DROPPED" });
  }

  publish({ channel, text }: Message): void {
    const { redisRelayUnanswered, redisRelayUnansweredText } = storeLimits;
    if (!this.#connection.isReady) {
      this.#dropped.add(`${this.#connection.place} is not connected: messages of the relay were dropped.`);
    } else if (
      this.#unanswered >= redisRelayUnanswered ||
      this.#unansweredText + text.length > redisRelayUnansweredText
    ) {
      this.#dropped.add(`${this.#connection.place} does not keep up: messages of the relay were dropped.`);
    } else this.#add({ channel, text });
  }

  close(): void {
    this.#dropped.close();
  }

  #add(message: Message): void {
    this.#unanswered += 1;
    this.#unansweredText += message.text.length;
    this.#turn.push(message);
    if (this.#turn.length === 1) setImmediate(() => this.#send());
  }

  #send(): void {
    const messages = this.#turn;
    this.#turn = [];
    const commands = this.#connection.client.pipeline();
    let text = 0;
    for (const message of messages) {
      text += message.text.length;
      commands.spublish(message.channel, message.text);
    }
    commands.exec().then(
      (answers) => this.#answered({ messages: messages.length, text, failures: failuresIn(answers) }),
      (failure: unknown) =>
        this.#answered({ messages: messages.length, text, failures: messages.map(() => failure) }),
    );
  }

  #answered(sent: {
    readonly messages: number;
    readonly text: number;
    readonly failures: readonly unknown[];
  }): void {
    this.#unanswered -= sent.messages;
    this.#unansweredText -= sent.text;
    const [failure] = sent.failures;
    if (failure === undefined) return;
    const reason = failure instanceof Error ? textOf(failure) : String(failure);
    const what = `${this.#connection.place} did not take messages of the relay (${reason}).`;
    this.#dropped.add(what, sent.failures.length);
  }
}

function failuresIn(answers: readonly (readonly [Error | null, unknown])[] | null): readonly Error[] {
  return (answers ?? []).flatMap(([error]) => (error === null ? [] : [error]));
}
