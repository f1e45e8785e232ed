import type { RatingRules } from "@matchforge/core";
import type { TableReader } from "./table-reader.ts";

/** What a mode's `rating` table says; null without one. */
export function readRating(rating: TableReader | undefined): RatingRules | null {
  if (rating === undefined) return null;
  const rules = readSystem(rating);
  rating.end();
  return rules;
}

function readSystem(rating: TableReader): RatingRules {
  const system = rating.oneOf("system", ["elo", "glicko2", "weng_lin"], "elo");
  switch (system) {
    case "elo":
      return {
        system,
        initial: rating.number("initial", 1200),
        k: rating.number("k", 32),
        rounding: rating.oneOf("rounding", ["truncate", "none"], "truncate"),
      };
    case "glicko2":
      return {
        system,
        initial: rating.number("initial", 1500),
        deviation: rating.number("deviation", 350),
        volatility: rating.number("volatility", 0.06),
        tau: rating.number("tau", 0.5),
        periodsPerMatch: rating.number("periods_per_match", 1),
      };
    case "weng_lin":
      return {
        system,
        initial: rating.number("initial", 1500),
        deviation: rating.number("deviation", 350),
        beta: rating.number("beta", 25 / 6),
        tau: rating.number("tau", 25 / 300),
      };
  }
}
