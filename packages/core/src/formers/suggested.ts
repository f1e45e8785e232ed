import type { TicketId } from "../ids.ts";
import type { FormedMatch } from "../matching/formed-match.ts";
import { memberRating, type Standing } from "../matching/standing.ts";

/** A ticket as a plug-in may have it: whatever it does to it changes nothing of ours. */
export function copyOf(standing: Standing): Standing {
  const { playerIds, memberRatings, wishes, recentOpponents } = standing;
  return {
    ...standing,
    playerIds: [...playerIds],
    memberRatings: memberRatings && [...memberRatings],
    wishes: { ...wishes },
    recentOpponents: recentOpponents.map((met) => ({ ...met })),
  };
}

/**
 * The tickets of teams that a plug-in named.
 *
 * @throws Error for a ticket that is not among those it was given, or named twice.
 */
export function teamsNamed(
  teams: readonly (readonly TicketId[])[],
  given: ReadonlyMap<TicketId, Standing>,
): Standing[][] {
  const named = new Set<TicketId>();
  return teams.map((ids) =>
    ids.map((id) => {
      const standing = given.get(id);
      if (standing === undefined) throw new Error(`it named ${id}, which it was not given`);
      if (named.has(id)) throw new Error(`it named ${id} twice`);
      named.add(id);
      return standing;
    }),
  );
}

/** Between the mean ratings of the strongest and the weakest team, in points. */
export function ratingGapOf(teams: FormedMatch["teams"]): number {
  const means = teams.map((team) => {
    const ratings = team.flatMap((standing) =>
      standing.playerIds.map((_, place) => memberRating(standing, place)),
    );
    return ratings.reduce((sum, rating) => sum + rating, 0) / Math.max(1, ratings.length);
  });
  return Math.max(...means) - Math.min(...means);
}
