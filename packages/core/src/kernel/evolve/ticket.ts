import { compareIds, type PlayerId } from "../../ids.ts";
import { PoolIndex } from "../../matching/pool-index.ts";
import { countArrival, createTraffic } from "../../matching/traffic.ts";
import { createWaitHistory } from "../../matching/wait-history.ts";
import type { TicketEnded, TicketQueued, TicketWarned } from "../events.ts";
import type { Match, Player, Pool, SecretEpoch, Standing, Ticket } from "../model.ts";
import type { RecentOpponent } from "../records.ts";
import type { State } from "../state.ts";
import { scheduleTicket } from "./deadline.ts";
import { queuedAsParty } from "./party.ts";
import { scheduleEviction } from "./player.ts";
import { keepBetterRecords } from "./records.ts";
import { rememberAsked, rememberRequest } from "./request.ts";

export function queued(state: State, event: TicketQueued): void {
  const ticket: Ticket = {
    kind: "ticket",
    id: event.ticket,
    party: event.party,
    deadline: Number.POSITIVE_INFINITY,
    heapIndex: -1,
    playerIds: event.players,
    enqueuedAt: state.time,
    warnAt: event.warnAt,
    endAt: event.endAt,
    standings: event.standings.map((standing) => standingFrom(state, event, standing)),
    stake: event.stake,
    secretEpoch: event.secretEpoch,
    ...(event.custom === undefined ? undefined : { custom: event.custom }),
    state: "waiting",
    warned: false,
    absentUntil: Number.POSITIVE_INFINITY,
  };
  // Put in afterwards, so that every other ticket has no place for it.
  if (event.crew !== undefined) ticket.crew = event.crew;
  state.tickets.set(ticket.id, ticket);
  for (const id of ticket.playerIds) {
    const player = state.players.get(id) as Player;
    player.ticket = ticket.id;
    if (ticket.stake > 0n) player.available -= ticket.stake;
  }
  const party = event.party === null ? undefined : state.parties.get(event.party);
  if (party !== undefined) queuedAsParty(state, party);
  keepBetterRecords(state.players.get(event.players[0]) as Player, event.records);
  for (const standing of ticket.standings) state.pools.get(standing.pool)?.index.add(standing);
  (state.secretEpochs.get(event.secretEpoch) as SecretEpoch).uses += 1;
  scheduleTicket(state, ticket);
  rememberRequest(state, event.players[0], event.origin);
}

export function warned(state: State, event: TicketWarned): void {
  const ticket = state.tickets.get(event.ticket) as Ticket;
  ticket.warned = true;
  scheduleTicket(state, ticket);
}

export function ended(state: State, event: TicketEnded): void {
  const ticket = state.tickets.get(event.ticket) as Ticket;
  leavePools(state, ticket);
  endTicket(state, ticket, ticket.stake);
  rememberAsked(state, event);
}

/** The last thing that happens to a ticket: its players are free and get `refund` back each. */
export function endTicket(state: State, ticket: Ticket, refund: bigint): void {
  state.tickets.delete(ticket.id);
  state.deadlines.remove(ticket);
  releaseSecret(state, ticket.secretEpoch);
  for (const id of ticket.playerIds) {
    const player = state.players.get(id) as Player;
    player.ticket = null;
    player.available += refund;
    if (refund > 0n) player.touchedAt = state.position;
    scheduleEviction(state, player);
  }
}

export function releaseSecret(state: State, number: number): void {
  const epoch = state.secretEpochs.get(number);
  if (epoch !== undefined) epoch.uses -= 1;
}

export function leavePools(state: State, ticket: Ticket): void {
  for (const standing of ticket.standings) state.pools.get(standing.pool)?.index.remove(standing);
}

function standingFrom(
  state: State,
  event: TicketQueued,
  queuedIn: TicketQueued["standings"][number],
): Standing {
  countArrival(poolFor(state, queuedIn).traffic, { rating: queuedIn.rating, at: state.time });
  return {
    ticketId: event.ticket,
    playerIds: event.players,
    pool: queuedIn.pool,
    stake: queuedIn.stake,
    rating: queuedIn.rating,
    memberRatings: queuedIn.memberRatings,
    enqueuedAt: state.time,
    orderAt: state.time,
    eligibleAt: queuedIn.eligibleAt,
    draw: event.draw | 0,
    wishes: event.wishes,
    recentOpponents: opponentsOf(state, event.players),
    slot: -1,
  };
}

function poolFor(state: State, queuedIn: TicketQueued["standings"][number]): Pool {
  const known = state.pools.get(queuedIn.pool);
  if (known !== undefined) return known;
  const pool: Pool = {
    key: queuedIn.pool,
    mode: queuedIn.mode,
    tier: queuedIn.tier,
    territory: queuedIn.territory,
    index: new PoolIndex(),
    meanWaitMs: 0,
    matchedCount: 0,
    matchCount: 0,
    traffic: createTraffic(),
    waits: createWaitHistory(),
    roundCount: 0,
    forming: [],
  };
  state.pools.set(pool.key, pool);
  return pool;
}

/** Whom the players of a ticket met, the newest last; somebody alone shares their own list. */
export function opponentsOf(state: State, players: readonly PlayerId[]): readonly RecentOpponent[] {
  if (players.length === 1) return (state.players.get(players[0]) as Player).recentOpponents;
  const met = players.flatMap((id) => (state.players.get(id) as Player).recentOpponents);
  return met.sort((left, right) => left.at - right.at || compareIds(left.playerId, right.playerId));
}

/** What tickets brought along. */
export function customOf(tickets: readonly Ticket[]): Match["custom"] {
  return tickets.flatMap(({ id, custom }) => (custom === undefined ? [] : [{ ticket: id, custom }]));
}
