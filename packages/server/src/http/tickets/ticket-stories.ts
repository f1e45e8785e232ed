import {
  type Entry,
  type KernelEvent,
  type MatchCancelled,
  type MatchId,
  matchPlayerOf,
  type PlayerId,
  type State,
  type TicketId,
} from "@matchforge/core";
import type { Clock } from "matchforge";
import { MatchRooms } from "../../websocket/match-rooms.ts";
import { StoryBook } from "./story-book.ts";
import type { TicketEnd, TicketStory } from "./ticket-story.ts";

/** Names clients without sockets in the deduplication of requests. */
export const httpClient = "http";

/** What in a match changes what its players are told of it. */
const told: ReadonlySet<KernelEvent["type"]> = new Set([
  "round.extended",
  "match.accepted",
  "match.preparing",
  "match.escrowed",
  "match.ready",
  "match.dispatched",
  "match.beginning",
  "match.started",
  "match.counting",
  "match.forfeited",
  "match.loaded",
  "match.allocated",
  "match.unallocated",
  "match.server_lost",
  "match.admitted",
  "match.redeemed",
]);

const nobody: ReadonlyMap<PlayerId, number> = new Map();

/**
 * Follows tickets from the events of this node's replica: those made over HTTP from their beginning, on every node,
 * the others from the first question about them on.
 */
export class TicketStories {
  readonly #state: () => State;
  readonly #clock: Clock;
  readonly #changed: (story: TicketStory) => void;
  readonly #book: StoryBook;
  readonly #rooms: MatchRooms;

  /** The replica must have read the log before. */
  constructor(options: {
    readonly state: () => State;
    readonly clock: Clock;
    readonly limits: ConstructorParameters<typeof StoryBook>[0];
    /** Told of each ticket to which something has happened, once for an entry. */
    readonly changed: (story: TicketStory) => void;
  }) {
    this.#state = options.state;
    this.#clock = options.clock;
    this.#changed = options.changed;
    this.#book = new StoryBook(options.limits);
    this.#rooms = new MatchRooms(options.state());
  }

  /** A ticket of a player's; undefined for one that is another's, or unknown here: nobody learns which. */
  of(ticket: TicketId, player: PlayerId): TicketStory | undefined {
    const story = this.#book.find(ticket) ?? this.#takenUp(ticket, player);
    return story?.players.includes(player) ? story : undefined;
  }

  /** The ticket that a player's request over HTTP made. */
  madeBy(player: PlayerId, key: string): TicketStory | undefined {
    return this.#book.madeBy(player, key);
  }

  /** The ticket a player waits or is matched with. */
  currentOf(player: PlayerId): TicketStory | undefined {
    const { players, matches } = this.#state();
    const known = players.get(player);
    const match = known?.match ? matches.get(known.match) : undefined;
    const ticket = known?.ticket ?? (match && matchPlayerOf(match, player)?.ticketId);
    return ticket ? this.of(ticket, player) : undefined;
  }

  /** To be called after every applied entry. */
  applied(entry: Entry, events: readonly KernelEvent[]): void {
    const changed = new Set<TicketStory>();
    for (const event of events) {
      this.#rooms.before(event);
      for (const story of this.#told(entry, event)) changed.add(story);
      this.#rooms.after(event);
    }
    this.#book.prune(this.#clock.now());
    for (const story of changed) {
      story.at = entry.position;
      this.#changed(story);
    }
  }

  /** Takes up a live ticket that nobody has asked about before: whatever happened to it, happened until here. */
  #takenUp(ticket: TicketId, player: PlayerId): TicketStory | undefined {
    const { players, tickets, matches, position: at } = this.#state();
    const id = players.get(player)?.match ?? null;
    const match = id === null ? undefined : matches.get(id);
    const mates = match?.players.filter(({ ticketId }) => ticketId === ticket).map((mate) => mate.id) ?? [];
    const all = tickets.get(ticket)?.playerIds ?? mates;
    if (!all.includes(player)) return undefined;
    const story = this.#book.open({ ticket, players: all, origin: null, at });
    if (match !== undefined && mates.length > 0) this.#book.enter(story, match.id, at);
    return story;
  }

  /** The stories an event belongs to, brought up to it. */
  #told(entry: Entry, event: KernelEvent): readonly TicketStory[] {
    switch (event.type) {
      case "ticket.queued": {
        const { ticket, players, origin } = event;
        const isOurs = origin?.key.startsWith(`${httpClient}:`) === true;
        return isOurs ? [this.#book.open({ ticket, players, origin, at: entry.position })] : [];
      }
      case "ticket.warned":
        return this.#known([event.ticket]);
      case "ticket.ended": {
        const blamed = event.by === undefined ? [] : [event.by];
        return this.#ended([event.ticket], { reason: event.reason, blamed });
      }
      case "match.created":
      case "round.joined": {
        const entered = this.#known(new Set(event.players.map(({ ticket }) => ticket)));
        for (const story of entered) this.#book.enter(story, event.match, entry.position);
        return this.#book.ofMatch(event.match);
      }
      case "round.left": {
        const stories = this.#book.ofMatch(event.match);
        for (const story of this.#known([event.ticket])) this.#book.leave(story);
        const blamed = event.by === undefined ? [] : [event.by];
        if (event.ended !== null) this.#ended([event.ticket], { reason: event.ended, blamed });
        return stories;
      }
      case "node.orphaned":
        return event.matches.flatMap((match) => this.#book.ofMatch(match));
      default:
        return this.#toldOfMatch(event);
    }
  }

  #toldOfMatch(event: KernelEvent): readonly TicketStory[] {
    switch (event.type) {
      case "match.cancelled":
        return this.#cancelled(event);
      case "match.resolved": {
        const { roles, textLength } = this.#rooms.of(event.match);
        return this.#over(event.match, {
          reason: "played",
          match: { id: event.match, state: "RESOLVED" },
          result: { result: event.result, roles, textLength },
        });
      }
      case "match.settled": {
        const stories = this.#book.ofMatch(event.match);
        for (const story of stories)
          if (story.end) story.end = { ...story.end, match: { id: event.match, state: "SETTLED" } };
        this.#book.closeMatch(event.match);
        return stories;
      }
      case "match.voided": {
        const stories = this.#over(event.match, {
          reason: "voided",
          match: { id: event.match, state: "VOIDED" },
        });
        this.#book.closeMatch(event.match);
        return stories;
      }
      case "match.started":
        this.#rooms.started(event.match, event.text?.length ?? 0);
        return this.#book.ofMatch(event.match);
      default:
        return told.has(event.type) && "match" in event ? this.#book.ofMatch(event.match as MatchId) : [];
    }
  }

  #cancelled({ match, fates, offenders, undelivered }: MatchCancelled): readonly TicketStory[] {
    const stories = this.#book.ofMatch(match);
    const cooldowns = new Map(offenders.map(({ player, cooldownUntil }) => [player, cooldownUntil]));
    const blamed = [...offenders.map(({ player }) => player), ...undelivered];
    for (const { ticket, players, ended: reason } of fates) {
      for (const story of this.#known([ticket])) this.#book.leave(story);
      if (reason === null) continue;
      const own = blamed.filter((player) => players.includes(player));
      this.#ended([ticket], { reason, blamed: own, cooldowns, match: { id: match, state: "CANCELLED" } });
    }
    this.#book.closeMatch(match);
    return stories;
  }

  #over(match: MatchId, end: Partial<TicketEnd> & Pick<TicketEnd, "reason">): readonly TicketStory[] {
    const stories = this.#book.ofMatch(match);
    this.#ended(
      stories.map(({ ticket }) => ticket),
      end,
    );
    return stories;
  }

  #ended(tickets: Iterable<TicketId>, end: Partial<TicketEnd> & Pick<TicketEnd, "reason">): TicketStory[] {
    const stories = this.#known(tickets);
    const whole = { blamed: [], match: null, cooldowns: nobody, result: null, ...end };
    for (const story of stories) this.#book.end(story, whole, this.#clock.now());
    return stories;
  }

  #known(tickets: Iterable<TicketId>): TicketStory[] {
    return [...tickets].flatMap((ticket) => this.#book.find(ticket) ?? []);
  }
}
