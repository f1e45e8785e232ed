import { matchDeadline, ticketDeadline } from "../lookups.ts";
import type { Match, Ticket } from "../model.ts";
import type { State } from "../state.ts";

/** Puts a match's next deadline into the heap, after anything of it changed. */
export function scheduleMatch(state: State, match: Match): void {
  state.deadlines.set(match, matchDeadline(match));
}

export function scheduleTicket(state: State, ticket: Ticket): void {
  state.deadlines.set(ticket, ticketDeadline(ticket));
}
