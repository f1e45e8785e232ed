import { noRequests } from "../client-requests.ts";
import type {
  PlayerConnectedEvent,
  PlayerDeposited,
  PlayerDisconnectedEvent,
  PlayerEvicted,
  PlayerKept,
  PlayerPreferred,
} from "../events.ts";
import { kernelLimits } from "../limits.ts";
import { isPresent, matchPlayerOf } from "../lookups.ts";
import type { Player, Ticket } from "../model.ts";
import type { State } from "../state.ts";
import { scheduleMatch, scheduleTicket } from "./deadline.ts";
import { keepBetterRecords } from "./records.ts";
import { rememberRequest } from "./request.ts";

export function connected(state: State, event: PlayerConnectedEvent): void {
  const player = state.players.get(event.player) ?? createPlayer(state, event);
  if (event.records !== undefined) keepBetterRecords(player, event.records);
  if (event.preferences !== undefined) player.preferences = event.preferences;
  player.epoch = event.epoch;
  player.node = event.node;
  if (event.via !== undefined) player.via = event.via;
  else delete player.via;
  state.deadlines.remove(player);
  const ticket = player.ticket === null ? undefined : state.tickets.get(player.ticket);
  if (ticket?.playerIds.every((id) => isPresent(state, id))) {
    setTicketAbsence(state, ticket, Number.POSITIVE_INFINITY);
  }
  const match = player.match === null ? undefined : state.matches.get(player.match);
  const own = match && matchPlayerOf(match, player.id);
  if (match === undefined || own === undefined) return;
  own.absentUntil = Number.POSITIVE_INFINITY;
  own.orphaned = false;
  scheduleMatch(state, match);
}

export function disconnected(state: State, event: PlayerDisconnectedEvent): void {
  const player = state.players.get(event.player) as Player;
  player.epoch = 0;
  player.touchedAt = state.position;
  const ticket = player.ticket === null ? undefined : state.tickets.get(player.ticket);
  if (ticket !== undefined && event.ticketUntil !== null && ticket.absentUntil === Number.POSITIVE_INFINITY) {
    setTicketAbsence(state, ticket, event.ticketUntil);
  }
  const match = event.match === null ? undefined : state.matches.get(event.match);
  const own = match && matchPlayerOf(match, player.id);
  if (match !== undefined && own !== undefined && event.forfeitAt !== null) {
    own.absentUntil = event.forfeitAt;
    scheduleMatch(state, match);
  }
  scheduleEviction(state, player);
}

export function preferred(state: State, event: PlayerPreferred): void {
  const player = state.players.get(event.player) as Player;
  player.preferences = event.preferences;
  player.touchedAt = state.position;
  rememberRequest(state, event.player, event.origin);
}

/** A ticket without its player keeps its place in every pool but is not eligible. */
export function setTicketAbsence(state: State, ticket: Ticket, until: number): void {
  ticket.absentUntil = until;
  if (ticket.state !== "waiting") return;
  const present = until === Number.POSITIVE_INFINITY;
  for (const standing of ticket.standings)
    state.pools.get(standing.pool)?.index.setPresent(standing, present);
  scheduleTicket(state, ticket);
}

/** An idle player is looked at again in ten minutes. */
export function scheduleEviction(state: State, player: Player): void {
  if (player.epoch !== 0 || player.ticket !== null || player.match !== null) return;
  state.deadlines.set(player, state.time + kernelLimits.evictAfterMs);
}

export function deposited(state: State, event: PlayerDeposited): void {
  const player = state.players.get(event.player) as Player;
  player.available += event.amount;
  player.faucetAt = state.time;
  player.touchedAt = state.position;
  state.books.deposits += event.amount;
}

export function kept(state: State, event: PlayerKept): void {
  const player = state.players.get(event.player) as Player;
  state.deadlines.set(player, event.until ?? Number.POSITIVE_INFINITY);
}

export function evicted(state: State, event: PlayerEvicted): void {
  const player = state.players.get(event.player) as Player;
  state.books.withdrawals += event.withdrawn;
  state.deadlines.remove(player);
  state.players.delete(event.player);
}

function createPlayer(state: State, event: PlayerConnectedEvent): Player {
  const player: Player = {
    kind: "player",
    id: event.player,
    deadline: Number.POSITIVE_INFINITY,
    heapIndex: -1,
    guest: event.guest,
    epoch: 0,
    node: null,
    touchedAt: state.position,
    ticket: null,
    match: null,
    party: null,
    available: 0n,
    faucetAt: null,
    settling: 0,
    records: nothing,
    offences: nothing,
    undelivered: nothing,
    recentOpponents: nothing,
    requests: noRequests,
  };
  state.players.set(player.id, player);
  return player;
}

const nothing: readonly never[] = [];
