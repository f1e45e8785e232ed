import type { RatingRules } from "../rules/rules.ts";
import { eloSystem } from "./elo-system.ts";
import { glicko2System } from "./glicko2-system.ts";
import { defaultRating, type Rating } from "./rating.ts";
import type { RatingSystem } from "./rating-system.ts";
import { wengLinSystem } from "./weng-lin.ts";

/**
 * The system that a mode's rules name, with their numbers.
 *
 * @example
 * ratingSystemOf({ system: "elo", initial: 1200, k: 32, rounding: "truncate" }).initial().rating; // 1200
 */
export function ratingSystemOf(rules: RatingRules): RatingSystem {
  const initial: Rating = { ...defaultRating, rating: rules.initial };
  switch (rules.system) {
    case "elo":
      return eloSystem({ k: rules.k, rounding: rules.rounding, initial });
    case "glicko2": {
      const { deviation, volatility, tau, periodsPerMatch } = rules;
      return glicko2System({ initial: { ...initial, deviation, volatility }, tau, periodsPerMatch });
    }
    case "weng_lin": {
      const { deviation, beta, tau } = rules;
      return wengLinSystem({ initial: { ...initial, deviation }, beta, tau });
    }
  }
}
