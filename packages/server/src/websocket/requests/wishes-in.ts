import type { PlayerId, RegionLatency, Wishes } from "@matchforge/core";
import type { ClientMessages } from "@matchforge/protocol";

/** What a `queue.enter` asks for beyond the mode's rules. */
export function wishesIn({
  preferences,
  regions,
  blocked,
  latencies,
  roles,
}: ClientMessages["queue.enter"]): Partial<Wishes> {
  return {
    opponentMin: preferences?.min_opponent_rating ?? null,
    opponentMax: preferences?.max_opponent_rating ?? null,
    expandSearch: preferences?.expand_search ?? true,
    ...(regions !== undefined && regions.length > 0 && { regions }),
    ...(blocked !== undefined && { blocked: blocked as PlayerId[] }),
    ...(latencies !== undefined && { latencies: latenciesIn(latencies) }),
    ...(roles !== undefined && roles.length > 0 && { roles: [roles] }),
  };
}

/** By name, so that the same latencies make the same command. */
export function latenciesIn(latencies: Readonly<Record<string, number>>): RegionLatency[] {
  return Object.keys(latencies)
    .sort()
    .map((region) => ({ region, latencyMs: latencies[region] }));
}
