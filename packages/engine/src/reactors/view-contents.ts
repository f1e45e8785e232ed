import { isRevealed, type KernelEvent, type MatchId, type State, type TicketId } from "@matchforge/core";
import type { ShownMatch, ViewChanges } from "@matchforge/stores";

/** A ticket or a match, of which something may have changed. */
export type Shown = TicketId | MatchId;

/**
 * What a view for outside readers is to show. It knows which queues a shown ticket stands in, because the state has
 * forgotten that by the time the ticket has ended.
 */
export class ViewContents {
  readonly #queuesOf = new Map<TicketId, readonly { readonly pool: string }[]>();

  /** Nothing is shown. */
  clear(): void {
    this.#queuesOf.clear();
  }

  /** How tickets and matches stand in the state, as changes to what is shown. */
  changesOf(state: State, ids: readonly Shown[]): ViewChanges {
    const changes = { waiting: [], left: [], matches: [] } satisfies ViewChanges as Changes;
    for (const id of ids) {
      if (isMatch(id)) changes.matches.push({ id, shown: shownMatch(state, id) });
      else this.#addTicket(state, id, changes);
    }
    return changes;
  }

  #addTicket(state: State, id: TicketId, { waiting, left }: Changes): void {
    const ticket = state.tickets.get(id);
    if (ticket?.state === "waiting") {
      for (const { pool, enqueuedAt } of ticket.standings)
        waiting.push({ pool, ticket: id, since: enqueuedAt });
      this.#queuesOf.set(id, ticket.standings);
      return;
    }
    for (const { pool } of this.#queuesOf.get(id) ?? []) left.push({ pool, ticket: id });
    this.#queuesOf.delete(id);
  }
}

/** All that a view of a state shows. */
export function allShown(state: State): Shown[] {
  return [...state.tickets.keys(), ...state.matches.keys()];
}

/** The tickets and matches of which an event changes something that is shown. */
export function shownIn(event: KernelEvent): readonly Shown[] {
  switch (event.type) {
    case "ticket.queued":
    case "ticket.ended":
      return [event.ticket];
    case "match.created":
    case "round.joined":
      return [event.match, ...event.tickets];
    case "round.left":
      return [event.match, event.ticket];
    case "match.cancelled":
      return [event.match, ...event.fates.map(({ ticket }) => ticket)];
    case "siege.joined":
    case "siege.left":
    case "match.preparing":
    case "match.ready":
    case "match.started":
    case "match.resolved":
    case "match.settled":
    case "match.voided":
      return [event.match];
    default:
      return [];
  }
}

/** Nothing but what everybody may know: no addresses, no texts, no ratings, and no names before a mode shows them. */
function shownMatch(state: State, id: MatchId): ShownMatch | null {
  const match = state.matches.get(id);
  if (match === undefined) return null;
  const { mode, tier, phase, createdAt } = match;
  return {
    mode,
    tier,
    state: phase.state,
    players: isRevealed(state, match) ? match.players.map((player) => player.id) : [],
    createdAt,
    startedAt: phase.state === "ACTIVE" ? phase.startedAt : null,
  };
}

function isMatch(id: Shown): id is MatchId {
  return id.startsWith("match_");
}

/** Changes that are being gathered. */
type Changes = { -readonly [Kind in keyof ViewChanges]: ViewChanges[Kind][number][] };
