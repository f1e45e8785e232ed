import type { Arrival } from "../arrival.ts";
import type { RunSummary } from "../run/run-arrivals.ts";

/** What is recorded of a shard's tickets. */
export interface Recording {
  readonly arrivals: readonly Arrival[];
  /** What became of them. */
  readonly happened: RunSummary;
  /** The matches that were formed, each with its teams' tickets as numbers of their arrivals. */
  readonly matches: readonly RecordedMatch[];
}

export interface RecordedMatch {
  readonly mode: string;
  /** Ms since the recording began. */
  readonly at: number;
  readonly teams: readonly (readonly number[])[];
}
