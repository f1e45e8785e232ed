import { accepts, type RejectReason } from "./accepts.ts";
import type { HoldLimit } from "./hold.ts";
import { type PoolIndex, presentSlot } from "./pool-index.ts";
import type { SearchRules } from "./search-rules.ts";
import type { Standing } from "./standing.ts";
import { windowReachesAt } from "./window.ts";

/** Why a ticket does not meet another: a rule of the mode, the other's player being away, or waiting for a better match. */
export type BlockReason = RejectReason | "absent" | "held";

/** Why a ticket waits: plain numbers, which tell nothing of who the others are. */
export interface Explanation {
  /** Others who wait in the pool. */
  readonly candidates: number;
  /** Those it could be matched with now. */
  readonly matchable: number;
  /** How many of the others each reason keeps away; each is counted under the first that does. */
  readonly blocked: Readonly<Record<BlockReason, number>>;
  /** Of those kept away only by windows, the one that can be met first. Null where there is none. */
  readonly nearest: {
    readonly ratingGap: number;
    /** From when both windows hold the gap, in ms of shard time; null: never. */
    readonly reachedAt: number | null;
  } | null;
}

/**
 * Explains a ticket's wait in one pool, by asking everyone who waits there. Costs one look at each.
 *
 * @param options.at shard time in ms.
 * @param options.sampleMax looks at no more than so many; of more every second, third, … is asked, and counts for all.
 * @example
 * const { matchable, blocked } = explain({ index: pool.index, search: mode.search, at: state.time, standing });
 */
export function explain(options: {
  readonly index: PoolIndex;
  readonly search: SearchRules;
  readonly at: number;
  readonly standing: Standing;
  readonly limit?: HoldLimit | null;
  readonly sampleMax?: number;
}): Explanation {
  const { index, search, at, standing: own, sampleMax = Number.POSITIVE_INFINITY } = options;
  const blocked: Record<BlockReason, number> = {
    absent: 0,
    not_eligible: 0,
    rating_window: 0,
    opponent_rating: 0,
    blocked: 0,
    region: 0,
    side_size: 0,
    rematch: 0,
    held: 0,
  };
  let matchable = 0;
  let nearest: Explanation["nearest"] = null;
  const step = Math.max(1, Math.ceil(index.size / sampleMax));
  let place = 0;
  let asked = 0;
  for (const chunk of index.byAge.chunks) {
    for (; place < chunk.length; place += step) {
      const other = chunk[place];
      if (other === own) continue;
      asked += 1;
      const reason = blockReason(own, other, options);
      if (reason === null) matchable += 1;
      else blocked[reason] += 1;
      if (reason === "rating_window") nearest = sooner(nearest, meeting({ own, other, search, at }));
    }
    place -= chunk.length;
  }
  const candidates = index.size - 1;
  if (step > 1) matchable = scaleUp({ candidates, asked, matchable, blocked });
  return { candidates, matchable, blocked, nearest };
}

/** Makes counts of a sample into counts of all, as many as there are; returns how many can be matched. */
function scaleUp(sample: {
  readonly candidates: number;
  readonly asked: number;
  readonly matchable: number;
  readonly blocked: Record<BlockReason, number>;
}): number {
  const { candidates, asked, matchable, blocked } = sample;
  let left = candidates;
  for (const reason of Object.keys(blocked) as BlockReason[]) {
    blocked[reason] = Math.floor((blocked[reason] * candidates) / Math.max(1, asked));
    left -= blocked[reason];
  }
  if (matchable > 0) return left;
  // What rounding left over belongs to the reason that is the most frequent anyway.
  const most = (Object.keys(blocked) as BlockReason[]).reduce((one, other) =>
    blocked[other] > blocked[one] ? other : one,
  );
  blocked[most] += left;
  return 0;
}

function blockReason(
  own: Standing,
  other: Standing,
  { search, at, limit = null }: Parameters<typeof explain>[0],
): BlockReason | null {
  if (other.slot !== presentSlot) return "absent";
  const reason = accepts(own, other, search, at);
  if (reason !== null || limit === null) return reason;
  const gap = Math.abs(own.rating - other.rating);
  return gap > limit(own) || gap > limit(other) ? "held" : null;
}

type Meeting = NonNullable<Explanation["nearest"]>;

function meeting(options: { own: Standing; other: Standing; search: SearchRules; at: number }): Meeting {
  const { own, other, search, at } = options;
  const ratingGap = Math.abs(own.rating - other.rating);
  const reachedAt = Math.max(
    at,
    windowReachesAt(own, search, ratingGap),
    windowReachesAt(other, search, ratingGap),
  );
  return { ratingGap, reachedAt: reachedAt === Number.POSITIVE_INFINITY ? null : reachedAt };
}

function sooner(left: Meeting | null, right: Meeting): Meeting {
  if (left === null) return right;
  const [leftAt, rightAt] = [left, right].map(({ reachedAt }) => reachedAt ?? Number.POSITIVE_INFINITY);
  if (leftAt !== rightAt) return leftAt < rightAt ? left : right;
  return left.ratingGap <= right.ratingGap ? left : right;
}
