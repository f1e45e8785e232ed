import type { KernelEvent, State } from "@matchforge/core";
import type { Archive, ChannelMessage, Channels, EventPlace, EventRow } from "@matchforge/stores";
import { engineLimits } from "../../limits.ts";
import type { Clock, Report } from "../../ports.ts";
import { EventFollower } from "../event-follower.ts";
import { MatchFactsBook, type ReadEvent } from "../match-facts.ts";
import { recordOf } from "../record-of.ts";
import { unlessUnreadable } from "../unless-unreadable.ts";
import { messagesOf } from "./messages-of.ts";
import { QueueSizes, queueUpdates } from "./queue-sizes.ts";
import type { Told } from "./told.ts";

export interface ChannelsReactorOptions {
  readonly channels: Channels;
  readonly archive: Archive;
  readonly state: () => State;
  readonly clock: Clock;
  readonly leads: () => boolean;
  readonly report: Report;
}

/** Behind every event of a position. */
const lastIndex = Number.MAX_SAFE_INTEGER;

/**
 * Tells whoever listens what happens, while its node leads: from the end of the stored events on, each at most once. What
 * could not be told is not told later: after a failure, or when too far behind, it goes on at the end.
 *
 * @example
 * const reactor = new ChannelsReactor({ channels, archive, state: () => node.state, clock, leads: () => node.leads, report });
 * node.replica.onApplied((_entry, events) => reactor.applied(events));
 */
export class ChannelsReactor {
  readonly #options: ChannelsReactorOptions;
  readonly #book: MatchFactsBook;
  readonly #follower: EventFollower;
  readonly #sizes = new QueueSizes();
  /** Moves that were refused since they were last told: they change nothing, so the archive has none of them. */
  #refusedMoves = 0;

  constructor(options: ChannelsReactorOptions) {
    this.#options = options;
    this.#book = new MatchFactsBook(options);
    this.#follower = new EventFollower(
      { ...options, codes: { failed: "CHANNELS_FAILED", back: "CHANNELS_BACK" } },
      { begin: () => this.#end(), take: (rows) => this.#take(rows) },
    );
  }

  /** Called after every applied entry. */
  applied(events: readonly KernelEvent[]): void {
    for (const event of events)
      if (event.type === "refused" && event.code === "INVALID_STATE") this.#refusedMoves += 1;
    this.#follower.applied();
  }

  /** Ends it, and the channels with it. */
  async stop(): Promise<void> {
    const stopped = this.#follower.stop();
    await this.#options.channels.close();
    await stopped;
  }

  async #end(): Promise<EventPlace> {
    this.#sizes.forget();
    this.#refusedMoves = 0;
    return { position: await this.#options.archive.cursor(), index: lastIndex };
  }

  async #take(rows: readonly EventRow[]): Promise<"taken" | "behind"> {
    if (await this.#isBehind(rows)) return "behind";
    const events = await this.#book.read(rows);
    const make = (event: ReadEvent) => messagesOf(event, recordOf(event));
    const stored = unlessUnreadable(events, { make, report: this.#options.report });
    const messages = [...stored.flat(), ...this.#live(events)];
    if (messages.length > 0) await this.#options.channels.publish(messages);
    this.#book.forget(events);
    return "taken";
  }

  async #isBehind([first]: readonly EventRow[]): Promise<boolean> {
    if (first === undefined) return false;
    const { archive, report } = this.#options;
    const behind = (await archive.cursor()) - first.position;
    if (behind <= engineLimits.channelsBehindPositions) return false;
    report({ code: "CHANNELS_BEHIND", detail: `${behind} positions are skipped: they were told too slowly` });
    return true;
  }

  /** What follows from the state as it is. */
  #live(events: readonly ReadEvent[]): ChannelMessage[] {
    const state = this.#options.state();
    const told: Told[] = [...this.#sizes.changes(state), ...this.#refused()];
    for (const { event } of events)
      if (event.type === "ticket.queued") told.push(...queueUpdates(state, event.ticket));
    const timestamp = new Date(state.at).toISOString();
    return told.map(({ channel, type, data }) => ({ channel, message: { type, data, timestamp } }));
  }

  #refused(): Told[] {
    const count = this.#refusedMoves;
    this.#refusedMoves = 0;
    if (count === 0) return [];
    const code = "INVALID_STATE";
    return [{ channel: `events:violation:${code}`, type: "violation", data: { code, count } }];
  }
}
