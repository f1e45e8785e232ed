import {
  countArrival,
  createTraffic,
  type HoldRules,
  noWishes,
  PoolIndex,
  type PoolStanding,
  PoolWaves,
  type SearchRules,
} from "@matchforge/core";
import { greedyPeer } from "../pairs/greedy-peer.ts";
import type { Arrival } from "./arrivals.ts";

/** A match: the gap in points, and the waits of both in seconds. */
export interface Played {
  readonly gap: number;
  readonly waits: readonly [number, number];
}

/** Lives through a stream and says what was played; who is left at its end is paired by rating. */
export type Policy = (stream: readonly Arrival[]) => Played[];

const msPerSecond = 1_000;

/** Ours: the pool's waves in virtual time, as the matcher runs them. */
export function ours({ hold, search }: { hold?: HoldRules; search?: SearchRules }): Policy {
  const anyone: SearchRules = {
    widening: { kind: "steps", steps: [{ afterMs: 0, gap: Number.POSITIVE_INFINITY }] },
    avoidRematch: null,
  };
  return (stream) => {
    const index = new PoolIndex();
    const traffic = createTraffic();
    const rules: SearchRules = { ...(search ?? anyone), ...(hold !== undefined && { hold }) };
    const waves = new PoolWaves({ index, search: rules, waveMs: 0, traffic });
    const played: Played[] = [];
    const runUntil = (until: number) => {
      for (let now = clock; ; ) {
        now += waves.dueInMs(now, now);
        if (now > until) break;
        const request = { now, at: now, matchesMax: 1_000, budget: 1_000_000, skip: () => false };
        for (const { teams } of waves.run(request)) {
          const [[first], [second]] = teams;
          index.remove(first);
          index.remove(second);
          played.push(playedBy(first, second, now));
        }
        // A wave that leaves something due is followed by the next a moment later.
        now += 0.001;
      }
      clock = until;
    };
    let clock = 0;
    for (const [place, arrival] of stream.entries()) {
      const at = arrival.at * msPerSecond;
      runUntil(at);
      const standing = standingOf(arrival, place);
      countArrival(traffic, { rating: arrival.rating, at });
      index.add(standing);
      waves.touch(standing);
      runUntil(at + 0.002);
    }
    return [...played, ...leftOver(index.byRating.chunks.flat(), stream)];
  };
}

/** The seed's matcher, once a second. */
export const seedGreedy: Policy = (stream) =>
  everySecond(stream, (waiting, now) => greedyPeer(waiting, now) as [PoolStanding, PoolStanding][]);

/** Whoever waits longest takes the nearest that its growing window holds, at each arrival: windows mutual, nothing kept back. */
export const firstComeFirstServed: Policy = ours({
  search: {
    widening: { kind: "linear", gap: 100, perSecond: 5, max: 3_000 },
    avoidRematch: null,
  },
});

/** Once a second everybody is sorted by rating and neighbours play. */
export const sortAndPair: Policy = (stream) =>
  everySecond(stream, (waiting) => {
    const sorted = [...waiting].sort((left, right) => left.rating - right.rating);
    return Array.from({ length: Math.floor(sorted.length / 2) }, (_, pair) => [
      sorted[2 * pair],
      sorted[2 * pair + 1],
    ]);
  });

function everySecond(
  stream: readonly Arrival[],
  pairUp: (waiting: PoolStanding[], now: number) => [PoolStanding, PoolStanding][],
): Played[] {
  const played: Played[] = [];
  const waiting = new Set<PoolStanding>();
  let tick = msPerSecond;
  for (const [place, arrival] of stream.entries()) {
    for (; tick <= arrival.at * msPerSecond; tick += msPerSecond) {
      for (const [first, second] of pairUp([...waiting], tick)) {
        waiting.delete(first);
        waiting.delete(second);
        played.push(playedBy(first, second, tick));
      }
    }
    waiting.add(standingOf(arrival, place));
  }
  return [...played, ...leftOver([...waiting], stream)];
}

function leftOver(waiting: readonly PoolStanding[], stream: readonly Arrival[]): Played[] {
  const sorted = [...waiting].sort((left, right) => left.rating - right.rating);
  const end = (stream.at(-1)?.at ?? 0) * msPerSecond;
  return Array.from({ length: Math.floor(sorted.length / 2) }, (_, pair) =>
    playedBy(sorted[2 * pair], sorted[2 * pair + 1], end),
  );
}

function playedBy(first: PoolStanding, second: PoolStanding, now: number): Played {
  const waits = [first, second].map(({ enqueuedAt }) => (now - enqueuedAt) / msPerSecond);
  return { gap: Math.abs(first.rating - second.rating), waits: [waits[0], waits[1]] };
}

function standingOf({ at, rating }: Arrival, place: number): PoolStanding {
  const enqueuedAt = at * msPerSecond;
  return {
    ticketId: `ticket_${place.toString().padStart(8, "0")}`,
    playerIds: [`player_${place}`],
    rating,
    enqueuedAt,
    orderAt: enqueuedAt,
    eligibleAt: enqueuedAt,
    draw: place,
    memberRatings: null,
    wishes: noWishes,
    recentOpponents: [],
    slot: -1,
  };
}
