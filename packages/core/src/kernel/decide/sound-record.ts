import type { RatingRecord } from "../records.ts";

/** Whether a record from outside holds finite numbers and whole counts. */
export function isSoundRecord({
  rating,
  deviation,
  volatility,
  games,
  wins,
  meanWpm,
}: RatingRecord): boolean {
  if (!Number.isSafeInteger(games) || !Number.isSafeInteger(wins) || games < 0 || wins < 0) return false;
  return [rating, deviation, volatility, meanWpm].every(Number.isFinite);
}
