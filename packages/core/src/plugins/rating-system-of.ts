import { checkRating } from "../ratings/check-ratings.ts";
import { eloSystem } from "../ratings/elo-system.ts";
import { glicko2System } from "../ratings/glicko2-system.ts";
import { defaultRating, type Rating } from "../ratings/rating.ts";
import type { RatingSystem } from "../ratings/rating-system.ts";
import { wengLinSystem } from "../ratings/weng-lin.ts";
import type { RatingRules } from "../rules/rules.ts";
import { noPlugins, type Plugins } from "./plugins.ts";

/**
 * The system that a mode's rules name, with their numbers.
 *
 * @example
 * ratingSystemOf({ system: "elo", initial: 1200, k: 32, rounding: "truncate" }).initial().rating; // 1200
 */
export function ratingSystemOf(rules: RatingRules, plugins: Plugins = noPlugins): RatingSystem {
  if (rules.system === "custom") return customSystem(rules.name, plugins);
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

function customSystem(name: string, { ratings }: Plugins): RatingSystem {
  const system = ratings.get(name);
  if (system === undefined) throw new RangeError(`there is no rating system ${name}`);
  return system;
}

/** A rating of another system may lack what this one goes by: then a newcomer's uncertainty is taken. */
export function ratable({ rating, deviation, volatility, games }: Rating, newcomer: Rating): Rating {
  const own = { rating, deviation, volatility, games };
  return checkRating(own).ok ? own : { ...newcomer, rating, games };
}
