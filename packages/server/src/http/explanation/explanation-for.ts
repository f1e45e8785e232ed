import {
  currentMode,
  estimateWait,
  explain,
  formerOf,
  holdLimit,
  type PlayerId,
  type Standing,
  type State,
  type WaitEstimate,
} from "@matchforge/core";
import type { MatchmakingExplanation } from "@matchforge/protocol";
import { keptApartBy } from "./kept-apart-by.ts";
import { sentencesOf } from "./sentences-of.ts";

type PoolExplanation = MatchmakingExplanation["pools"][number];

/** Among fewer than so many others every number would point at somebody. */
const candidatesLeast = 3;
/** Up to this number it is told how many there are, beyond it to the nearest five. */
const countedUpTo = 10;
const roundedTo = 5;

/** Why a player waits, for their eyes: nothing in it tells who the others are. Undefined for somebody who does not wait. */
export function explanationFor(
  state: State,
  options: {
    readonly shard: string;
    readonly player: PlayerId;
    readonly at: number;
    readonly sampleMax: number;
  },
): MatchmakingExplanation | undefined {
  const ticket = state.tickets.get(state.players.get(options.player)?.ticket ?? "ticket_");
  if (ticket?.state !== "waiting") return undefined;
  const at = Math.max(options.at, state.time);
  return {
    shard: options.shard,
    waited_secs: wholeSecs(at - ticket.enqueuedAt),
    pools: ticket.standings.flatMap((standing) => poolOf(state, standing, { ...options, at }) ?? []),
  };
}

function poolOf(
  state: State,
  standing: Standing,
  { at, sampleMax }: { readonly at: number; readonly sampleMax: number },
): PoolExplanation | undefined {
  const pool = state.pools.get(standing.pool);
  const mode = pool && currentMode(state, pool.mode);
  if (pool === undefined || mode === undefined) return undefined;
  const { search } = mode;
  const waitedMs = at - standing.enqueuedAt;
  const named = {
    mode: mode.id,
    stake_tier: pool.tier,
    estimate: inSecs(estimateWait(pool.waits, { rating: standing.rating, waitedMs })),
  };
  if (pool.index.size - 1 < candidatesLeast)
    return {
      ...named,
      candidates: null,
      kept_apart_by: null,
      widens_in_secs: null,
      text: "Few players wait.",
    };
  const limit = holdLimit({ search, traffic: pool.traffic, at });
  const told = explain({ index: pool.index, search, at, standing, limit, sampleMax });
  const reachedAt = told.matchable > 0 ? null : (told.nearest?.reachedAt ?? null);
  const shown = {
    candidates: rounded(told.candidates),
    kept_apart_by: keptApartBy(told),
    // To five seconds: to the second it would tell how far from one's own rating somebody is.
    widens_in_secs: reachedAt === null ? null : Math.max(1, Math.ceil((reachedAt - at) / 5_000)) * 5,
  };
  const isMatchable = told.matchable > 0;
  const text = sentencesOf({ ...shown, isMatchable, isPair: formerOf(mode) === "pairs" });
  return { ...named, ...shown, text };
}

function rounded(count: number): number {
  return count <= countedUpTo ? count : Math.round(count / roundedTo) * roundedTo;
}

function inSecs(estimate: WaitEstimate | null): PoolExplanation["estimate"] {
  if (estimate === null) return null;
  return { median_secs: wholeSecs(estimate.medianMs), long_secs: wholeSecs(estimate.longMs) };
}

function wholeSecs(ms: number): number {
  return Math.max(0, Math.round(ms / 1_000));
}
