import { orderedSum } from "../arithmetic/ordered-sum.ts";
import { defaultRating, type Rating } from "./rating.ts";

/**
 * The rating under which a party looks for a match, from its members' ratings. Any function of this shape
 * plugs in; those given here throw a RangeError for a party without members. After the match members are
 * rated by their own ratings.
 */
export type PartyRating = (members: readonly Rating[]) => Rating;

/**
 * The mean of the members' ratings. Its deviation and volatility are means too; it has as many games as the
 * member with the fewest.
 *
 * @example
 * averageParty([strong, weak]);
 */
export const averageParty: PartyRating = (members) => {
  assertMembers(members);
  const meanOf = (key: keyof Rating) => orderedSum(members.map((member) => member[key])) / members.length;
  return {
    rating: meanOf("rating"),
    deviation: meanOf("deviation"),
    volatility: meanOf("volatility"),
    games: fewestGames(members),
  };
};

/** The strongest member's rating; of equals the most certain. It protects opponents from a hidden expert. */
export const maxParty: PartyRating = (members) => {
  assertMembers(members);
  return members.toSorted(compareByStrength)[0];
};

/** How a gap inside a party counts. */
export interface WeightedPartyOptions {
  /** How much of the gap between the strongest and the weakest member is added to the mean. */
  readonly gapPenalty: number;
  /** The party's deviation, whatever its members' are; default: 200. */
  readonly deviation?: number;
}

/**
 * The mean, plus a part of the gap between the strongest and the weakest member.
 *
 * @example
 * weightedParty({ gapPenalty: 0.1 })([{ ...defaultRating, rating: 1800 }, { ...defaultRating, rating: 1400 }]); // 1640
 */
export function weightedParty({ gapPenalty, deviation = 200 }: WeightedPartyOptions): PartyRating {
  return (members) => {
    assertMembers(members);
    const ratings = members.map(({ rating }) => rating);
    const gap = Math.max(...ratings) - Math.min(...ratings);
    const mean = orderedSum(ratings) / ratings.length;
    const { volatility } = defaultRating;
    return { rating: mean + gap * gapPenalty, deviation, volatility, games: fewestGames(members) };
  };
}

function assertMembers(members: readonly Rating[]): void {
  if (members.length === 0) throw new RangeError("a party has at least one member");
}

function fewestGames(members: readonly Rating[]): number {
  return Math.min(...members.map(({ games }) => games));
}

function compareByStrength(left: Rating, right: Rating): number {
  return (
    right.rating - left.rating ||
    left.deviation - right.deviation ||
    left.volatility - right.volatility ||
    right.games - left.games
  );
}
