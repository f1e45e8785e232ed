import type { RoundExtended, RoundJoined, RoundLeft } from "../events.ts";
import type { Match, Ticket } from "../model.ts";
import type { State } from "../state.ts";
import { scheduleMatch } from "./deadline.ts";
import { matchPlayerFrom, requeueTicket, takeTicket } from "./match.ts";
import { setTicketAbsence } from "./player.ts";
import { rememberAsked } from "./request.ts";
import { customOf, endTicket } from "./ticket.ts";

export function joined(state: State, event: RoundJoined): void {
  const match = state.matches.get(event.match) as Match;
  const tickets = event.tickets.map((id) => state.tickets.get(id) as Ticket);
  match.region = event.region;
  match.formedAt = state.time;
  match.players = [...match.players, ...event.players.map(matchPlayerFrom)];
  match.tickets = [...match.tickets, ...tickets];
  match.custom = [...match.custom, ...customOf(tickets)];
  for (const ticket of tickets) takeTicket(state, ticket, match);
}

/** Everybody in a round is a team of their own, numbered without gaps. */
export function left(state: State, event: RoundLeft): void {
  const match = state.matches.get(event.match) as Match;
  const ticket = state.tickets.get(event.ticket) as Ticket;
  match.players = match.players
    .filter(({ ticketId }) => ticketId !== ticket.id)
    .map((player, team) => ({ ...player, team }));
  match.tickets = match.tickets.filter((other) => other !== ticket);
  match.custom = match.custom.filter((other) => other.ticket !== ticket.id);
  for (const id of ticket.playerIds) {
    const player = state.players.get(id);
    if (player !== undefined) player.match = null;
  }
  if (event.ended !== null) endTicket(state, ticket, ticket.stake);
  else {
    requeueTicket(state, ticket);
    setTicketAbsence(state, ticket, event.awayUntil);
  }
  rememberAsked(state, event);
}

export function extended(state: State, event: RoundExtended): void {
  const match = state.matches.get(event.match) as Match;
  if (match.phase.state !== "FORMING") return;
  match.phase = { ...match.phase, deadline: event.deadline, extended: true };
  scheduleMatch(state, match);
}
