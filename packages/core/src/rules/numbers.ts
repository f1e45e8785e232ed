import { rulesLimits } from "./rules-limits.ts";

/** A span of ms that rules may name. */
export function isTime(value: number): boolean {
  return isBetween(value, 0, rulesLimits.timeMaxMs);
}

/** A whole number of things that rules may name. */
export function isCount(value: number): boolean {
  return Number.isInteger(value) && isBetween(value, 0, rulesLimits.countMax);
}

/** A price, a step of a rating, a spread: above 0, and not absurd. */
export function isFactor(value: number): boolean {
  return value > 0 && isBetween(value, 0, rulesLimits.factorMax);
}

/** Whether a value is a number from one bound to another; NaN is none, nor is what is no number at all. */
export function isBetween(value: number, least: number, most: number): boolean {
  return typeof value === "number" && value >= least && value <= most;
}
