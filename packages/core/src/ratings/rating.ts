/** How strong a player is taken to be in one mode: plain data, the same for every rating system. */
export interface Rating {
  /** Strength in points. */
  readonly rating: number;
  /** How uncertain the rating is: one standard deviation, in points. */
  readonly deviation: number;
  /** How much the strength is expected to change from period to period (Glicko-2; others keep it). */
  readonly volatility: number;
  /** Rated games so far. */
  readonly games: number;
}

/** A newcomer's rating where a mode sets no other. */
export const defaultRating: Rating = { rating: 1500, deviation: 350, volatility: 0.06, games: 0 };

/**
 * What a player can be trusted to be at least: two deviations below the rating. Leaderboards sort by it, so
 * that nobody leads by one lucky game.
 *
 * @example
 * conservativeEstimate({ rating: 1500, deviation: 350, volatility: 0.06, games: 0 }); // 800
 */
export function conservativeEstimate({ rating, deviation }: Rating): number {
  return rating - 2 * deviation;
}

/**
 * The deviation after a change that may not raise it beyond `max`. Who is above the bound already, because
 * the rules were stricter or laxer then, is neither raised nor cut.
 */
export function boundedDeviation({
  before,
  after,
  max,
}: {
  readonly before: number;
  readonly after: number;
  readonly max: number;
}): number {
  return Math.min(after, Math.max(before, max));
}
