import { currentRules, isOffered, isPresent, ticketDeadline } from "../lookups.ts";
import type { Match, Ticket } from "../model.ts";
import type { State } from "../state.ts";

/** Invariants 1 to 3 of tickets: each is waiting in all its pools or taken by exactly one match. */
export function checkTickets(state: State, broken: string[]): void {
  const takenBy = new Map<Ticket, Match>();
  for (const match of state.matches.values()) {
    for (const ticket of match.tickets) {
      if (takenBy.has(ticket)) broken.push(`2: ${ticket.id} is in two matches`);
      takenBy.set(ticket, match);
      if (state.tickets.get(ticket.id) !== ticket)
        broken.push(`2: ${match.id} holds ${ticket.id}, which has ended`);
    }
  }
  for (const ticket of state.tickets.values()) {
    if (ticket.state === "waiting") checkWaiting(state, ticket, broken);
    else checkMatched(ticket, takenBy.get(ticket), broken);
    if (ticket.state === "waiting" && takenBy.has(ticket))
      broken.push(`2: ${ticket.id} waits and is in a match`);
  }
}

function checkWaiting(state: State, ticket: Ticket, broken: string[]): void {
  const { id } = ticket;
  const due = ticketDeadline(ticket);
  if (ticket.heapIndex < 0) broken.push(`3: ${id} waits without a deadline`);
  else if (due > state.time && ticket.deadline !== due)
    broken.push(`3: ${id} is due at ${due}, not ${ticket.deadline}`);
  if (!isOffered(state, ticket, currentRules(state))) broken.push(`2: ${id} waits for what is not offered`);
  for (const standing of ticket.standings) {
    if (standing.slot < 0) broken.push(`2: ${id} waits outside its pool ${standing.pool}`);
  }
  for (const player of ticket.playerIds) {
    if (state.players.get(player)?.ticket !== id) broken.push(`1: ${player} does not point to ${id}`);
  }
  const isComplete = ticket.playerIds.every((player) => isPresent(state, player));
  if (isComplete !== (ticket.absentUntil === Number.POSITIVE_INFINITY)) {
    broken.push(
      `3: ${id} is ${isComplete ? "complete but counted as absent" : "without a player but not timed"}`,
    );
  }
}

function checkMatched(ticket: Ticket, match: Match | undefined, broken: string[]): void {
  if (match === undefined) broken.push(`2: ${ticket.id} is matched to nothing`);
  if (ticket.heapIndex >= 0) broken.push(`2: ${ticket.id} is matched and still has a deadline`);
  if (ticket.standings.some((standing) => standing.slot >= 0))
    broken.push(`2: ${ticket.id} is matched and still waits`);
}
