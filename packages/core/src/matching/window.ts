import type { SearchRules, WideningStep } from "./search-rules.ts";
import type { Standing } from "./standing.ts";

type Searcher = Pick<Standing, "enqueuedAt" | "wishes">;

/**
 * How many rating points away an opponent may be, for a ticket that waits since `enqueuedAt`. Times are
 * ms of shard time; Infinity: anyone.
 *
 * @example
 * windowOf({ enqueuedAt: 0, wishes: noWishes }, duelSearch, 20_000); // 200
 */
export function windowOf(standing: Searcher, search: SearchRules, at: number): number {
  const waitedMs = Math.max(0, at - standing.enqueuedAt);
  const { widening } = search;
  if (widening.kind === "linear") {
    return Math.min(widening.max, widening.gap + (widening.perSecond * waitedMs) / 1_000);
  }
  let gap = 0;
  for (const step of widening.steps) {
    if (step.afterMs > waitedMs) break;
    if (isBeyond(step, standing)) break;
    gap = step.gap;
  }
  return gap;
}

/**
 * Whether a ticket has reached the last step of its search, where its wishes no longer bind it: not where the
 * search never widens.
 *
 * @example
 * searchesAnywhere({ enqueuedAt: 0, wishes: noWishes }, duelSearch, 60_000); // true
 */
export function searchesAnywhere(standing: Searcher, search: SearchRules, at: number): boolean {
  if (!standing.wishes.expandSearch) return false;
  const lastAfterMs = lastStepAfterMs(search);
  return lastAfterMs > 0 && at - standing.enqueuedAt >= lastAfterMs;
}

/** A ticket that does not expand its search stops before a step to anybody; where that is the only step there is no other. */
function isBeyond({ gap, afterMs }: WideningStep, { wishes }: Searcher): boolean {
  return gap === Number.POSITIVE_INFINITY && afterMs > 0 && !wishes.expandSearch;
}

/**
 * How long two tickets would have to wait until a rating gap lies in their windows: what a pair costs, in
 * seconds. Linear between the steps; the gap beyond the last bounded step costs in proportion.
 *
 * @example
 * pairCostSecs(200, duelSearch); // 15
 */
export function pairCostSecs(gap: number, search: SearchRules): number {
  const { widening } = search;
  if (widening.kind === "linear") {
    if (gap <= widening.gap) return 0;
    return widening.perSecond === 0 ? 0 : (gap - widening.gap) / widening.perSecond;
  }
  let before = { afterMs: 0, gap: 0 };
  for (const step of widening.steps) {
    if (gap <= step.gap) {
      const part =
        step.gap === Number.POSITIVE_INFINITY ? 1 : (gap - before.gap) / (step.gap - before.gap || 1);
      return (before.afterMs + part * (step.afterMs - before.afterMs)) / 1_000;
    }
    before = step;
  }
  return before.afterMs / 1_000;
}

/** How long until the last step of a search, in ms. */
export function lastStepAfterMs({ widening }: SearchRules): number {
  if (widening.kind === "steps") return widening.steps.at(-1)?.afterMs ?? 0;
  if (widening.perSecond === 0) return 0;
  return ((widening.max - widening.gap) / widening.perSecond) * 1_000;
}

/**
 * When a ticket's window comes to hold a gap, in ms of shard time; Infinity: never.
 *
 * @example
 * windowReachesAt({ enqueuedAt: 0, wishes: noWishes }, duelSearch, 250); // 30000
 */
export function windowReachesAt(standing: Searcher, search: SearchRules, gap: number): number {
  const { widening } = search;
  if (widening.kind === "linear") {
    if (gap <= widening.gap) return standing.enqueuedAt;
    if (gap > widening.max || widening.perSecond === 0) return Number.POSITIVE_INFINITY;
    return standing.enqueuedAt + ((gap - widening.gap) / widening.perSecond) * 1_000;
  }
  const step = widening.steps.find((one) => {
    return gap <= one.gap && !isBeyond(one, standing);
  });
  return step === undefined ? Number.POSITIVE_INFINITY : standing.enqueuedAt + step.afterMs;
}
