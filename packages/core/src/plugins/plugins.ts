import { checkRating } from "../ratings/check-ratings.ts";
import { averageParty, type PartyRating } from "../ratings/party-rating.ts";
import type { RatingSystem } from "../ratings/rating-system.ts";

/**
 * What a game brings along for the kernel, by the names its rules use. Every node of a shard must have the same:
 * they are part of what decides.
 */
export interface Plugins {
  readonly ratings: ReadonlyMap<string, RatingSystem>;
  readonly partyRatings: ReadonlyMap<string, PartyRating>;
  /** The names of matchers and team assigners: the kernel never calls them, but knows whether rules may name them. */
  readonly matching: ReadonlySet<string>;
}

/** What {@link createPlugins} is given. */
export interface PluginOptions {
  readonly ratings?: Readonly<Record<string, RatingSystem>>;
  readonly partyRatings?: Readonly<Record<string, PartyRating>>;
  readonly matchers?: Readonly<Record<string, unknown>>;
  readonly teamAssigners?: Readonly<Record<string, unknown>>;
}

/** None: the rules name only what is built in. */
export const noPlugins: Plugins = { ratings: new Map(), partyRatings: new Map(), matching: new Set() };

/**
 * Takes in what a game brings along.
 *
 * @throws RangeError for a rating system whose newcomer's rating is none.
 * @example
 * const plugins = createPlugins({ ratings: { wins: winsSystem } });
 */
export function createPlugins(options: PluginOptions): Plugins {
  const { ratings = {}, partyRatings = {}, matchers = {}, teamAssigners = {} } = options;
  for (const [name, system] of Object.entries(ratings)) {
    const check = checkRating(system.initial());
    if (!check.ok) throw new RangeError(`the newcomer's rating of ${name} cannot be used: ${check.code}`);
  }
  return {
    ratings: new Map(Object.entries(ratings)),
    partyRatings: new Map(Object.entries(partyRatings)),
    matching: new Set([...Object.keys(matchers), ...Object.keys(teamAssigners)]),
  };
}

/** The party rating of that name; the mean where there is none. */
export function partyRatingNamed({ partyRatings }: Plugins, name: string): PartyRating {
  return partyRatings.get(name) ?? averageParty;
}
