import assert from "node:assert/strict";
import {
  type KernelEvent,
  type MatchId,
  type MatchState,
  moves,
  type State,
  type TicketId,
} from "../../src/index.ts";

/**
 * Follows the events of a shard and fails on what no single state can show: a forbidden move, a ticket that
 * ends twice or never, a match paid twice.
 */
export class History {
  readonly matches = new Map<MatchId, MatchState>();
  /** Whether each ticket is still open. */
  readonly tickets = new Map<TicketId, boolean>();
  readonly seen = new Map<string, number>();

  add(events: readonly KernelEvent[]): void {
    for (const event of events) {
      this.count(event.type === "refused" ? `refused ${event.code}` : event.type);
      this.#addToTickets(event);
      this.#addToMatches(event);
    }
  }

  /** What is open by the events is in the state, and nothing else. */
  compare(state: State): void {
    const open = [...this.tickets].filter(([, isOpen]) => isOpen).map(([id]) => id);
    assert.deepEqual(open.sort(), [...state.tickets.keys()].sort());
    const live = [...this.matches].filter(([, at]) => moves[at].length > 0);
    const inState = [...state.matches.values()].map(({ id, phase }) => [id, phase.state]);
    assert.deepEqual(live.sort(), inState.sort());
  }

  count(what: string): void {
    this.seen.set(what, (this.seen.get(what) ?? 0) + 1);
  }

  #addToTickets(event: KernelEvent): void {
    switch (event.type) {
      case "ticket.queued":
        assert.notEqual(this.tickets.get(event.ticket), true, `${event.ticket} is queued twice`);
        this.tickets.set(event.ticket, true);
        return;
      case "ticket.ended":
        return this.#end(event.ticket);
      case "match.cancelled":
        for (const { ticket, ended } of event.fates) if (ended !== null) this.#end(ticket);
        return;
      case "round.left":
        if (event.ended !== null) this.#end(event.ticket);
        return;
      case "match.started":
        for (const ticket of event.tickets) this.#end(ticket);
    }
  }

  #end(ticket: TicketId): void {
    assert.equal(this.tickets.get(ticket), true, `${ticket} ends without being open`);
    this.tickets.set(ticket, false);
  }

  #addToMatches(event: KernelEvent): void {
    if (event.type === "match.created") {
      this.matches.set(event.match, event.state);
      return;
    }
    const to = entered[event.type];
    if (to === undefined || !("match" in event) || event.match === null) return;
    const from = this.matches.get(event.match) as MatchState;
    // A checklist that is drawn up, and a countdown that begins anew with another server.
    const stays = from === to && (to === "PREPARING" || to === "READY");
    assert.ok(stays || moves[from].includes(to), `${event.match} moves from ${from} to ${to}`);
    this.matches.set(event.match, to);
  }
}

/** The state a match enters with an event. */
const entered: Partial<Record<KernelEvent["type"], MatchState>> = {
  "match.preparing": "PREPARING",
  "match.ready": "READY",
  "match.started": "ACTIVE",
  "match.resolved": "RESOLVED",
  "match.settled": "SETTLED",
  "match.cancelled": "CANCELLED",
  "match.voided": "VOIDED",
};
