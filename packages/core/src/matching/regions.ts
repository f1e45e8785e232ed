import type { SearchRules } from "./search-rules.ts";
import type { Standing } from "./standing.ts";
import { searchesAnywhere } from "./window.ts";

/** What {@link regionsOf} says under rules without regions: all. */
export const everyRegion = -1;

/**
 * In which regions of a mode a ticket may play at a time, one bit each in the order of the rules: those it is
 * willing to play in, whose latency is within the ceiling that its wait has reached.
 *
 * @example
 * const { search } = strict({ regions: ["eu", "us"] });
 * const latencies = [{ region: "eu", latencyMs: 30 }, { region: "us", latencyMs: 110 }];
 * regionsOf({ wishes: wishesOf({ latencies }), enqueuedAt: 0 }, search, 0); // 1: eu
 * regionsOf({ wishes: wishesOf({ latencies }), enqueuedAt: 0 }, search, 60_000); // 3: both
 */
export function regionsOf(
  standing: Pick<Standing, "wishes" | "enqueuedAt">,
  search: SearchRules,
  at: number,
): number {
  const { regions: rules } = search;
  if (rules === undefined) return everyRegion;
  const { regions, latencies } = standing.wishes;
  if (regions === null && latencies === null) return everyRegion;
  const ceilingMs = ceilingOf(rules.latencyMax, at - standing.enqueuedAt);
  const isFree = regions === null || searchesAnywhere(standing, search, at);
  let bits = 0;
  for (const [place, name] of rules.names.entries()) {
    if (!isFree && !regions.includes(name)) continue;
    if (latencies === null || latencyIn(latencies, name) <= ceilingMs) bits |= 1 << place;
  }
  return bits;
}

/**
 * Where a match of some tickets is played: of the regions all may play in the one whose longest latency is the
 * shortest; of equals the first of the rules. Null where rules know no regions, or the tickets have none in common.
 *
 * @example
 * const { search } = strict({ regions: ["eu", "us"] });
 * const latencies = [{ region: "eu", latencyMs: 30 }, { region: "us", latencyMs: 110 }];
 * const standing = { wishes: wishesOf({ latencies }), enqueuedAt: 0 };
 * bestRegion([standing], search, 0); // { region: "eu", latencyMs: 30 }
 */
export function bestRegion(
  standings: readonly Pick<Standing, "wishes" | "enqueuedAt">[],
  search: SearchRules,
  at: number,
): { readonly region: string; readonly latencyMs: number } | null {
  if (search.regions === undefined) return null;
  let shared = everyRegion;
  for (const standing of standings) shared &= regionsOf(standing, search, at);
  let best: { region: string; latencyMs: number } | null = null;
  for (const [place, region] of search.regions.names.entries()) {
    if (((shared >> place) & 1) === 0) continue;
    const latencyMs = longestLatency(standings, region);
    if (best === null || latencyMs < best.latencyMs) best = { region, latencyMs };
  }
  return best;
}

/** When the latency ceiling of a ticket rises next, in ms of shard time; Infinity: never again. */
export function nextCeilingAt(enqueuedAt: number, search: SearchRules, at: number): number {
  const next = search.regions?.latencyMax.find(({ afterMs }) => enqueuedAt + afterMs > at);
  return next === undefined ? Number.POSITIVE_INFINITY : enqueuedAt + next.afterMs;
}

type Ceilings = NonNullable<SearchRules["regions"]>["latencyMax"];

function ceilingOf(steps: Ceilings, waitedMs: number): number {
  let ceilingMs = Number.POSITIVE_INFINITY;
  for (const step of steps) {
    if (step.afterMs > Math.max(0, waitedMs)) break;
    ceilingMs = step.latencyMs;
  }
  return ceilingMs;
}

function longestLatency(standings: readonly Pick<Standing, "wishes">[], region: string): number {
  let longest = 0;
  for (const { wishes } of standings) {
    const latencyMs = wishes.latencies === null ? 0 : latencyIn(wishes.latencies, region);
    if (latencyMs > longest) longest = latencyMs;
  }
  return longest;
}

/** A region that was not measured cannot be reached, not even under an unbounded ceiling. */
function latencyIn(latencies: readonly { region: string; latencyMs: number }[], name: string): number {
  for (const { region, latencyMs } of latencies) if (region === name) return latencyMs;
  return Number.NaN;
}
