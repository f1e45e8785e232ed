import { logarithm } from "../arithmetic/logarithm.ts";
import { orderedSum } from "../arithmetic/ordered-sum.ts";

/** A win foretold, and what came of it. */
export interface Forecast {
  /** The probability given to it, from 0 to 1. */
  readonly predicted: number;
  /** 1 when it came, 0 when not; in between for a win that was shared. */
  readonly outcome: number;
}

/** Forecasts of about the same probability. */
export interface ReliabilityBin {
  /** The probabilities in it: from `from` up to, but not, `to`; the last one has 1 too. */
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly meanPredicted: number;
  /** How often they came true. With good calibration as often as predicted. */
  readonly meanOutcome: number;
}

/** A certainty that proves wrong costs as much as this probability would: else one of them cost infinitely. */
const leastProbability = 1e-12;

/**
 * The forecasts that a match makes of a system: one for each team. Teams that tie for the first place share
 * the win.
 *
 * @param predicted what the system gave each team.
 * @param ranks each team's place in the end, 1 the best.
 * @example
 * forecastsOf(system.predict(teams), teams.map(({ rank }) => rank));
 */
export function forecastsOf(predicted: readonly number[], ranks: readonly number[]): Forecast[] {
  const best = Math.min(...ranks);
  const winners = ranks.filter((rank) => rank === best).length;
  return predicted.map((probability, team) => ({
    predicted: probability,
    outcome: ranks[team] === best ? 1 / winners : 0,
  }));
}

/**
 * The mean logarithmic loss in nats: 0 is clairvoyance, ln 2 what a coin is
 * worth. It punishes false certainty hardest.
 *
 * @throws RangeError without a forecast.
 * @example
 * logLoss([{ predicted: 0.5, outcome: 1 }]); // 0.693
 */
export function logLoss(forecasts: readonly Forecast[]): number {
  return meanOf(forecasts, ({ predicted, outcome }) => {
    const came = Math.max(predicted, leastProbability);
    const stayedAway = Math.max(1 - predicted, leastProbability);
    return -outcome * logarithm(came) - (1 - outcome) * logarithm(stayedAway);
  });
}

/**
 * The mean squared error of the probabilities (Brier, 1950): 0 is clairvoyance, ¼ what a coin is worth.
 *
 * @throws RangeError without a forecast.
 * @example
 * brierScore([{ predicted: 0.7, outcome: 1 }]); // 0.09
 */
export function brierScore(forecasts: readonly Forecast[]): number {
  return meanOf(forecasts, ({ predicted, outcome }) => (predicted - outcome) * (predicted - outcome));
}

/**
 * How often forecasts came true, by their probability, in bins of equal width from 0 to 1. Bins without a
 * forecast are left out.
 *
 * @example
 * reliabilityCurve(forecasts, { bins: 10 }); // of 1,000 wins foretold with 70–80 %, how many came?
 */
export function reliabilityCurve(
  forecasts: readonly Forecast[],
  { bins }: { readonly bins: number },
): ReliabilityBin[] {
  const filled: Forecast[][] = Array.from({ length: bins }, () => []);
  for (const forecast of forecasts) filled[binOf(forecast.predicted, bins)].push(forecast);
  return filled.flatMap((inside, bin) => {
    if (inside.length === 0) return [];
    return {
      from: bin / bins,
      to: (bin + 1) / bins,
      count: inside.length,
      meanPredicted: meanOf(inside, ({ predicted }) => predicted),
      meanOutcome: meanOf(inside, ({ outcome }) => outcome),
    };
  });
}

function binOf(probability: number, bins: number): number {
  return Math.min(Math.floor(probability * bins), bins - 1);
}

function meanOf(forecasts: readonly Forecast[], measure: (forecast: Forecast) => number): number {
  if (forecasts.length === 0) throw new RangeError("no forecasts to take a mean of");
  return orderedSum(forecasts.map(measure)) / forecasts.length;
}
