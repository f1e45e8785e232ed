import { orderedSum } from "../arithmetic/ordered-sum.ts";
import { discountedUnits, type Glicko2Options, meanOf, meanVarianceOf, rateGlicko2 } from "./glicko2.ts";
import { defaultRating, type Rating } from "./rating.ts";
import type { RatingSystem, TeamRatings, TeamResult } from "./rating-system.ts";
import { winProbabilities } from "./win-probabilities.ts";

/** How Glicko-2 rates a mode's players, match by match. */
export interface Glicko2SystemOptions extends Glicko2Options {
  readonly initial: Rating;
  /**
   * How many rating periods a match takes. 1: each match is a period of its own. 0: time alone lets
   * deviations grow, by `idleGlicko2` before a match or `glicko2Decay`.
   */
  readonly periodsPerMatch: number;
}

/** Glicko-2 where a mode sets nothing else. */
export const glicko2Defaults: Glicko2SystemOptions = {
  tau: 0.5,
  deviationMax: 350,
  volatilityMax: 0.3,
  initial: defaultRating,
  periodsPerMatch: 1,
};

/**
 * Glicko-2 as a rating system. In a match each player plays each opposing team once and as a whole, as
 * `rateGlicko2` says, all from the ratings before the match. It counts as one game however many teams it has.
 *
 * `predict` gives two teams the logistic function of their difference, discounted for the uncertainty of
 * both; several teams share by the same rule, discounted for the mean uncertainty of two of them.
 *
 * @example
 * const glicko = glicko2System();
 * const newcomer = { ratings: [glicko.initial()] };
 * glicko.rate([{ ...newcomer, rank: 1 }, { ...newcomer, rank: 2 }]); // 1662.3 and 1337.7, deviation 290.3
 */
export function glicko2System(options: Partial<Glicko2SystemOptions> = {}): RatingSystem {
  const settings = { ...glicko2Defaults, ...options };
  return {
    initial: () => settings.initial,
    rate: (teams) => rateTeams(settings, teams),
    predict: (teams) => predictTeams(teams),
  };
}

function rateTeams(settings: Glicko2SystemOptions, teams: readonly TeamResult[]): Rating[][] {
  return teams.map(({ ratings, rank }, team) => {
    const others = teams.filter((_, other) => other !== team);
    return ratings.map((player, index) => {
      const teammates = ratings.filter((_, other) => other !== index);
      const games = others.map((other) => ({
        teammates,
        opponents: other.ratings,
        score: scoreOf(rank, other.rank),
      }));
      const rated = rateGlicko2(settings, { player, games, periods: settings.periodsPerMatch });
      return { ...rated, games: player.games + 1 };
    });
  });
}

function predictTeams(teams: readonly TeamRatings[]): number[] {
  const variances = teams.map(({ ratings }) => meanVarianceOf(ratings, 1 / ratings.length));
  const clouded = Math.sqrt((2 * orderedSum(variances)) / teams.length);
  return winProbabilities(teams.map(({ ratings }) => discountedUnits(meanOf(ratings), clouded)));
}

function scoreOf(own: number, other: number): number {
  if (own === other) return 0.5;
  return own < other ? 1 : 0;
}
