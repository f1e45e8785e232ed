import { powerOfTen } from "../arithmetic/exponential.ts";

/** How Elo ratings move. */
export interface EloOptions {
  /** The most a rating can move in one match. */
  readonly k: number;
  /** `truncate` cuts changes to whole points towards zero, so that two players gain and lose alike. */
  readonly rounding: "truncate" | "none";
}

/** One side of a match: its ratings and its rank, 1 the best; equal ranks tie. */
export interface RatedTeam {
  readonly ratings: readonly number[];
  readonly rank: number;
}

/**
 * The score a rating is expected to reach against another: 1 ÷ (1 + 10^((other − own) ÷ 400))
 * (Elo, The Rating of Chessplayers, 1978).
 *
 * @example
 * expectedScore(1400, 1200); // about 0.76
 */
export function expectedScore(own: number, other: number): number {
  // Taken from the stronger side, so that both add up to exactly one: else truncation could create a point.
  const stronger = 1 / (1 + powerOfTen(-Math.abs(own - other) / 400));
  return own >= other ? stronger : 1 - stronger;
}

/**
 * New ratings after a match, in the order given. Every player moves by k × (score − expected), where a
 * team's strength is its mean rating; against several teams score and expectation are means over them. All
 * changes come from the ratings before the match.
 *
 * @example
 * rateElo({ k: 32, rounding: "truncate" }, [{ ratings: [1200], rank: 1 }, { ratings: [1200], rank: 2 }]);
 * // [[1216], [1184]]
 */
export function rateElo({ k, rounding }: EloOptions, teams: readonly RatedTeam[]): number[][] {
  const means = teams.map(({ ratings }) => ratings.reduce((sum, rating) => sum + rating, 0) / ratings.length);
  return teams.map((team, index) => {
    let surplus = 0;
    teams.forEach((other, otherIndex) => {
      if (otherIndex === index) return;
      surplus += scoreOf(team.rank, other.rank) - expectedScore(means[index], means[otherIndex]);
    });
    const change = teams.length < 2 ? 0 : (k * surplus) / (teams.length - 1);
    return team.ratings.map((rating) => rating + (rounding === "truncate" ? Math.trunc(change) : change));
  });
}

function scoreOf(own: number, other: number): number {
  if (own === other) return 0.5;
  return own < other ? 1 : 0;
}
