import type { Rules } from "@matchforge/core";
import type { Arrival } from "../arrival.ts";
import { type ModeSummary, summaryOf } from "../outcomes/mode-summary.ts";
import { type MatchListener, Simulation } from "./simulation.ts";

/** Told now and then how far a run is. */
export type ProgressListener = (tickets: number) => void;

/** How a run over arrivals went. */
export interface RunSummary {
  readonly tickets: number;
  /** From the start to the end of the run. */
  readonly durationMs: number;
  readonly modes: readonly ModeSummary[];
}

const ticketsPerReport = 5_000;

/**
 * Lives through arrivals under some rules, in virtual time.
 *
 * @param options.endsAt When the run ends, in ms; whoever waits then is counted as waiting. Left out: with the last arrival.
 * @example
 * const { modes } = runArrivals({ rules, arrivals: syntheticArrivals({ model, rules, seed: 1, tickets: 10_000 }) });
 */
export function runArrivals(options: {
  readonly rules: Rules;
  readonly arrivals: Iterable<Arrival>;
  readonly endsAt?: number;
  readonly onMatch?: MatchListener;
  readonly onProgress?: ProgressListener;
}): RunSummary {
  const { rules, arrivals, onMatch, onProgress } = options;
  const simulation = new Simulation(rules, onMatch);
  let tickets = 0;
  let last = 0;
  for (const arrival of arrivals) {
    simulation.advanceTo(arrival.at, { included: false });
    simulation.arrive(arrival);
    last = arrival.at;
    tickets += 1;
    if (tickets % ticketsPerReport === 0) onProgress?.(tickets);
  }
  const endsAt = options.endsAt ?? last;
  simulation.advanceTo(endsAt, { included: true });
  simulation.close();
  return { tickets, durationMs: endsAt, modes: [...simulation.outcomes.values()].map(summaryOf) };
}
