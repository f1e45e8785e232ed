import type { Archive, EventPlace, EventRow, Sink } from "@matchforge/stores";
import type { Clock, Report } from "../ports.ts";
import { EventFollower } from "./event-follower.ts";
import { MatchFactsBook } from "./match-facts.ts";
import { recordOf } from "./record-of.ts";
import { unlessUnreadable } from "./unless-unreadable.ts";

export interface StreamReactorOptions {
  readonly sink: Sink;
  readonly archive: Archive;
  readonly clock: Clock;
  readonly leads: () => boolean;
  readonly report: Report;
}

/** Before every event. */
const beginning: EventPlace = { position: 0, index: 0 };

/**
 * Tells a sink what happened, while its node leads: the stored events behind the sink's own last record. So a sink that
 * was away, slow or empty gets everything, in order, and whoever leads next goes on where the sink ends. It delays nobody.
 *
 * @example
 * const reactor = new StreamReactor({ sink, archive, clock, leads: () => node.leads, report });
 * node.replica.onApplied(() => reactor.applied());
 */
export class StreamReactor {
  readonly #sink: Sink;
  readonly #report: Report;
  readonly #book: MatchFactsBook;
  readonly #follower: EventFollower;

  constructor({ sink, ...options }: StreamReactorOptions) {
    const report: Report = ({ code, detail }) => options.report({ code, detail: `${sink.name}: ${detail}` });
    this.#sink = sink;
    this.#report = report;
    this.#book = new MatchFactsBook({ archive: options.archive, report });
    this.#follower = new EventFollower(
      { ...options, report, codes: { failed: "STREAM_FAILED", back: "STREAM_BACK" } },
      { begin: async () => (await sink.cursor()) ?? beginning, take: (rows) => this.#take(rows) },
    );
  }

  /** Called after every applied entry. */
  applied(): void {
    this.#follower.applied();
  }

  /** Ends it, and the sink with it. */
  async stop(): Promise<void> {
    const stopped = this.#follower.stop();
    await this.#sink.close();
    await stopped;
  }

  async #take(rows: readonly EventRow[]): Promise<"taken"> {
    const events = await this.#book.read(rows);
    const records = unlessUnreadable(events, { make: recordOf, report: this.#report });
    await this.#sink.write(records.filter((record) => record !== undefined));
    this.#book.forget(events);
    return "taken";
  }
}
