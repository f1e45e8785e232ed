import {
  brierScore,
  type Forecast,
  forecastsOf,
  logLoss,
  type ReliabilityBin,
  reliabilityCurve,
} from "./calibration.ts";
import type { Rating } from "./rating.ts";
import type { RatingSystem } from "./rating-system.ts";

/** A match as it was played. */
export interface PlayedMatch {
  readonly teams: readonly { readonly players: readonly string[]; readonly rank: number }[];
  /** False: it is rated, and its forecast is not judged; a match that somebody left says little about strength. */
  readonly isJudged: boolean;
}

/** How well a system foretold matches. */
export interface Calibration {
  /** How many matches its forecasts were judged by. */
  readonly matches: number;
  readonly logLoss: number;
  readonly brier: number;
  /** How often its favourite won, from 0 to 1; a shared favour or win counts in parts. */
  readonly accuracy: number;
  /** In ten bins. */
  readonly reliability: readonly ReliabilityBin[];
}

const bins = 10;

/**
 * Replays matches in their order under a rating system: everybody begins as a newcomer, each match is foretold from
 * the ratings before it, and then rated. So no forecast knows anything of the future.
 *
 * @returns null where no match is to be judged.
 * @example
 * const figures = backtest(glicko2System(), matches);
 * console.log(figures?.logLoss, "beside", backtest(coinSystem, matches)?.logLoss);
 */
export function backtest(system: RatingSystem, matches: Iterable<PlayedMatch>): Calibration | null {
  const ratings = new Map<string, Rating>();
  const forecasts: Forecast[] = [];
  let hits = 0;
  let judged = 0;
  for (const { teams, isJudged } of matches) {
    const before = teams.map(({ players, rank }) => ({
      rank,
      ratings: players.map((player) => ratings.get(player) ?? system.initial()),
    }));
    if (isJudged) {
      const own = forecastsOf(
        system.predict(before),
        teams.map(({ rank }) => rank),
      );
      for (const forecast of own) forecasts.push(forecast);
      hits += shareOfHit(own);
      judged += 1;
    }
    const after = system.rate(before);
    for (const [team, { players }] of teams.entries()) {
      for (const [place, player] of players.entries()) ratings.set(player, after[team][place]);
    }
  }
  if (judged === 0) return null;
  return {
    matches: judged,
    logLoss: logLoss(forecasts),
    brier: brierScore(forecasts),
    accuracy: hits / judged,
    reliability: reliabilityCurve(forecasts, { bins }),
  };
}

/** Which part of the favour went to those who won, times which part of the win they had. */
function shareOfHit(forecasts: readonly Forecast[]): number {
  const most = Math.max(...forecasts.map(({ predicted }) => predicted));
  const favourites = forecasts.filter(({ predicted }) => predicted === most);
  return favourites.reduce((sum, { outcome }) => sum + outcome, 0) / favourites.length;
}

/**
 * The system that knows nothing: each team is as likely to win as any other. What others are to be compared with.
 *
 * @example
 * coinSystem.predict(teams); // two teams: [0.5, 0.5]
 */
export const coinSystem: RatingSystem = {
  initial: () => ({ rating: 0, deviation: 0, volatility: 0, games: 0 }),
  rate: (teams) =>
    teams.map(({ ratings }) => ratings.map((rating) => ({ ...rating, games: rating.games + 1 }))),
  predict: (teams) => teams.map(() => 1 / teams.length),
};
