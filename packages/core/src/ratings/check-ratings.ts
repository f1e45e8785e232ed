import type { Rating } from "./rating.ts";
import type { TeamRatings, TeamResult } from "./rating-system.ts";

/** What the rating systems are made for; the numbers of real games are far inside. */
export const ratingLimits = {
  /** The greatest rating, and below zero the least. */
  ratingMax: 100_000,
  deviationMax: 100_000,
  volatilityMax: 10,
  /** How far the probabilities of a prediction may add up to something else than one. */
  probabilitySlack: 1e-6,
} as const;

/** Why a rating, a match or a system's answer is not taken. */
export type RatingRefusal =
  | "RATING_MISSING"
  | "RATING_INVALID"
  | "DEVIATION_INVALID"
  | "VOLATILITY_INVALID"
  | "GAMES_INVALID"
  | "RANK_INVALID"
  | "TEAM_EMPTY"
  | "TEAMS_TOO_FEW"
  | "ANSWER_MISSHAPEN"
  | "PROBABILITY_INVALID";

/** Fit for use, or what is wrong and where: the index of the team and of its player. */
export type RatingCheck =
  | { readonly ok: true }
  | { readonly ok: false; readonly code: RatingRefusal; readonly team?: number; readonly player?: number };

const fit: RatingCheck = { ok: true };

/**
 * Checks a rating from outside, of which nothing is known: all four numbers have to be there, finite and
 * within `ratingLimits`.
 *
 * @example
 * checkRating({ rating: Number.NaN, deviation: 350, volatility: 0.06, games: 0 }); // RATING_INVALID
 */
export function checkRating(rating: unknown): RatingCheck {
  if (typeof rating !== "object" || rating === null) return refused("RATING_MISSING");
  const { rating: points, deviation, volatility, games } = rating as Partial<Rating>;
  const { ratingMax, deviationMax, volatilityMax } = ratingLimits;
  if (!isWithin(points, -ratingMax, ratingMax)) return refused("RATING_INVALID");
  if (!isWithin(deviation, 0, deviationMax)) return refused("DEVIATION_INVALID");
  if (!isWithin(volatility, 0, volatilityMax)) return refused("VOLATILITY_INVALID");
  return isCount(games) ? fit : refused("GAMES_INVALID");
}

/**
 * Checks a match before it is rated: two teams or more, each with players, all ratings as `checkRating`
 * wants them, ranks whole and from 1.
 *
 * @example
 * const check = checkTeams(teams);
 * if (check.ok) system.rate(teams);
 */
export function checkTeams(teams: readonly TeamResult[]): RatingCheck {
  if (teams.length < 2) return refused("TEAMS_TOO_FEW");
  for (const [team, { ratings, rank }] of teams.entries()) {
    if (!isCount(rank) || rank < 1) return { ok: false, code: "RANK_INVALID", team };
    if (ratings.length === 0) return { ok: false, code: "TEAM_EMPTY", team };
    const check = checkPlayers(ratings, team);
    if (!check.ok) return check;
  }
  return fit;
}

/**
 * Checks what a system, perhaps somebody else's, made of a match: a fit rating for each player of each team.
 *
 * @example
 * const check = checkRated(teams, custom.rate(teams));
 */
export function checkRated(teams: readonly TeamRatings[], rated: unknown): RatingCheck {
  if (!isListOf(rated, teams.length)) return refused("ANSWER_MISSHAPEN");
  for (const [team, ratings] of rated.entries()) {
    if (!isListOf(ratings, teams[team].ratings.length)) return { ok: false, code: "ANSWER_MISSHAPEN", team };
    const check = checkPlayers(ratings, team);
    if (!check.ok) return check;
  }
  return fit;
}

/**
 * Checks what a system predicts: a probability for each team, together one.
 *
 * @example
 * const check = checkPredicted(teams, custom.predict(teams));
 */
export function checkPredicted(teams: readonly TeamRatings[], predicted: unknown): RatingCheck {
  if (!isListOf(predicted, teams.length)) return refused("ANSWER_MISSHAPEN");
  const team = predicted.findIndex((probability) => !isWithin(probability, 0, 1));
  if (team >= 0) return { ok: false, code: "PROBABILITY_INVALID", team };
  const sum = predicted.reduce((total: number, probability) => total + Number(probability), 0);
  return Math.abs(sum - 1) <= ratingLimits.probabilitySlack ? fit : refused("PROBABILITY_INVALID");
}

function checkPlayers(ratings: readonly unknown[], team: number): RatingCheck {
  for (const [player, rating] of ratings.entries()) {
    const check = checkRating(rating);
    if (!check.ok) return { ...check, team, player };
  }
  return fit;
}

function refused(code: RatingRefusal): RatingCheck {
  return { ok: false, code };
}

function isListOf(value: unknown, length: number): value is readonly unknown[] {
  return Array.isArray(value) && value.length === length;
}

function isWithin(value: unknown, least: number, greatest: number): boolean {
  return typeof value === "number" && value >= least && value <= greatest;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
