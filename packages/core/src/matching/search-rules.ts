/** From `afterMs` of waiting on, opponents may be `gap` rating points away; Infinity: anyone. */
export interface WideningStep {
  readonly afterMs: number;
  readonly gap: number;
}

/** How a ticket's rating window grows while it waits. */
export type Widening =
  | { readonly kind: "steps"; readonly steps: readonly WideningStep[] }
  | { readonly kind: "linear"; readonly gap: number; readonly perSecond: number; readonly max: number };

/**
 * Whether a match that the rules allow is kept back for a better one. `pointsPerSecond` is the price: how many
 * rating points of a gap a second of waiting is worth.
 *
 * - `fixed`: a gap is kept back until the wait has paid for it, for `forMs` at most.
 * - `arrivals`: the same, but a gap is taken at once when the pool's own arrivals promise nothing better.
 */
export type HoldRules =
  | { readonly kind: "fixed"; readonly forMs: number; readonly pointsPerSecond: number }
  | { readonly kind: "arrivals"; readonly pointsPerSecond: number };

/** From `afterMs` of waiting on, a region may be `latencyMs` away; Infinity: however far. */
export interface LatencyStep {
  readonly afterMs: number;
  readonly latencyMs: number;
}

/** Where a mode is played. Everybody in a match can reach its region within their own ceiling. */
export interface RegionRules {
  /** At most 30. Of equally good ones the first is taken. */
  readonly names: readonly string[];
  /** The ceiling of latency and how it widens; empty: none. */
  readonly latencyMax: readonly LatencyStep[];
}

/** A mode's rules of who may meet whom. */
export interface SearchRules {
  readonly widening: Widening;
  /** Those met in the last `last` matches are not met again for `forMs`; null: no such rule. */
  readonly avoidRematch: { readonly last: number; readonly forMs: number } | null;
  /** Left out: whoever may meet is matched at once. */
  readonly hold?: HoldRules;
  /** Where a ticket is a whole side, as a crew is: by how many players the sides may differ. Left out: teams are made up of tickets. */
  readonly sideDifferenceMax?: number;
  /** Left out: regions do not matter. */
  readonly regions?: RegionRules;
}
