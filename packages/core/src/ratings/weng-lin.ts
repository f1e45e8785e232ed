import { exponential } from "../arithmetic/exponential.ts";
import { orderedSum } from "../arithmetic/ordered-sum.ts";
import { boundedDeviation, defaultRating, type Rating } from "./rating.ts";
import type { RatingSystem, TeamRatings, TeamResult } from "./rating-system.ts";
import { winProbabilities } from "./win-probabilities.ts";

/**
 * How Weng-Lin rates a mode's players. Its own scale is that of the paper, a skill μ with deviation σ; shown
 * are points: rating = initial.rating + (μ − mu) × pointsPerMu and deviation = σ × pointsPerMu.
 */
export interface WengLinOptions {
  readonly initial: Rating;
  /** A newcomer's μ. It matters between teams of different size, whose skills are added up. */
  readonly mu: number;
  /** Points to one μ. */
  readonly pointsPerMu: number;
  /** How much a player's performance varies from game to game, in μ. */
  readonly beta: number;
  /** How much skill may have changed since the last game, in μ: it keeps deviations from vanishing. */
  readonly tau: number;
  /** The least that a match leaves of the squared deviation. */
  readonly kappa: number;
  /** No match makes anybody less certain than this, in points. */
  readonly deviationMax: number;
}

/** Weng-Lin where a mode sets nothing else: μ = 25 and σ = 25 ÷ 3 show as 1500 and 350. */
export const wengLinDefaults: WengLinOptions = {
  initial: defaultRating,
  mu: 25,
  pointsPerMu: 42,
  beta: 25 / 6,
  tau: 25 / 300,
  kappa: 0.0001,
  deviationMax: 350,
};

/** A team on the system's own scale: the sum of its players. */
interface Whole {
  readonly mu: number;
  readonly variance: number;
}

/**
 * Weng-Lin by the Plackett-Luce model as a rating system (Weng and Lin, A Bayesian Approximation Method for
 * Online Ranking, JMLR 12, 2011): teams of any sizes and free-for-all, with ties. A team is as
 * good as its players together, so more players are better. Volatility is not used. `predict` gives the
 * probabilities of the first place that `rate` compares the outcome with.
 *
 * @example
 * const wengLin = wengLinSystem();
 * const newcomer = { ratings: [wengLin.initial()] };
 * wengLin.rate([{ ...newcomer, rank: 1 }, { ...newcomer, rank: 2 }]); // 1610.7 and 1389.3
 */
export function wengLinSystem(options: Partial<WengLinOptions> = {}): RatingSystem {
  const settings = { ...wengLinDefaults, ...options };
  return {
    initial: () => settings.initial,
    rate: (teams) => rateTeams(settings, teams),
    predict: (teams) => {
      const wholes = teams.map((team) => wholeOf(settings, team));
      const spread = spreadOf(settings, wholes);
      return winProbabilities(wholes.map(({ mu }) => mu / spread));
    },
  };
}

function rateTeams(settings: WengLinOptions, teams: readonly TeamResult[]): Rating[][] {
  const wholes = teams.map((team) => wholeOf(settings, team));
  const spread = spreadOf(settings, wholes);
  const places = placesOf(
    teams.map(({ rank }) => rank),
    wholes.map(({ mu }) => mu / spread),
  );
  return teams.map(({ ratings, rank }, index) => {
    const { mu, variance } = wholes[index];
    const { surplus, information } = look(places, { rank, strength: mu / spread });
    const gamma = Math.sqrt(variance) / spread;
    return ratings.map((player) => {
      const ownVariance = varianceOf(settings, player);
      const learnt = (ownVariance / (spread * spread)) * information * gamma;
      const left = ownVariance * Math.max(1 - learnt, settings.kappa);
      const deviation = settings.pointsPerMu * Math.sqrt(left);
      const { deviationMax: max, pointsPerMu } = settings;
      return {
        ...player,
        rating: player.rating + pointsPerMu * (ownVariance / spread) * surplus,
        deviation: boundedDeviation({ before: player.deviation, after: deviation, max }),
        games: player.games + 1,
      };
    });
  });
}

/** A place of the ranking and all who could have taken it: those who did, and those behind them. */
interface Place {
  readonly rank: number;
  readonly ties: number;
  readonly greatest: number;
  /** The sum of the exponentials of their strengths, each less the greatest: at least one. */
  readonly weight: number;
}

function placesOf(ranks: readonly number[], strengths: readonly number[]): Place[] {
  return [...new Set(ranks)].map((rank) => {
    const contenders = strengths.filter((_, index) => ranks[index] >= rank);
    const greatest = Math.max(...contenders);
    return {
      rank,
      ties: ranks.filter((other) => other === rank).length,
      greatest,
      weight: orderedSum(contenders.map((strength) => exponential(strength - greatest))),
    };
  });
}

/** How far a team did better than expected over all places it contended for, and how much they tell. */
function look(
  places: readonly Place[],
  { rank, strength }: { readonly rank: number; readonly strength: number },
): { surplus: number; information: number } {
  const contended = places.filter((place) => place.rank <= rank);
  const chances = contended.map(({ greatest, weight }) => exponential(strength - greatest) / weight);
  const own = contended.find((place) => place.rank === rank);
  return {
    surplus: 1 / (own?.ties ?? 1) - orderedSum(chances),
    information: orderedSum(chances.map((chance) => chance * (1 - chance))),
  };
}

/** What all the differences between teams are measured by: the paper's c. */
function spreadOf({ beta }: WengLinOptions, wholes: readonly Whole[]): number {
  return Math.sqrt(orderedSum(wholes.map(({ variance }) => variance + beta * beta)));
}

function wholeOf(settings: WengLinOptions, { ratings }: TeamRatings): Whole {
  const { initial, mu, pointsPerMu } = settings;
  return {
    mu: orderedSum(ratings.map(({ rating }) => mu + (rating - initial.rating) / pointsPerMu)),
    variance: orderedSum(ratings.map((player) => varianceOf(settings, player))),
  };
}

function varianceOf({ pointsPerMu, tau }: WengLinOptions, { deviation }: Rating): number {
  const sigma = deviation / pointsPerMu;
  return sigma * sigma + tau * tau;
}
