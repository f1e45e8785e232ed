import type { BlockReason, Explanation } from "@matchforge/core";
import type { KeptApartReason } from "@matchforge/protocol";

/** What a player may know of a reason. That somebody has blocked them is not told from other wishes. */
const publicReasons: Readonly<Record<BlockReason, KeptApartReason>> = {
  absent: "away",
  not_eligible: "just_come",
  rating_window: "rating",
  opponent_rating: "preferences",
  blocked: "preferences",
  region: "region",
  side_size: "party_size",
  rematch: "rematch",
  held: "closer_match",
};

/** What keeps most candidates away; null when as many could be in a match at once. */
export function keptApartBy({ blocked, matchable }: Explanation): KeptApartReason | null {
  const counts = new Map<KeptApartReason, number>();
  for (const reason of Object.keys(publicReasons) as BlockReason[]) {
    const known = publicReasons[reason];
    counts.set(known, (counts.get(known) ?? 0) + blocked[reason]);
  }
  let most: KeptApartReason | null = null;
  for (const [reason, count] of counts)
    if (count > matchable && count > (most === null ? 0 : (counts.get(most) ?? 0))) most = reason;
  return most;
}
