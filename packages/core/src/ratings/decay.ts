import { type Glicko2Options, idleGlicko2 } from "./glicko2.ts";
import { boundedDeviation, type Rating } from "./rating.ts";

/**
 * What a rating becomes when its player has not played for some days. It always starts from the rating
 * after the last game, never from one that has decayed already: so a bound on the whole loss holds however
 * often it is asked. Any function of this shape plugs in.
 *
 * @example
 * const halving: Decay = (rating, idleDays) => ({ ...rating, rating: idleDays < 90 ? rating.rating : rating.rating / 2 });
 */
export type Decay = (rating: Rating, idleDays: number) => Rating;

/** Idleness changes nothing. */
export const noDecay: Decay = (rating) => rating;

/** How a rating falls day by day. */
export interface LinearDecayOptions {
  readonly pointsPerDay: number;
  /** The most that idleness takes, in points. */
  readonly pointsMax: number;
  readonly deviationPerDay: number;
  readonly deviationMax: number;
  /** Decay ends here; who is below it loses nothing. */
  readonly ratingMin: number;
}

/** One point a day up to 100, while the deviation grows by half a point a day up to 350. */
export const linearDecayDefaults: LinearDecayOptions = {
  pointsPerDay: 1,
  pointsMax: 100,
  deviationPerDay: 0.5,
  deviationMax: 350,
  ratingMin: 0,
};

/**
 * A decay by so many points for each full day.
 *
 * @example
 * linearDecay()({ rating: 1500, deviation: 60, volatility: 0.06, games: 9 }, 10); // 1490, deviation 65
 */
export function linearDecay(options: Partial<LinearDecayOptions> = {}): Decay {
  const settings = { ...linearDecayDefaults, ...options };
  return (rating, idleDays) => {
    const days = Math.floor(idleDays);
    if (!(days > 0)) return rating;
    const { pointsPerDay, pointsMax, deviationPerDay, deviationMax: max, ratingMin } = settings;
    const lost = Math.min(pointsPerDay * days, pointsMax);
    const grown = rating.deviation + deviationPerDay * days;
    return {
      ...rating,
      rating: Math.max(rating.rating - lost, Math.min(rating.rating, ratingMin)),
      deviation: boundedDeviation({ before: rating.deviation, after: grown, max }),
    };
  };
}

/**
 * Glicko-2's own decay: the rating stays, its deviation grows by the volatility of the periods missed.
 *
 * @param options.periodDays how many days a rating period lasts.
 * @example
 * const decay = glicko2Decay({ ...glicko2Defaults, periodDays: 7 });
 */
export function glicko2Decay(options: Glicko2Options & { readonly periodDays: number }): Decay {
  return (rating, idleDays) => idleGlicko2(options, rating, idleDays / options.periodDays);
}
