import { type ModeRules, partyRatingOf, type Rating, ratingSystemOf } from "@matchforge/core";
import type { Place } from "../arrival.ts";
import type { Party } from "./party.ts";

/** A party's place in a mode: its players' ratings are theirs above the mode's initial rating. */
export function placeOf(party: Party, { mode, tier }: { mode: ModeRules; tier: string | null }): Place {
  const { people } = party;
  const initial = mode.rating === null ? null : ratingSystemOf(mode.rating).initial();
  const middle = initial?.rating ?? 0;
  const skill = middle + people.reduce((sum, person) => sum + person.skill, 0) / people.length;
  // A mode without ratings goes by none: there everybody is alike to the matcher.
  const ratings = people.map((person) => (initial === null ? 0 : middle + person.rating));
  const place = { mode: mode.id, tier, skill };
  if (people.length === 1) return { ...place, rating: ratings[0], memberRatings: null };
  const members = ratings.map((rating): Rating => ({ ...(initial ?? unrated), rating }));
  return { ...place, rating: partyRatingOf(mode.partyRating)(members).rating, memberRatings: ratings };
}

const unrated: Rating = { rating: 0, deviation: 0, volatility: 0, games: 0 };
