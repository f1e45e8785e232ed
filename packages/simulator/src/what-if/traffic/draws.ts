import type { Random } from "../../time/random.ts";
import type { ChurnModel, SkillModel } from "./traffic-model.ts";

const minuteMs = 60_000;

/** A number from the exponential distribution of mean 1. */
export function exponentialDraw(random: Random): number {
  return -Math.log(1 - random.fraction());
}

/** A number from the standard normal distribution, by the polar method (Marsaglia and Bray, 1964). */
export function normalDraw(random: Random): number {
  for (;;) {
    const x = 2 * random.fraction() - 1;
    const y = 2 * random.fraction() - 1;
    const square = x * x + y * y;
    if (square > 0 && square < 1) return x * Math.sqrt((-2 * Math.log(square)) / square);
  }
}

/** The place of an item drawn by weight; never one of weight 0. One weight at least is above it. */
export function weightedDraw(random: Random, weights: readonly number[]): number {
  let left = random.fraction() * weights.reduce((sum, weight) => sum + weight, 0);
  let drawn = 0;
  for (const [place, weight] of weights.entries()) {
    if (weight === 0) continue;
    drawn = place;
    left -= weight;
    if (left < 0) break;
  }
  return drawn;
}

/** A skill, in points above the initial rating. */
export function skillDraw(random: Random, skills: readonly SkillModel[]): number {
  const part = weightedDraw(
    random,
    skills.map(({ share }) => share),
  );
  const { middle, spread, skew } = skills[part];
  const normal = normalDraw(random);
  return middle + spread * (skew === 0 ? normal : (Math.exp(skew * normal) - 1) / skew);
}

/**
 * How long somebody waits before leaving, in whole ms: the hazard rises in a straight line, so the wait is where
 * its integral reaches an exponential draw. Infinity: they never leave.
 */
export function patienceDraw(random: Random, { perMinute, growthPerMinute }: ChurnModel): number {
  const reached = exponentialDraw(random);
  if (growthPerMinute === 0) return perMinute === 0 ? Number.POSITIVE_INFINITY : wholeMs(reached / perMinute);
  const root = Math.sqrt(perMinute * perMinute + 2 * growthPerMinute * reached);
  return wholeMs((root - perMinute) / growthPerMinute);
}

function wholeMs(minutes: number): number {
  return Math.max(1, Math.round(minutes * minuteMs));
}
