import { currentRules, type ModeRules, type Pool, poolKeyOf, type State } from "@matchforge/core";
import type { MatchmakingStatistics } from "@matchforge/protocol";

type PoolView = MatchmakingStatistics["modes"][number]["pools"][number];

const ratingStep = 100;
const stepsMax = 64;

/** How matchmaking stands, from one look at the replica. */
export function matchmakingStatisticsOf(
  state: State,
  { at, wallTime }: { at: number; wallTime: number },
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
    at: wallTime,
    queue_length: modes.reduce(
      (sum, { pools }) => sum + pools.reduce((all, pool) => all + pool.queue_length, 0),
      0,
    ),
    live_matches: state.matches.size,
    modes,
  };
}

function liveByPool(state: State): Map<string, number> {
  const live = new Map<string, number>();
  for (const match of state.matches.values()) live.set(match.pool, (live.get(match.pool) ?? 0) + 1);
  return live;
}

function poolView(
  state: State,
  options: {
    mode: ModeRules;
    tier: string | null;
    stake: string;
    at: number;
    live: ReadonlyMap<string, number>;
  },
): PoolView {
  const { mode, tier, stake, at, live } = options;
  const key = poolKeyOf(mode.id, tier);
  const pool = state.pools.get(key);
  const oldest = pool?.index.byAge.chunks[0]?.[0];
  const meanSecs = pool === undefined || pool.matchedCount === 0 ? null : pool.meanWaitMs / 1_000;
  return {
    stake_tier: tier,
    stake,
    queue_length: pool?.index.size ?? 0,
    longest_wait_secs: oldest === undefined ? 0 : Math.max(0, (at - oldest.enqueuedAt) / 1_000),
    average_wait_secs: meanSecs,
    estimated_wait_secs: meanSecs,
    live_matches: live.get(key) ?? 0,
    matches_made: pool?.matchedCount ?? 0,
    rating_distribution: pool === undefined ? [] : distributionOf(pool),
  };
}

/** Waiting tickets in steps of 100 rating points; what lies beyond 64 steps counts to the last. */
function distributionOf(pool: Pool): PoolView["rating_distribution"] {
  const steps: { rating_from: number; waiting: number }[] = [];
  for (const chunk of pool.index.byRating.chunks) {
    for (const { rating } of chunk) {
      const rating_from = Math.floor(rating / ratingStep) * ratingStep;
      const last = steps.at(-1);
      if (last !== undefined && (last.rating_from === rating_from || steps.length === stepsMax))
        last.waiting += 1;
      else steps.push({ rating_from, waiting: 1 });
    }
  }
  return steps;
}
