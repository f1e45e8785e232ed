import type { RejectedCount } from "./formed-match.ts";
import type { Standing } from "./standing.ts";

/** Two tickets that a wave brings together. */
export interface Pair {
  /** The one that was served: it waits longer. */
  readonly first: Standing;
  readonly second: Standing;
  readonly gap: number;
  /** How many candidates were looked at. */
  readonly considered: number;
  /** How many of them each reason kept away. */
  readonly rejected: readonly RejectedCount[];
}

/** Bounds of the search. */
export const matchingLimits = {
  /** Candidates looked at for one ticket in one wave; the search goes on with the next wave. */
  candidatesPerTicket: 512,
  /** In whole pools of up to so many tickets partners are exchanged; in larger ones the nearest is near enough. */
  improvedTickets: 512,
} as const;
