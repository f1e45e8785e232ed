import type { RoundJoined, RoundLeft, SiegeJoined, SiegeLeft, TicketFact } from "@matchforge/core";
import type { MatchRow } from "@matchforge/stores";
import { entrantFact, type MatchRecord, matchRecordOf, stakesOf, ticketFacts } from "./match-record.ts";

type Change = RoundJoined | RoundLeft | SiegeJoined | SiegeLeft;

/**
 * The columns of a match that still forms, after somebody has come or gone: who is in it, and what they all put in.
 * Whoever stands there already does not come again, and whoever is not there does not go: after a restart a row may be
 * ahead of the entries that are looked at.
 */
export function withEntrants(row: MatchRow, event: Change): Partial<MatchRow> {
  const record = matchRecordOf(row);
  if (record === undefined) return {};
  const changed = { ...record, ...entrants(record, event) };
  const pot = BigInt(row.pot) + broughtBy(record, event);
  return { quality: JSON.stringify(changed), pot: pot.toString() };
}

/** In a round everybody is a team, numbered without gaps; in a siege they stand in the order of the sides. */
function entrants({ tickets }: MatchRecord, event: Change): Partial<MatchRecord> {
  switch (event.type) {
    case "round.joined": {
      const fresh = ticketFacts(event.players).filter(({ ticket }) => !hasTicket(tickets, ticket));
      return { tickets: [...tickets, ...fresh], region: event.region };
    }
    case "round.left": {
      const left = tickets.filter(({ ticket }) => ticket !== event.ticket);
      return { tickets: left.map((fact, team) => ({ ...fact, team })) };
    }
    case "siege.joined": {
      if (hasPlayer(tickets, event.player)) return {};
      const facts: TicketFact[] = [...tickets, entrantFact(event)];
      return { tickets: facts.toSorted((first, second) => first.team - second.team) };
    }
    case "siege.left":
      return { tickets: tickets.filter(({ players }) => players[0]?.player !== event.player) };
  }
}

function broughtBy({ stake, tickets }: MatchRecord, event: Change): bigint {
  switch (event.type) {
    case "round.joined":
      return stakesOf(event.players.filter(({ ticket }) => !hasTicket(tickets, ticket)));
    case "round.left":
      return hasTicket(tickets, event.ticket) ? -BigInt(stake) * BigInt(event.players.length) : 0n;
    case "siege.joined":
      return hasPlayer(tickets, event.player) ? 0n : event.stake;
    case "siege.left":
      return hasPlayer(tickets, event.player) ? -event.stake : 0n;
  }
}

function hasTicket(tickets: readonly TicketFact[], id: string | null): boolean {
  return tickets.some(({ ticket }) => ticket === id);
}

function hasPlayer(tickets: readonly TicketFact[], id: string): boolean {
  return tickets.some(({ players }) => players.some(({ player }) => player === id));
}
