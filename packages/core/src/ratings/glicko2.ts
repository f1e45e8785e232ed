import { exponential } from "../arithmetic/exponential.ts";
import { orderedSum } from "../arithmetic/ordered-sum.ts";
import { glicko2Volatility } from "./glicko2-volatility.ts";
import { boundedDeviation, type Rating } from "./rating.ts";

/** How Glicko-2 moves ratings. */
export interface Glicko2Options {
  /** How fast volatility may change: 0.3 to 1.2 are usual, less means steadier. */
  readonly tau: number;
  /** Neither games nor idleness make anybody less certain than this, in points. */
  readonly deviationMax: number;
  /**
   * The same bound for volatility. In a period of great upsets the published procedure, with a large tau,
   * can leap to a hundredfold volatility, and the rating by thousands of points with it.
   */
  readonly volatilityMax: number;
}

/** What Glicko-2 needs to know of others: their numbers when the period began. */
export type RatingEstimate = Pick<Rating, "rating" | "deviation">;

/** One game of a period, as the player saw it. */
export interface Glicko2Game {
  /** Who played on the player's side; left out in a duel. */
  readonly teammates?: readonly RatingEstimate[];
  /** The other side; at least one. */
  readonly opponents: readonly RatingEstimate[];
  /** 1 for a win, ½ for a draw, 0 for a loss. */
  readonly score: number;
}

/** What a player did in a rating period. */
export interface Glicko2Period {
  /** The rating when the period began. */
  readonly player: Rating;
  readonly games: readonly Glicko2Game[];
  /** How long it was, in rating periods: fractions and 0 are welcome. */
  readonly periods: number;
}

/** Points to one unit of Glicko-2's own scale: 400 ÷ ln 10, with the digits published. */
const pointsPerUnit = 173.7178;

/**
 * The rating after a rating period (Glickman, Example of the Glicko-2 system, 2013), games counted. A period
 * without games leaves the rating and lets the deviation grow. All games are rated at once against the
 * ratings when the period began, so their order does not matter.
 *
 * In a team a player plays the other team as a whole. Teams are as strong as their players' mean, so each of
 * n players answers for one nth of the result: the game tells less of each, and teammates' uncertainty
 * clouds it like that of the opponents. In a duel this is the published algorithm.
 *
 * @example
 * const options = { tau: 0.5, deviationMax: 350, volatilityMax: 0.3 };
 * const player = { rating: 1500, deviation: 200, volatility: 0.06, games: 7 };
 * const games = [{ opponents: [{ rating: 1400, deviation: 30 }], score: 1 }];
 * rateGlicko2(options, { player, games, periods: 1 }); // rating 1563.6, deviation 175.4
 */
export function rateGlicko2(options: Glicko2Options, { player, games, periods }: Glicko2Period): Rating {
  if (games.length === 0) return idleGlicko2(options, player, periods);
  const seen = games.map((game) => learn(player, game));
  // The inverse of the paper's v, and the paper's Δ ÷ v: both stay finite where hardly anything is learnt.
  const information = orderedSum(seen.map((one) => one.information));
  const surplus = orderedSum(seen.map((one) => one.surplus));
  const { volatilityMax, deviationMax, tau } = options;
  const deviation = player.deviation / pointsPerUnit;
  const change = { volatility: player.volatility, deviation, information, surplus, tau };
  const volatility = Math.min(glicko2Volatility(change), Math.max(player.volatility, volatilityMax));
  const before = deviation * deviation + elapsed(periods) * volatility * volatility;
  const after = before / (1 + before * information);
  const grown = Math.sqrt(after) * pointsPerUnit;
  return {
    rating: player.rating + pointsPerUnit * after * surplus,
    deviation: boundedDeviation({ before: player.deviation, after: grown, max: deviationMax }),
    volatility,
    games: player.games + games.length,
  };
}

/**
 * The rating after rating periods without a game: only its deviation grows, by the volatility, up to
 * `deviationMax`. Two spells of idleness are as good as one as long as both.
 *
 * @param periods how many periods; fractions are welcome, and nothing happens in less than none.
 * @example
 * idleGlicko2(options, { rating: 1500, deviation: 60, volatility: 0.06, games: 90 }, 30); // deviation 82.8
 */
export function idleGlicko2({ deviationMax }: Glicko2Options, player: Rating, periods: number): Rating {
  if (elapsed(periods) === 0) return player;
  const step = player.volatility * pointsPerUnit;
  const grown = Math.sqrt(player.deviation * player.deviation + periods * step * step);
  return {
    ...player,
    deviation: boundedDeviation({ before: player.deviation, after: grown, max: deviationMax }),
  };
}

/** A difference in points on Glicko-2's own scale, discounted for being uncertain by `deviation`. */
export function discountedUnits(points: number, deviation: number): number {
  return (points / pointsPerUnit) * certainty(deviation);
}

/** What one game tells: how much at all, and how far it went better than expected. */
function learn(
  player: Rating,
  { teammates = [], opponents, score }: Glicko2Game,
): { information: number; surplus: number } {
  const share = 1 / (1 + teammates.length);
  const own = meanOf([player, ...teammates]);
  const other = meanOf(opponents);
  const clouded = Math.sqrt(
    meanVarianceOf(teammates, share) + meanVarianceOf(opponents, 1 / opponents.length),
  );
  const win = expected(discountedUnits(own - other, clouded));
  // The paper's 1 − E, from the other side: it keeps its digits where a win is all but certain.
  const loss = expected(discountedUnits(other - own, clouded));
  const weight = share * certainty(clouded);
  return { information: weight * weight * win * loss, surplus: weight * (score - win) };
}

/** The strength of a team. */
export function meanOf(team: readonly RatingEstimate[]): number {
  return orderedSum(team.map(({ rating }) => rating)) / team.length;
}

/** The squared deviation of a mean of which each of these players is a part as great as `share`. */
export function meanVarianceOf(players: readonly RatingEstimate[], share: number): number {
  return orderedSum(players.map(({ deviation }) => deviation * deviation)) * share * share;
}

function certainty(deviation: number): number {
  const units = deviation / pointsPerUnit;
  return 1 / Math.sqrt(1 + (3 * units * units) / (Math.PI * Math.PI));
}

/** The logistic function. Beyond 200 units, 34,000 points, nothing changes: so no product underflows. */
function expected(units: number): number {
  return 1 / (1 + exponential(-Math.max(-200, Math.min(200, units))));
}

function elapsed(periods: number): number {
  return periods > 0 ? periods : 0;
}
