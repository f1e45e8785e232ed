import type { PoolStanding } from "@matchforge/core";

/** Two tickets, as the peer matches them. */
export type PeerPair = readonly [PoolStanding, PoolStanding];

const deltaMax = 100;
const expansionPerSecond = 5;

/**
 * The matcher of the SDK this product was asked from: for every match it copies the queue, sorts it by
 * waiting time, takes the oldest and the first in line that fits the larger of the two windows, and ends as
 * soon as the oldest finds nobody.
 */
export function greedyPeer(queue: readonly PoolStanding[], at: number): PeerPair[] {
  const pairs: PeerPair[] = [];
  let remaining = [...queue];
  for (let pair = findMatch(remaining, at); pair !== undefined; pair = findMatch(remaining, at)) {
    const matched = new Set(pair.flatMap((standing) => standing.playerIds));
    remaining = remaining.filter((standing) => !standing.playerIds.some((id) => matched.has(id)));
    pairs.push(pair);
  }
  return pairs;
}

function findMatch(entries: readonly PoolStanding[], at: number): PeerPair | undefined {
  if (entries.length < 2) return undefined;
  const sorted = [...entries].sort((left, right) => left.enqueuedAt - right.enqueuedAt);
  const [oldest, ...others] = sorted;
  const partner = others.find((other) => fits(oldest, other, at));
  return partner === undefined ? undefined : [oldest, partner];
}

function fits(left: PoolStanding, right: PoolStanding, at: number): boolean {
  const larger = Math.max(windowOf(left, at), windowOf(right, at));
  return Math.abs(left.rating - right.rating) <= larger;
}

function windowOf({ enqueuedAt }: PoolStanding, at: number): number {
  return deltaMax + ((at - enqueuedAt) / 1_000) * expansionPerSecond;
}
