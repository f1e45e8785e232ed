import type { Player } from "../model.ts";
import type { State } from "../state.ts";

/** Invariant 1: a player is in at most one of a waiting ticket and a live match, and both sides say so. */
export function checkPlayers(state: State, broken: string[]): void {
  for (const player of state.players.values()) {
    checkPlace(state, player, broken);
    checkConnection(state, player, broken);
  }
}

function checkPlace(state: State, { id, ticket: ticketId, match: matchId }: Player, broken: string[]): void {
  if (ticketId !== null && matchId !== null) broken.push(`1: ${id} has a ticket and a match`);
  const ticket = ticketId === null ? undefined : state.tickets.get(ticketId);
  if (ticketId !== null && (ticket?.state !== "waiting" || !ticket.playerIds.includes(id))) {
    broken.push(`1: ${id} points to ${ticketId}, which does not wait or is not theirs`);
  }
  const match = matchId === null ? undefined : state.matches.get(matchId);
  const isTheirs = match?.phase.state !== "RESOLVED" && match?.players.some((own) => own.id === id) === true;
  if (matchId !== null && !isTheirs)
    broken.push(`1: ${id} points to ${matchId}, which is over or not theirs`);
}

function checkConnection(state: State, player: Player, broken: string[]): void {
  const { id, epoch, node } = player;
  if (epoch > state.position) broken.push(`1: ${id} is connected since ${epoch}, which is yet to come`);
  if (epoch !== 0) {
    if (node === null || !state.nodes.has(node)) broken.push(`1: ${id} is connected to a node that is gone`);
    return;
  }
  const isIdle = player.ticket === null && player.match === null;
  const isForgettable = isIdle && (player.guest || player.available === 0n);
  if (isForgettable && player.heapIndex < 0) broken.push(`3: ${id} is idle and never looked at again`);
}
