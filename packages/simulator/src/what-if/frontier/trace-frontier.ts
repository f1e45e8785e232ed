import type { Rules } from "@matchforge/core";
import type { Arrival } from "../arrival.ts";
import { runArrivals } from "../run/run-arrivals.ts";
import { type SearchSetting, searchSettings } from "./settings.ts";

/** What one setting came to in one mode. */
export interface FrontierPoint {
  readonly kind: SearchSetting["kind"];
  readonly name: string;
  readonly waitP95Secs: number;
  readonly gapMean: number;
  readonly unmatchedShare: number;
}

/** What settings around the given rules come to, in one mode. */
export interface ModeFrontier {
  readonly mode: string;
  readonly points: readonly FrontierPoint[];
}

/**
 * Runs the same arrivals under settings around the given rules: what better matches cost in waiting.
 *
 * @param options.arrivals Makes the arrivals afresh; they are the same each time.
 */
export function traceFrontier(options: {
  readonly rules: Rules;
  readonly arrivals: () => Iterable<Arrival>;
  readonly endsAt?: number;
  readonly onProgress?: (done: { readonly settings: number; readonly of: number }) => void;
}): ModeFrontier[] {
  const { rules, arrivals, onProgress, ...end } = options;
  const points = new Map<string, FrontierPoint[]>();
  const settings = searchSettings(rules);
  for (const [done, { kind, name, rules: changed }] of settings.entries()) {
    onProgress?.({ settings: done, of: settings.length });
    for (const summary of runArrivals({ rules: changed, arrivals: arrivals(), ...end }).modes) {
      const { mode, waitSecs, ratingGap, unmatchedShare } = summary;
      const point = { kind, name, waitP95Secs: waitSecs.p95, gapMean: ratingGap.mean, unmatchedShare };
      points.set(mode, [...(points.get(mode) ?? []), point]);
    }
  }
  return [...points].map(([mode, ofMode]) => ({ mode, points: ofMode }));
}
