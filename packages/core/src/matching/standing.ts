import type { PlayerId, TicketId } from "../ids.ts";
import type { Wishes } from "./wishes.ts";

/** A ticket's place in one pool, with all that matching needs to know. Times are ms of shard time. */
export interface Standing {
  readonly ticketId: TicketId;
  readonly playerIds: readonly PlayerId[];
  /** What windows go by: the player's rating, or the party's. */
  readonly rating: number;
  /** The rating of each player, in the order of `playerIds`; null: one player, who has the ticket's. */
  readonly memberRatings: readonly number[] | null;
  /** When the wait began: what the rating window grows with. */
  readonly enqueuedAt: number;
  /** What the queue is ordered by: the wait's beginning, or before all others after a cancelled match. */
  orderAt: number;
  /** Not matched before this time. */
  readonly eligibleAt: number;
  /** Int32 that breaks ties; drawn from the epoch's secret, so nobody can choose it. */
  readonly draw: number;
  readonly wishes: Wishes;
  /** Whom its players met in their last matches, the newest last; those of one match share its time. */
  recentOpponents: readonly { readonly playerId: PlayerId; readonly at: number }[];
  /** Whether it is in its pool's index, and present: kept by the index, not part of the state's meaning. */
  slot: number;
}

/**
 * The rating of a ticket's player, by place in `playerIds`.
 *
 * @example
 * const ratings = standing.playerIds.map((_, place) => memberRating(standing, place));
 */
export function memberRating({ memberRatings, rating }: Standing, place: number): number {
  return memberRatings === null ? rating : memberRatings[place];
}

/**
 * The roles that a ticket's player accepts, the best first, by place in `playerIds`; empty: any.
 *
 * @example
 * memberRoles({ ...standing, wishes: wishesOf({ roles: [["healer", "tank"]] }) }, 0); // ["healer", "tank"]
 */
export function memberRoles({ wishes }: Standing, place: number): readonly string[] {
  return wishes.roles.length === 0 ? anyRole : wishes.roles[place];
}

/**
 * The sum of the ratings of a ticket's players.
 *
 * @example
 * strengthOf({ ...standing, playerIds: ["player_ada", "player_bob"], memberRatings: [1_500, 1_700] }); // 3200
 */
export function strengthOf(standing: Standing): number {
  let strength = 0;
  for (let place = 0; place < standing.playerIds.length; place += 1)
    strength += memberRating(standing, place);
  return strength;
}

const anyRole: readonly string[] = [];
