import type { Rating } from "./rating.ts";

/** Until when a rating is provisional. */
export interface ProvisionalBounds {
  /** Provisional above this deviation, in points; Infinity: whatever the deviation. */
  readonly deviationMax: number;
  /** Provisional before this many games; 0: however few. */
  readonly gamesMin: number;
}

/**
 * Whether too little is known of a player yet for a leaderboard: either bound is enough to be provisional.
 * Idleness can make a rating provisional again.
 *
 * @example
 * isProvisional({ rating: 1500, deviation: 90, volatility: 0.06, games: 4 }, { deviationMax: 110, gamesMin: 10 }); // true
 */
export function isProvisional(
  { deviation, games }: Rating,
  { deviationMax, gamesMin }: ProvisionalBounds,
): boolean {
  return deviation > deviationMax || games < gamesMin;
}
