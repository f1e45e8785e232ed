import { checkPredicted, checkRated, checkRating } from "./check-ratings.ts";
import { averageParty, type PartyRating } from "./party-rating.ts";
import type { Rating } from "./rating.ts";
import type { RatingSystem, TeamRatings, TeamResult } from "./rating-system.ts";

/** An answer that can be used, and why it is not the one that was asked for, if it is not. */
export interface SafeAnswer<Value> {
  readonly value: Value;
  readonly fault?: string;
}

/** The ratings after a match; as before where the system fails or answers nonsense. */
export function rateSafely(
  system: RatingSystem,
  teams: readonly TeamResult[],
): SafeAnswer<readonly (readonly Rating[])[]> {
  const otherwise = teams.map(({ ratings }) => ratings);
  return answer(() => system.rate(teams), {
    check: (rated) => checkRated(teams, rated),
    otherwise,
    what: "rating",
  });
}

/** The probabilities of each team to win; equal where the system fails or answers nonsense. */
export function predictSafely(
  system: RatingSystem,
  teams: readonly TeamRatings[],
): SafeAnswer<readonly number[]> {
  const otherwise = teams.map(() => 1 / teams.length);
  const check = (predicted: readonly number[]) => checkPredicted(teams, predicted);
  return answer(() => system.predict(teams), { check, otherwise, what: "prediction" });
}

/** The rating of a party; the mean of its members where the strategy fails or answers nonsense. */
export function partyRatingSafely(partyRating: PartyRating, members: readonly Rating[]): SafeAnswer<Rating> {
  const otherwise = averageParty(members);
  return answer(() => partyRating(members), { check: checkRating, otherwise, what: "party rating" });
}

function answer<Value>(
  ask: () => Value,
  {
    check,
    otherwise,
    what,
  }: {
    readonly check: (value: Value) => { readonly ok: boolean; readonly code?: string };
    readonly otherwise: Value;
    readonly what: string;
  },
): SafeAnswer<Value> {
  try {
    const value = ask();
    const { ok, code } = check(value);
    return ok ? { value } : { value: otherwise, fault: `the ${what} cannot be used: ${code}` };
  } catch (error) {
    const detail = error instanceof Error ? error.message : "unknown";
    return { value: otherwise, fault: `the ${what} failed: ${detail}` };
  }
}
