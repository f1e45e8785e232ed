import { regionsOf } from "./regions.ts";
import type { SearchRules } from "./search-rules.ts";
import type { Standing } from "./standing.ts";
import { searchesAnywhere, windowOf } from "./window.ts";

/** Why two tickets may not meet now. */
export type RejectReason =
  | "not_eligible"
  | "rating_window"
  | "opponent_rating"
  | "blocked"
  | "region"
  | "side_size"
  | "rematch";

/**
 * Whether two tickets may meet: each one's own window must hold the gap, each one's wishes the other's
 * rating, nobody has blocked anybody, there is a region for both, and neither has met the other just before. Wishes
 * and rematches give way at a ticket's last step. Null when they may. The order of the two does not matter.
 *
 * @param at shard time in ms.
 * @example
 * if (accepts(left, right, mode.search, state.time) === null) propose(left, right);
 */
export function accepts(
  left: Standing,
  right: Standing,
  search: SearchRules,
  at: number,
): RejectReason | null {
  if (left.eligibleAt > at || right.eligibleAt > at) return "not_eligible";
  const gap = Math.abs(left.rating - right.rating);
  if (gap > windowOf(left, search, at) || gap > windowOf(right, search, at)) return "rating_window";
  if (!wishesHold(left, right, search, at) || !wishesHold(right, left, search, at)) return "opponent_rating";
  if (!areAlike(left, right, search)) return "side_size";
  if (hasBlocked(left, right) || hasBlocked(right, left)) return "blocked";
  if ((regionsOf(left, search, at) & regionsOf(right, search, at)) === 0) return "region";
  return metRecently(left, right, search, at) || metRecently(right, left, search, at) ? "rematch" : null;
}

function wishesHold(own: Standing, other: Standing, search: SearchRules, at: number): boolean {
  const { opponentMin, opponentMax } = own.wishes;
  const high = opponentMin === null || opponentMin <= other.rating;
  if (high && (opponentMax === null || other.rating <= opponentMax)) return true;
  return searchesAnywhere(own, search, at);
}

function areAlike(left: Standing, right: Standing, { sideDifferenceMax }: SearchRules): boolean {
  if (sideDifferenceMax === undefined) return true;
  return Math.abs(left.playerIds.length - right.playerIds.length) <= sideDifferenceMax;
}

function hasBlocked({ wishes }: Standing, other: Standing): boolean {
  if (wishes.blocked.length === 0) return false;
  return other.playerIds.some((player) => wishes.blocked.includes(player));
}

function metRecently(own: Standing, other: Standing, search: SearchRules, at: number): boolean {
  const rule = search.avoidRematch;
  if (rule === null || searchesAnywhere(own, search, at)) return false;
  const { recentOpponents } = own;
  let matches = 0;
  let matchAt = Number.NaN;
  for (let index = recentOpponents.length - 1; index >= 0; index -= 1) {
    const met = recentOpponents[index];
    if (met.at !== matchAt) matches += 1;
    matchAt = met.at;
    if (matches > rule.last || at - met.at >= rule.forMs) return false;
    if (other.playerIds.includes(met.playerId)) return true;
  }
  return false;
}
