import type { RoundJoined, RoundLeft, SiegeJoined, SiegeLeft, TicketFact } from "@matchforge/core";
import type { MatchRow } from "@matchforge/stores";
import { entrantFact, type MatchRecord, matchRecordOf, stakesOf, ticketFacts } from "./match-record.ts";

type Change = RoundJoined | RoundLeft | SiegeJoined | SiegeLeft;

/** The columns of a match that still forms, after somebody has come or gone: who is in it, and what they all put in. */
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
    case "round.joined":
      return { tickets: [...tickets, ...ticketFacts(event.players)], region: event.region };
    case "round.left": {
      const left = tickets.filter(({ ticket }) => ticket !== event.ticket);
      return { tickets: left.map((fact, team) => ({ ...fact, team })) };
    }
    case "siege.joined": {
      const facts: TicketFact[] = [...tickets, entrantFact(event)];
      return { tickets: facts.toSorted((first, second) => first.team - second.team) };
    }
    case "siege.left":
      return { tickets: tickets.filter(({ players }) => players[0]?.player !== event.player) };
  }
}

function broughtBy({ stake }: MatchRecord, event: Change): bigint {
  switch (event.type) {
    case "round.joined":
      return stakesOf(event.players);
    case "round.left":
      return -BigInt(stake) * BigInt(event.players.length);
    case "siege.joined":
      return event.stake;
    case "siege.left":
      return -event.stake;
  }
}
