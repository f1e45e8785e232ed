import { defaultRating, type Rating } from "./rating.ts";

/** A stretch of time with a ranking of its own. Times are milliseconds of the clock it is asked with. */
export interface Season {
  readonly id: string;
  readonly startsAt: number;
  /** The first moment after it. */
  readonly endsAt: number;
}

/**
 * Whether a season runs at a moment.
 *
 * @example
 * isActiveSeason({ id: "spring", startsAt: 0, endsAt: 1_000 }, 1_000); // false
 */
export function isActiveSeason({ startsAt, endsAt }: Season, at: number): boolean {
  return startsAt <= at && at < endsAt;
}

/**
 * What a rating becomes when a season starts. The games stay counted: they tell which of two copies of a
 * rating is newer. Any function of this shape plugs in.
 */
export type SeasonReset = (rating: Rating) => Rating;

/** How far a soft reset goes. */
export interface SoftResetOptions {
  /** Where ratings are drawn to. */
  readonly target: number;
  /** Which part of the way they go, from 0 to 1. */
  readonly share: number;
  /** Everybody's deviation after it. */
  readonly deviation: number;
}

/** Half of the way to 1500, with a deviation of 200. */
export const softResetDefaults: SoftResetOptions = { target: 1500, share: 0.5, deviation: 200 };

/**
 * A reset that draws ratings together and keeps their order.
 *
 * @example
 * softReset()({ rating: 1800, deviation: 60, volatility: 0.05, games: 90 }); // 1650, deviation 200
 */
export function softReset(options: Partial<SoftResetOptions> = {}): SeasonReset {
  const { target, share, deviation } = { ...softResetDefaults, ...options };
  return (rating) => ({ ...rating, rating: rating.rating + (target - rating.rating) * share, deviation });
}

/**
 * A reset after which everybody is a newcomer.
 *
 * @param initial the rating of a newcomer.
 * @example
 * hardReset()({ rating: 1800, deviation: 60, volatility: 0.05, games: 90 }); // 1500, 350, 0.06, 90 games
 */
export function hardReset(initial: Rating = defaultRating): SeasonReset {
  return ({ games }) => ({ ...initial, games });
}
