import type { PlayerId } from "../../ids.ts";
import type { RequestOrigin } from "../commands.ts";
import type { CancelReason, MatchCancelled, TicketEndReason, TicketFate } from "../events.ts";
import { kernelLimits } from "../limits.ts";
import { currentRules, isOffered, matchPlayerOf } from "../lookups.ts";
import type { Match, Player, Ticket } from "../model.ts";
import type { State } from "../state.ts";

const ticketReasons: Record<CancelReason, TicketEndReason> = {
  declined: "declined",
  abandoned: "declined",
  ready_timeout: "ready_timeout",
  disconnected: "disconnected",
  absent: "absent",
  escrow_failed: "absent",
  server_fault: "absent",
  not_dispatched: "absent",
  loading_timeout: "loading_timeout",
  no_server: "absent",
  too_few_players: "no_opponents",
  territory_taken: "territory_taken",
  undefended: "no_opponents",
  closed: "closed",
};

interface Cause {
  readonly reason: CancelReason;
  readonly offenders: readonly PlayerId[];
  readonly origin?: RequestOrigin;
}

/**
 * Cancels a match before play: tickets of those at fault end, with an escalating cooldown for the
 * offenders themselves; every other ticket returns to the front of its pools with its age.
 */
export function cancelMatch(state: State, match: Match, cause: Cause): MatchCancelled {
  const { reason, offenders, origin } = cause;
  const undelivered =
    reason === "ready_timeout" ? offenders.filter((id) => wasNotTold(state, match, id)) : [];
  const blamed = offenders.filter((id) => !undelivered.includes(id) && !isExcused(match, id, reason));
  return {
    type: "match.cancelled",
    match: match.id,
    mode: match.mode,
    reason,
    fates: match.tickets.map((ticket) => fateOf(state, ticket, { reason, offenders, undelivered })),
    offenders: blamed.map((player) => ({
      player,
      cooldownUntil: state.time + nextCooldownMs(state, player, match.mode),
    })),
    undelivered,
    ...(origin === undefined ? undefined : { origin }),
  };
}

function fateOf(
  state: State,
  ticket: Ticket,
  cause: Cause & { undelivered: readonly PlayerId[] },
): TicketFate {
  const { id, playerIds: players } = ticket;
  if (cause.reason === "closed" || cause.reason === "territory_taken")
    return { ticket: id, players, ended: cause.reason };
  const atFault = players.find((player) => cause.offenders.includes(player));
  if (atFault !== undefined) {
    const ended = cause.undelivered.includes(atFault) ? "not_delivered" : ticketReasons[cause.reason];
    return { ticket: id, players, ended };
  }
  return {
    ticket: id,
    players,
    ended: isOffered(state, ticket, currentRules(state)) ? null : "mode_removed",
  };
}

/** Whoever a fault of ours cut off is not blamed for being away. */
function isExcused(match: Match, id: PlayerId, reason: CancelReason): boolean {
  if (reason === "declined" || reason === "abandoned") return false;
  return matchPlayerOf(match, id)?.orphaned === true;
}

/** A no-show whose client never confirmed `match.found` is not blamed, at most three times a day. */
function wasNotTold(state: State, match: Match, id: PlayerId): boolean {
  if (matchPlayerOf(match, id)?.notified !== false) return false;
  const excuses = state.players.get(id)?.undelivered ?? [];
  const sinceMs = state.time - kernelLimits.offencesForMs;
  return excuses.filter((at) => at > sinceMs).length < kernelLimits.undeliveredPerDay;
}

function nextCooldownMs(state: State, id: PlayerId, mode: string): number {
  const player = state.players.get(id);
  const before = player === undefined ? 0 : recentOffences(player, mode, state.time);
  const cooldowns = kernelLimits.cooldownsMs;
  return cooldowns[Math.min(before, cooldowns.length - 1)];
}

function recentOffences(player: Player, mode: string, time: number): number {
  let count = 0;
  for (const offence of player.offences) {
    if (offence.mode === mode && offence.at > time - kernelLimits.offencesForMs) count += 1;
  }
  return count;
}

/** When a player may queue for a mode again; 0 when at once. */
export function cooldownUntil(player: Player, mode: string): number {
  let until = 0;
  for (const offence of player.offences) {
    if (offence.mode === mode && offence.cooldownUntil > until) until = offence.cooldownUntil;
  }
  return until;
}
