import { averageParty, maxParty, type PartyRating, weightedParty } from "../ratings/party-rating.ts";
import type { PartyRatingRules } from "../rules/rules.ts";
import { noPlugins, type Plugins, partyRatingNamed } from "./plugins.ts";

/**
 * The party rating that a mode's rules ask for.
 *
 * @example
 * const partyRating = partyRatingOf({ strategy: "weighted", gapPenalty: 0.1 });
 */
export function partyRatingOf(rules: PartyRatingRules, plugins: Plugins = noPlugins): PartyRating {
  switch (rules.strategy) {
    case "average":
      return averageParty;
    case "max":
      return maxParty;
    case "weighted":
      return weightedParty({ gapPenalty: rules.gapPenalty });
    case "custom":
      return partyRatingNamed(plugins, rules.name);
  }
}
