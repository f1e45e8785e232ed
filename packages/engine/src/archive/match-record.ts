import type { MatchCreated, ProposalQuality, SiegeJoined, TicketFact } from "@matchforge/core";
import type { MatchRow } from "@matchforge/stores";

/** What the archive keeps of a match beside the columns of its row: why it was formed, and what a receipt is made of. */
export interface MatchRecord extends ProposalQuality {
  /** What its tier stakes by the rules, of each player or of each side, as decimal text. */
  readonly stake: string;
  readonly winProbabilities: readonly number[];
  readonly region: string | null;
  readonly map: string | null;
  readonly commitment: string | null;
  readonly secretEpoch: number;
  readonly epochHash: string;
  readonly tickets: readonly TicketFact[];
  /** Null before play, and in games without a text. */
  readonly text: string | null;
  readonly salt: string | null;
}

/**
 * Reads what the archive keeps of a match. Undefined for a row that was written without it.
 *
 * @example
 * const record = matchRecordOf((await archive.match(id)).match);
 */
export function matchRecordOf({ quality }: Pick<MatchRow, "quality">): MatchRecord | undefined {
  const record = JSON.parse(quality) as Partial<MatchRecord>;
  return record.tickets === undefined ? undefined : (record as MatchRecord);
}

/** What is known of a match when it is made. */
export function recordCreated(event: MatchCreated): MatchRecord {
  const { quality, winProbabilities, region, map, commitment, secretEpoch, epochHash, players } = event;
  const kept = { winProbabilities, region, map, commitment, secretEpoch, epochHash };
  const stake = event.stake.toString();
  return { ...quality, ...kept, stake, tickets: ticketFacts(players), text: null, salt: null };
}

/** What some players put in, all together. */
export function stakesOf(players: MatchCreated["players"]): bigint {
  return players.reduce((sum, { stake }) => sum + stake, 0n);
}

/** What a receipt says of somebody who came without a ticket, in a siege. */
export function entrantFact({ team, player, rating }: SiegeJoined): TicketFact {
  return { ticket: null, team, players: [{ player, rating, role: null }] };
}

/** The tickets of a match from its players, in their order. */
export function ticketFacts(players: MatchCreated["players"]): TicketFact[] {
  const facts = new Map<string, TicketFact & { players: TicketFact["players"][number][] }>();
  for (const { ticket, team, player, rating, role } of players) {
    const fact = facts.get(ticket) ?? { ticket, team, players: [] };
    facts.set(ticket, fact);
    fact.players.push({ player, rating, role });
  }
  return [...facts.values()];
}
