import type {
  MatchCancelled,
  MatchResolved,
  MatchSettled,
  MatchSettlementLate,
  MatchVoided,
  TicketFate,
} from "../events.ts";
import { kernelLimits } from "../limits.ts";
import { isPresent, matchPlayerOf } from "../lookups.ts";
import type { Match, MatchPlayer, Player, PlayerResult, Ticket } from "../model.ts";
import { assertMove } from "../moves.ts";
import type { State } from "../state.ts";
import { scheduleMatch } from "./deadline.ts";
import { endForming, requeueTicket } from "./match.ts";
import { scheduleEviction, setTicketAbsence } from "./player.ts";
import { putRecord, rememberOpponents } from "./records.ts";
import { rememberRequest } from "./request.ts";
import { endAllocation } from "./server.ts";
import { closeContest } from "./territory.ts";
import { endTicket, releaseSecret } from "./ticket.ts";

/** The result stands: players are free again and rated; only money waits longer. */
export function resolved(state: State, event: MatchResolved): void {
  const match = state.matches.get(event.match) as Match;
  assertMove(match.phase.state, "RESOLVED");
  if (event.effect !== null) state.effects.set(event.effect.key, event.effect);
  for (const result of event.result.players) creditResult(state, match, result);
  releasePlayers(state, match);
  closeContest(state, match);
  endAllocation(state, match);
  match.phase = { state: "RESOLVED", deadline: event.deadline, result: event.result };
  scheduleMatch(state, match);
}

function creditResult(state: State, match: Match, result: PlayerResult): void {
  const player = state.players.get(result.player) as Player;
  putRecord(player, result.after);
  rememberOpponents(match, player, state.time);
  player.touchedAt = state.position;
  player.settling += 1;
}

export function settled(state: State, event: MatchSettled): void {
  const match = state.matches.get(event.match) as Match;
  assertMove(match.phase.state, "SETTLED");
  if (event.key !== null) state.effects.delete(event.key);
  for (const payout of event.payouts) {
    const player = state.players.get(payout.player) as Player;
    player.available += payout.amount;
    player.touchedAt = state.position;
    match.pot -= payout.amount;
  }
  state.books.burned += event.burned;
  match.pot -= event.burned;
  endSettling(state, match);
  removeMatch(state, match);
}

export function settlementLate(state: State, event: MatchSettlementLate): void {
  const match = state.matches.get(event.match) as Match;
  match.phase = { ...match.phase, deadline: event.deadline };
  scheduleMatch(state, match);
}

export function cancelled(state: State, event: MatchCancelled): void {
  const match = state.matches.get(event.match) as Match;
  assertMove(match.phase.state, "CANCELLED");
  releasePlayers(state, match);
  for (const fate of event.fates) settleFate(state, match, fate);
  for (const player of match.players) if (player.ticketId === null) giveBack(state, player);
  match.pot = 0n;
  for (const { player: id, cooldownUntil } of event.offenders) {
    const player = state.players.get(id) as Player;
    const oldest = state.time - kernelLimits.offencesForMs;
    const recent = player.offences.filter((offence) => offence.at > oldest);
    player.offences = [...recent, { mode: match.mode, at: state.time, node: player.node, cooldownUntil }];
    player.touchedAt = state.position;
  }
  for (const id of event.undelivered) {
    const player = state.players.get(id) as Player;
    player.undelivered = [...player.undelivered, state.time].slice(-kernelLimits.undeliveredPerDay);
  }
  removeMatch(state, match);
  if (event.origin !== undefined && event.offenders.length > 0) {
    rememberRequest(state, event.offenders[0].player, event.origin);
  }
}

/** Whoever has no ticket had their stake with the match. */
function giveBack(state: State, { id, stake }: MatchPlayer): void {
  const player = state.players.get(id) as Player;
  player.available += stake;
  if (stake > 0n) player.touchedAt = state.position;
}

function settleFate(state: State, match: Match, fate: TicketFate): void {
  const ticket = state.tickets.get(fate.ticket) as Ticket;
  const held = heldOf(match, ticket);
  if (fate.ended !== null) {
    endTicket(state, ticket, held);
    return;
  }
  requeueTicket(state, ticket);
  for (const id of ticket.playerIds) (state.players.get(id) as Player).available -= ticket.stake - held;
  setTicketAbsence(state, ticket, absentUntil(state, match, ticket));
}

/** A ticket that returns without its player waits for them: longer when we cut them off. */
function absentUntil(state: State, match: Match, { playerIds }: Ticket): number {
  const away = playerIds.filter((id) => !isPresent(state, id));
  if (away.length === 0) return Number.POSITIVE_INFINITY;
  const isOurs = away.some((id) => matchPlayerOf(match, id)?.orphaned);
  return state.time + kernelLimits.ticketGraceMs + (isOurs ? kernelLimits.faultExtensionMs : 0);
}

/** What is held of each of a ticket's players: its lock, or once escrowed their part of the pot. */
function heldOf(match: Match, ticket: Ticket): bigint {
  if (match.pot === 0n) return ticket.stake;
  return match.players.find(({ ticketId }) => ticketId === ticket.id)?.stake ?? 0n;
}

export function voided(state: State, event: MatchVoided): void {
  const match = state.matches.get(event.match) as Match;
  assertMove(match.phase.state, "VOIDED");
  for (const { player: id, amount } of event.refunds) {
    const player = state.players.get(id) as Player;
    player.available += amount;
    player.touchedAt = state.position;
    match.pot -= amount;
  }
  state.effects.delete(`settle:${match.id}`);
  if (match.phase.state === "RESOLVED") endSettling(state, match);
  releasePlayers(state, match);
  removeMatch(state, match);
}

function endSettling(state: State, match: Match): void {
  for (const { id } of match.players) (state.players.get(id) as Player).settling -= 1;
}

function releasePlayers(state: State, match: Match): void {
  for (const { id } of match.players) {
    const player = state.players.get(id) as Player;
    if (player.match !== match.id) continue;
    player.match = null;
    scheduleEviction(state, player);
  }
}

function removeMatch(state: State, match: Match): void {
  if (match.pot !== 0n) throw new Error(`${match.id} ends with ${match.pot} in its pot`);
  endForming(state, match);
  closeContest(state, match);
  endAllocation(state, match);
  state.effects.delete(`escrow:${match.id}`);
  state.effects.delete(`begin:${match.id}`);
  state.deadlines.remove(match);
  state.matches.delete(match.id);
  state.liveMatches.set(match.mode, (state.liveMatches.get(match.mode) ?? 1) - 1);
  releaseSecret(state, match.secretEpoch);
}
