import type {
  Entry,
  KernelEvent,
  Match,
  MatchCancelled,
  MatchId,
  MatchResolved,
  PlayerId,
  State,
  TicketId,
} from "@matchforge/core";
import type { Violate } from "./check.ts";
import type { Promises } from "./promises.ts";

/**
 * What one player has been told, and nothing else: the whole truth on connecting, then events by the node of the
 * connection. It must agree with the state whenever anybody looks, and be told in order, across all nodes.
 */
export class ToldPlayer {
  readonly #id: PlayerId;
  readonly #promises: Promises;
  readonly #violate: Violate;
  #ticket: TicketId | null = null;
  #match: MatchId | null = null;
  #phase: Match["phase"]["state"] | null = null;
  #position = 0;

  constructor(options: { readonly id: PlayerId; readonly promises: Promises; readonly violate: Violate }) {
    this.#id = options.id;
    this.#promises = options.promises;
    this.#violate = options.violate;
  }

  /** A node tells the whole truth, as far as it knows it. Whether it is another than what was told last. */
  sync(state: State): boolean {
    if (state.position < this.#position)
      this.#violate(
        `told: ${this.#id} was told of ${this.#position} and then how it was at ${state.position}`,
      );
    this.#position = state.position;
    const { ticket, match, phase } = placeOf(state, this.#id);
    const isNews = ticket !== this.#ticket || match !== this.#match || phase !== this.#phase;
    this.#ticket = ticket;
    this.#match = match;
    this.#phase = phase;
    return isNews;
  }

  /** A node tells what followed from an entry. */
  hear({ position }: Entry, events: readonly KernelEvent[]): void {
    if (position <= this.#position) return;
    this.#position = position;
    for (const event of events) {
      if (event.type === "match.resolved") this.#hearResult(event);
      else if ("match" in event && event.match !== null) this.#hearOfMatch(event, event.match);
      else if (event.type === "ticket.queued" && event.players.includes(this.#id))
        this.#ticket = event.ticket;
      else if (event.type === "ticket.ended" && event.players.includes(this.#id)) this.#ticket = null;
    }
  }

  /** Looks whether a node's state is what was told. */
  compare(state: State): void {
    const { ticket, match, phase } = placeOf(state, this.#id);
    if (ticket === this.#ticket && match === this.#match && phase === this.#phase) return;
    const told = `${this.#ticket}, ${this.#match} in ${this.#phase}`;
    this.#violate(`told: ${this.#id} was told ${told}; it is ${ticket}, ${match} in ${phase}`);
    this.sync(state);
  }

  #hearOfMatch(event: KernelEvent, id: MatchId): void {
    switch (event.type) {
      case "match.created":
      case "round.joined":
        if (event.players.some(({ player }) => player === this.#id))
          this.#enter(id, event.type === "match.created" ? event.state : "FORMING");
        return;
      case "siege.joined":
        if (event.player === this.#id) this.#enter(id, "FORMING");
        return;
      case "siege.left":
        if (event.player === this.#id) this.#leave(null);
        return;
      case "round.left":
        if (event.players.includes(this.#id)) this.#leave(event.ended === null ? event.ticket : null);
        return;
      case "match.settled":
        for (const { player, amount } of event.payouts)
          if (player === this.#id) this.#promises.paid({ match: id, player, amount });
        return;
      default:
        if (id === this.#match) this.#hearOfOwn(event);
    }
  }

  #hearOfOwn(event: KernelEvent): void {
    switch (event.type) {
      case "match.preparing":
        this.#phase = "PREPARING";
        return;
      case "match.ready":
        this.#phase = "READY";
        return;
      case "match.started":
        this.#phase = "ACTIVE";
        return;
      case "match.cancelled":
        return this.#leave(this.#fateIn(event));
      case "match.voided":
        return this.#leave(null);
    }
  }

  #hearResult(event: MatchResolved): void {
    const own = event.result.players.find(({ player }) => player === this.#id);
    if (own === undefined) return;
    this.#promises.result({ player: this.#id, match: event.match, result: event.result });
    this.#leave(null);
  }

  #fateIn({ fates }: MatchCancelled): TicketId | null {
    const own = fates.find(({ players }) => players.includes(this.#id));
    return own !== undefined && own.ended === null ? own.ticket : null;
  }

  #enter(match: MatchId, phase: Match["phase"]["state"]): void {
    this.#ticket = null;
    this.#match = match;
    this.#phase = phase;
  }

  #leave(ticket: TicketId | null): void {
    this.#ticket = ticket;
    this.#match = null;
    this.#phase = null;
  }
}

function placeOf(state: State, id: PlayerId) {
  const player = state.players.get(id);
  const match = player?.match ?? null;
  const phase = match === null ? null : (state.matches.get(match)?.phase.state ?? null);
  return { ticket: player?.ticket ?? null, match, phase };
}
