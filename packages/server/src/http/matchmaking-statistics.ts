import {
  currentRules,
  type Match,
  type ModeRules,
  type Pool,
  poolKeyOf,
  regionsOf,
  type State,
} from "@matchforge/core";
import type { MatchmakingStatistics } from "@matchforge/protocol";
import { httpLimits } from "./limits.ts";

type PoolView = MatchmakingStatistics["modes"][number]["pools"][number];

const ratingStep = 100;
const stepsMax = 64;

/** How matchmaking stands, from one look at the replica. */
export function matchmakingStatisticsOf(
  state: State,
  { shard, at, wallTime }: { shard: string; at: number; wallTime: number },
): MatchmakingStatistics {
  const live = liveByPool(state);
  const modes = (currentRules(state)?.modes ?? []).map((mode) => {
    const tiers = mode.stakes.length === 0 ? [{ tier: null, stake: "0" }] : mode.stakes;
    return {
      mode: mode.id,
      is_available: mode.enabled && mode.available,
      pools: tiers.map(({ tier, stake }) => poolView(state, { mode, tier, stake, at, live })),
    };
  });
  return {
    shard,
    at: wallTime,
    queue_length: modes.reduce(
      (sum, { pools }) => sum + pools.reduce((all, pool) => all + pool.queue_length, 0),
      0,
    ),
    live_matches: state.matches.size,
    modes,
  };
}

function liveByPool(state: State): ReadonlyMap<string, readonly Match[]> {
  return Map.groupBy(state.matches.values(), ({ pool }) => pool);
}

function poolView(
  state: State,
  options: {
    mode: ModeRules;
    tier: string | null;
    stake: string;
    at: number;
    live: ReadonlyMap<string, readonly Match[]>;
  },
): PoolView {
  const { mode, tier, stake, at, live } = options;
  const key = poolKeyOf(mode.id, tier);
  const pool = state.pools.get(key);
  const matches = live.get(key) ?? [];
  const oldestAt = pool === undefined ? at : oldestWaitFrom(pool, at);
  const meanSecs = pool === undefined || pool.matchedCount === 0 ? null : pool.meanWaitMs / 1_000;
  return {
    stake_tier: tier,
    stake,
    queue_length: pool?.index.size ?? 0,
    longest_wait_secs: Math.max(0, (at - oldestAt) / 1_000),
    average_wait_secs: meanSecs,
    estimated_wait_secs: meanSecs,
    live_matches: matches.length,
    matches_made: pool?.matchCount ?? 0,
    rating_distribution: pool === undefined ? [] : distributionOf(pool),
    region_distribution: regionsIn(mode, { pool, matches, at }),
  };
}

/** Tickets and matches by region. Of a long queue every n-th ticket counts for n, so that a look stays short. */
function regionsIn(
  { search }: ModeRules,
  { pool, matches, at }: { pool: Pool | undefined; matches: readonly Match[]; at: number },
): PoolView["region_distribution"] {
  const names = search.regions?.names ?? [];
  if (names.length === 0) return [];
  const waiting = names.map(() => 0);
  const step = Math.max(1, Math.ceil((pool?.index.size ?? 0) / httpLimits.regionTicketsMax));
  let place = 0;
  for (const chunk of pool?.index.byAge.chunks ?? []) {
    for (; place < chunk.length; place += step) {
      const bits = regionsOf(chunk[place], search, at);
      for (let region = 0; region < names.length; region += 1)
        waiting[region] += ((bits >> region) & 1) * step;
    }
    place -= chunk.length;
  }
  return names.map((region, index) => ({
    region,
    waiting: waiting[index],
    live_matches: matches.filter((match) => match.region === region).length,
  }));
}

/** When the longest wait began. Tickets of cancelled matches stand first, then all others by age. */
function oldestWaitFrom(pool: Pool, otherwise: number): number {
  let oldest = otherwise;
  for (const { enqueuedAt } of pool.index.byAge.chunks[0] ?? []) oldest = Math.min(oldest, enqueuedAt);
  return oldest;
}

/**
 * Waiting tickets in steps of 100 rating points; what lies beyond 64 steps counts to the last. A chunk
 * within one step is counted as a whole, so that a million tickets cost a few thousand looks.
 */
function distributionOf(pool: Pool): PoolView["rating_distribution"] {
  const steps: { rating_from: number; waiting: number }[] = [];
  const count = (rating_from: number, waiting: number) => {
    const last = steps.at(-1);
    if (last !== undefined && (last.rating_from === rating_from || steps.length === stepsMax))
      last.waiting += waiting;
    else steps.push({ rating_from, waiting });
  };
  for (const chunk of pool.index.byRating.chunks) {
    const lowest = stepOf(chunk[0]?.rating ?? 0);
    if (lowest === stepOf(chunk.at(-1)?.rating ?? 0)) count(lowest, chunk.length);
    else for (const { rating } of chunk) count(stepOf(rating), 1);
  }
  return steps;
}

function stepOf(rating: number): number {
  return Math.floor(rating / ratingStep) * ratingStep;
}
