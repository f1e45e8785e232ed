import {
  currentMode,
  estimateWait,
  explain,
  holdLimit,
  type Standing,
  type Ticket,
  windowOf,
} from "@matchforge/core";
import { httpLimits } from "../../limits.ts";
import type { AdminDeps } from "../admin-deps.ts";

type Deps = Pick<AdminDeps, "state" | "shardTime" | "limits">;

/** A ticket for operators, and why it waits. */
export function ticketView(deps: Deps, ticket: Ticket) {
  const { players } = deps.state();
  const matchId = ticket.playerIds.map((id) => players.get(id)?.match).find((id) => id != null) ?? null;
  const isWaiting = ticket.state === "waiting";
  return {
    ticket_id: ticket.id,
    state: ticket.state,
    players: [...ticket.playerIds],
    party_id: ticket.party,
    crew_id: ticket.crew ?? null,
    match_id: isWaiting ? null : matchId,
    waited_secs: Math.max(0, deps.shardTime() - ticket.enqueuedAt) / 1_000,
    is_away: ticket.absentUntil !== Number.POSITIVE_INFINITY,
    pools: isWaiting ? ticket.standings.flatMap((standing) => poolWaits(deps, standing)) : [],
  };
}

/** Of a large pool a sample counts for all: to look at everybody would hold up those who play here. */
function poolWaits({ state, shardTime, limits }: Deps, standing: Standing) {
  const pool = state().pools.get(standing.pool);
  const mode = pool && currentMode(state(), pool.mode);
  if (pool === undefined || mode === undefined) return [];
  const at = shardTime();
  const { search } = mode;
  const sampleMax = limits?.explainedTicketsMax ?? httpLimits.explainedTicketsMax;
  const limit = holdLimit({ search, traffic: pool.traffic, at });
  const { candidates, matchable, blocked, nearest } = explain({
    index: pool.index,
    search,
    at,
    standing,
    limit,
    sampleMax,
  });
  const waitedMs = Math.max(0, Math.round(at - standing.enqueuedAt));
  const window = windowOf(standing, search, at);
  const estimate = estimateWait(pool.waits, { rating: standing.rating, waitedMs });
  const view = {
    pool: pool.key,
    rating: standing.rating,
    // JSON has no Infinity.
    window: Number.isFinite(window) ? window : null,
    waited_ms: waitedMs,
    candidates,
    matchable,
    blocked: { ...blocked },
    nearest: nearest && {
      rating_gap: nearest.ratingGap,
      reached_in_ms: nearest.reachedAt === null ? null : Math.max(0, Math.round(nearest.reachedAt - at)),
    },
    estimate: estimate && {
      median_ms: estimate.medianMs,
      long_ms: estimate.longMs,
      samples: estimate.samples,
    },
  };
  return [view];
}
