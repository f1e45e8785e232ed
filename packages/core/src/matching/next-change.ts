import { nextCeilingAt } from "./regions.ts";
import type { SearchRules } from "./search-rules.ts";
import type { Standing } from "./standing.ts";
import { lastStepAfterMs } from "./window.ts";

/**
 * When something about a ticket changes next that could let it meet others: it becomes eligible, its window
 * or its latency ceiling grows, or a rematch is allowed again.
 * In ms of shard time; Infinity: nothing any more.
 *
 * @example
 * nextChangeAt({ enqueuedAt: 0, eligibleAt: 0, recentOpponents: [] }, duelSearch, 0); // 15000
 */
export function nextChangeAt(
  standing: Pick<Standing, "enqueuedAt" | "eligibleAt" | "recentOpponents">,
  search: SearchRules,
  at: number,
): number {
  if (standing.eligibleAt > at) return standing.eligibleAt;
  let next = Math.min(nextWideningAt(standing, search, at), nextCeilingAt(standing.enqueuedAt, search, at));
  if (search.avoidRematch === null) return next;
  for (const met of standing.recentOpponents) {
    const allowedAt = met.at + search.avoidRematch.forMs;
    if (allowedAt > at && allowedAt < next) next = allowedAt;
  }
  return next;
}

function nextWideningAt(standing: Pick<Standing, "enqueuedAt">, search: SearchRules, at: number): number {
  const { widening } = search;
  const waitedMs = at - standing.enqueuedAt;
  if (widening.kind === "linear") {
    const lastAfterMs = lastStepAfterMs(search);
    if (waitedMs >= lastAfterMs) return Number.POSITIVE_INFINITY;
    return standing.enqueuedAt + Math.min(lastAfterMs, waitedMs + 1_000);
  }
  const next = widening.steps.find((step) => step.afterMs > waitedMs);
  return next === undefined ? Number.POSITIVE_INFINITY : standing.enqueuedAt + next.afterMs;
}
