import type { Match } from "../model.ts";
import type { State } from "../state.ts";

/**
 * Invariant 5: deposits = withdrawals + available + locked stakes + pots + burned + rake, to the unit; nobody
 * has less than nothing; a pot is empty or whole, and what a result promises makes it up.
 */
export function checkMoney(state: State, broken: string[]): void {
  const { deposits, withdrawals, burned, rake } = state.books;
  if (deposits < 0n || withdrawals < 0n || burned < 0n || rake < 0n)
    broken.push("5: the books go below zero");
  let held = withdrawals + burned + rake;
  for (const player of state.players.values()) {
    held += player.available;
    if (player.available < 0n) broken.push(`5: ${player.id} has ${player.available}`);
  }
  const escrowed = new Set<string>();
  for (const match of state.matches.values()) {
    held += match.pot;
    // Whoever has no ticket has their stake with the match, until the pot holds it.
    if (match.pot === 0n) for (const own of match.players) if (own.ticketId === null) held += own.stake;
    checkPot(match, broken);
    if (match.pot > 0n) for (const ticket of match.tickets) escrowed.add(ticket.id);
  }
  for (const ticket of state.tickets.values()) {
    if (ticket.stake < 0n) broken.push(`5: ${ticket.id} locks ${ticket.stake}`);
    if (!escrowed.has(ticket.id)) held += ticket.stake * BigInt(ticket.playerIds.length);
  }
  if (held !== deposits) broken.push(`5: deposits ${deposits}, held ${held}`);
}

function checkPot(match: Match, broken: string[]): void {
  const { id, pot, players, tickets, phase } = match;
  if (pot !== 0n && pot !== stakesOf(match))
    broken.push(`5: the pot of ${id} is ${pot}, neither empty nor whole`);
  for (const { stake, ticketId } of players) {
    const ticket = tickets.find((own) => own.id === ticketId);
    if (stake < 0n || (ticket !== undefined && ticket.stake < stake))
      broken.push(`5: a ticket of ${id} locks less than its stake`);
  }
  if (phase.state !== "RESOLVED") return;
  let promised = phase.result.burned;
  for (const { player, payout } of phase.result.players) {
    promised += payout;
    if (payout < 0n) broken.push(`5: ${id} takes from ${player}`);
  }
  if (promised !== pot) broken.push(`5: ${id} promises ${promised} of a pot of ${pot}`);
}

/** What the players of a match put in, all together. */
export function stakesOf({ players }: Match): bigint {
  let sum = 0n;
  for (const { stake } of players) sum += stake;
  return sum;
}
