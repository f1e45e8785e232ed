import {
  currentMode,
  estimateWait,
  newcomer,
  type Standing,
  type State,
  type Ticket,
} from "@matchforge/core";
import type { ServerMessages } from "@matchforge/protocol";

/** How a waiting ticket stands, in the first of its pools. */
export function queueUpdateOf(state: State, ticket: Ticket, at: number): ServerMessages["queue.update"] {
  const standing = ticket.standings[0];
  return {
    status: ticket.warned ? "long_wait" : "searching",
    position: positionOf(state, standing),
    estimated_wait_secs: estimatedWaitSecs(state, ticket, at),
    players_in_tier: state.pools.get(standing.pool)?.index.size ?? 0,
  };
}

/** What of an update is worth telling when it changes; how many others wait is not. */
export function queueUpdateText(ticket: Ticket, update: ServerMessages["queue.update"]): string {
  return `${ticket.id} ${update.status} ${update.position} ${update.estimated_wait_secs}`;
}

/** How a ticket's whole truth is told by `session.sync`. */
export function sessionTicketOf(
  state: State,
  ticket: Ticket,
  at: number,
): ServerMessages["session.sync"]["ticket"] {
  return {
    ticket_id: ticket.id,
    standings: ticket.standings.map((standing) => {
      const pool = state.pools.get(standing.pool);
      return {
        mode: pool?.mode ?? standing.pool,
        stake_tier: pool?.tier ?? null,
        stake: standing.stake.toString(),
        position: positionOf(state, standing),
        players_in_tier: pool?.index.size ?? 0,
      };
    }),
    party_id: ticket.party,
    waited_secs: Math.max(0, Math.floor((at - ticket.enqueuedAt) / 1_000)),
    estimated_wait_secs: estimatedWaitSecs(state, ticket, at),
    is_long_wait: ticket.warned,
  };
}

function positionOf(state: State, standing: Standing): number {
  return state.pools.get(standing.pool)?.index.positionOf(standing) ?? 0;
}

/**
 * How much longer the wait is likely to be: the shortest middle of what others of similar rating still waited, of all
 * pools of the ticket. In steps, so that it is not told anew every second. Null while too few have been matched.
 */
function estimatedWaitSecs(state: State, ticket: Ticket, at: number): number | null {
  const waitedMs = Math.max(0, at - ticket.enqueuedAt);
  let bestMs = Number.POSITIVE_INFINITY;
  for (const { pool: key, rating } of ticket.standings) {
    const waits = state.pools.get(key)?.waits;
    const estimate = waits && estimateWait(waits, { rating, waitedMs });
    if (estimate) bestMs = Math.min(bestMs, estimate.medianMs);
  }
  return bestMs === Number.POSITIVE_INFINITY ? null : steppedSecs(bestMs);
}

/** Whole seconds, from ten seconds on multiples of five, from a minute on of fifteen. */
function steppedSecs(ms: number): number {
  const secs = Math.ceil(ms / 1_000);
  const step = secs < 10 ? 1 : secs < 60 ? 5 : 15;
  return Math.ceil(secs / step) * step;
}

/** A player's rating in the first rated mode: what `auth.success` tells. */
export function defaultRating(state: State, player: Parameters<State["players"]["get"]>[0]): number | null {
  const rules = state.rules.get(state.rulesVersion);
  const rated = rules?.modes.find(
    (mode) => mode.rating !== null && currentMode(state, mode.id) !== undefined,
  );
  if (rated === undefined || rated.rating === null) return null;
  const record = state.players.get(player)?.records.find((known) => known.mode === rated.id);
  return record?.rating ?? newcomer(rated, state.plugins).rating;
}
