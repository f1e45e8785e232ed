import type { SearchRules } from "../search-rules.ts";

/** What one unit of each is worth, in seconds of waiting. */
export interface TeamPrices {
  /** Of a rating point between the mean ratings of two teams. */
  readonly ratingPointSecs: number;
  /** Of a rating point between the highest and the lowest ticket. */
  readonly spreadPointSecs: number;
  /** Of a player by whom the largest parties differ. */
  readonly premadeSecs: number;
  /** Of one player's step down the list of roles, shared by all players. */
  readonly roleStepSecs: number;
  /** Of a player by whom the teams differ. */
  readonly sizeSecs: number;
  /** Of a millisecond of the longest latency. */
  readonly latencyMsSecs: number;
}

const ratingPointSecsByDefault = 0.1;
const spreadShare = 0.2;
const premadeSecs = 5;
const roleStepSecs = 20;
const sizeSecs = 10;
export const latencyMsSecs = 0.05;

/**
 * The prices under a mode's search: a rating point is worth what the rules let a ticket wait for it, by the last bounded
 * step or the linear rate; 0.1 s where they do not say.
 */
export function teamPricesOf(search: SearchRules): TeamPrices {
  const ratingPointSecs = pointSecsOf(search);
  return {
    ratingPointSecs,
    spreadPointSecs: spreadShare * ratingPointSecs,
    premadeSecs,
    roleStepSecs,
    sizeSecs,
    latencyMsSecs,
  };
}

function pointSecsOf({ widening }: SearchRules): number {
  if (widening.kind === "linear")
    return widening.perSecond > 0 ? 1 / widening.perSecond : ratingPointSecsByDefault;
  const bounded = widening.steps.findLast(
    ({ afterMs, gap }) => afterMs > 0 && gap > 0 && gap < Number.POSITIVE_INFINITY,
  );
  return bounded === undefined ? ratingPointSecsByDefault : bounded.afterMs / 1_000 / bounded.gap;
}
