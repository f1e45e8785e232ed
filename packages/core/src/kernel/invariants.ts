import type { PlayerId } from "../ids.ts";
import type { Match, Ticket } from "./model.ts";
import type { State } from "./state.ts";

/**
 * Checks the state against the kernel's invariants and returns a sentence for each that is broken.
 * Costs a pass over the whole state: the simulator calls it after every entry, production with `--audit`.
 *
 * @example
 * const broken = brokenInvariants(state);
 */
export function brokenInvariants(state: State): string[] {
  const broken: string[] = [];
  checkPlayers(state, broken);
  for (const ticket of state.tickets.values()) checkTicket(state, ticket, broken);
  for (const match of state.matches.values()) checkMatch(state, match, broken);
  for (const effect of state.effects.values()) {
    if (!state.matches.has(effect.matchId)) broken.push(`3: effect ${effect.key} outlives its match`);
  }
  checkBooks(state, broken);
  return broken;
}

function checkPlayers(state: State, broken: string[]): void {
  for (const player of state.players.values()) {
    const { id } = player;
    if (player.ticket !== null && player.match !== null) broken.push(`1: ${id} has a ticket and a match`);
    if (player.ticket !== null && state.tickets.get(player.ticket)?.playerIds.includes(id) !== true) {
      broken.push(`1: ${id} points to ${player.ticket}, which is not there or not theirs`);
    }
    const match = player.match === null ? undefined : state.matches.get(player.match);
    if (player.match !== null && match?.players.some((own) => own.id === id) !== true) {
      broken.push(`1: ${id} points to ${player.match}, which is not there or not theirs`);
    }
    if (player.available < 0n) broken.push(`5: ${id} has ${player.available}`);
  }
}

function checkTicket(state: State, ticket: Ticket, broken: string[]): void {
  if (ticket.state === "waiting") {
    if (ticket.heapIndex < 0) broken.push(`3: ${ticket.id} waits without a deadline`);
    for (const standing of ticket.standings) {
      if (standing.slot < 0) broken.push(`2: ${ticket.id} waits outside its pool ${standing.pool}`);
    }
    for (const id of ticket.playerIds) {
      if (state.players.get(id)?.ticket !== ticket.id) broken.push(`1: ${id} does not point to ${ticket.id}`);
    }
    return;
  }
  if (ticket.standings.some((standing) => standing.slot >= 0))
    broken.push(`2: ${ticket.id} is matched and still waits`);
  const match = state.matches.get(state.players.get(ticket.playerIds[0])?.match ?? "match_");
  if (match?.tickets.includes(ticket) !== true) broken.push(`2: ${ticket.id} is matched to nothing`);
}

function checkMatch(state: State, match: Match, broken: string[]): void {
  if (match.heapIndex < 0) broken.push(`3: ${match.id} in ${match.phase.state} has no deadline`);
  const seen = new Set<PlayerId>();
  for (const { id } of match.players) {
    if (seen.has(id)) broken.push(`1: ${match.id} names ${id} twice`);
    seen.add(id);
    const released = match.phase.state === "RESOLVED";
    if (!released && state.players.get(id)?.match !== match.id)
      broken.push(`1: ${id} does not point to ${match.id}`);
  }
  const playing = match.phase.state === "ACTIVE" || match.phase.state === "RESOLVED";
  if (playing && match.tickets.length > 0) broken.push(`2: tickets of ${match.id} outlive its start`);
  if (match.phase.state === "RESOLVED" && match.pot > 0n && !state.effects.has(`settle:${match.id}`)) {
    broken.push(`3: the pot of ${match.id} is owed by no effect`);
  }
}

/** deposits = withdrawals + available + locked stakes + pots + burned + rake, to the unit. */
function checkBooks(state: State, broken: string[]): void {
  const { deposits, withdrawals, burned, rake } = state.books;
  let held = withdrawals + burned + rake;
  for (const player of state.players.values()) held += player.available;
  for (const ticket of state.tickets.values()) {
    if (ticket.stake === 0n || inPot(state, ticket)) continue;
    held += ticket.stake * BigInt(ticket.playerIds.length);
  }
  for (const match of state.matches.values()) held += match.pot;
  if (held !== deposits) broken.push(`5: deposits ${deposits}, held ${held}`);
}

function inPot(state: State, ticket: Ticket): boolean {
  if (ticket.state === "waiting") return false;
  const match = state.matches.get(state.players.get(ticket.playerIds[0])?.match ?? "match_");
  return match !== undefined && match.pot > 0n;
}
