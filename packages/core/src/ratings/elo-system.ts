import { orderedSum } from "../arithmetic/ordered-sum.ts";
import { type EloOptions, rateElo } from "./elo.ts";
import { defaultRating, type Rating } from "./rating.ts";
import type { RatingSystem, TeamRatings, TeamResult } from "./rating-system.ts";
import { winProbabilities } from "./win-probabilities.ts";

/** How Elo rates a mode's players. */
export interface EloSystemOptions extends EloOptions {
  readonly initial: Rating;
  /** What a game leaves of the deviation, which Elo itself does not use. */
  readonly deviationFactor: number;
}

/** Elo where a mode sets nothing else. */
export const eloDefaults: EloSystemOptions = {
  k: 32,
  rounding: "none",
  initial: defaultRating,
  deviationFactor: 0.99,
};

/**
 * Elo as a rating system. `rate` moves ratings as `rateElo` does. `predict` gives two teams their expected
 * scores; several teams share by 10^(mean ÷ 400), which keeps those odds between any two.
 *
 * @example
 * const elo = eloSystem({ k: 24 });
 * elo.predict([{ ratings: [elo.initial()] }, { ratings: [elo.initial()] }]); // [0.5, 0.5]
 */
export function eloSystem(options: Partial<EloSystemOptions> = {}): RatingSystem {
  const settings = { ...eloDefaults, ...options };
  return {
    initial: () => settings.initial,
    rate: (teams) => rateTeams(settings, teams),
    predict: (teams) => predictTeams(teams),
  };
}

function rateTeams(settings: EloSystemOptions, teams: readonly TeamResult[]): Rating[][] {
  const sides = teams.map(({ ratings, rank }) => ({ ratings: ratings.map(({ rating }) => rating), rank }));
  const moved = rateElo(settings, sides);
  return teams.map(({ ratings }, team) =>
    ratings.map((before, player) => ({
      rating: moved[team][player],
      deviation: before.deviation * settings.deviationFactor,
      volatility: before.volatility,
      games: before.games + 1,
    })),
  );
}

function predictTeams(teams: readonly TeamRatings[]): number[] {
  const means = teams.map(({ ratings }) => orderedSum(ratings.map(({ rating }) => rating)) / ratings.length);
  return winProbabilities(means.map((mean) => (mean * Math.LN10) / 400));
}
