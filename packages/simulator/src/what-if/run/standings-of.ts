import { antiSnipeDelayMs, type PoolStanding, type RecentOpponent, type TicketId } from "@matchforge/core";
import type { Arrival, Place } from "../arrival.ts";
import type { LiveStanding } from "./live-ticket.ts";
import type { SimulatedPool } from "./simulated-pool.ts";

/** A place that is asked for, and the pool it leads to. */
export interface Entrance {
  readonly place: Place;
  readonly pool: SimulatedPool;
}

/** A ticket's standings as the kernel makes them: the anti-snipe delay is drawn as it draws it. */
export function standingsOf(options: {
  readonly id: TicketId;
  readonly arrival: Arrival;
  readonly entrances: readonly Entrance[];
  readonly recentOpponents: readonly RecentOpponent[];
}): LiveStanding[] {
  const { id, arrival, entrances, recentOpponents } = options;
  const { at, players, draw, wishes } = arrival;
  return entrances.map(({ place, pool }) => {
    const standing: PoolStanding = {
      ticketId: id,
      playerIds: players,
      rating: place.rating,
      memberRatings: place.memberRatings,
      enqueuedAt: at,
      orderAt: at,
      eligibleAt: at + antiSnipeDelayMs(pool.mode, draw),
      draw: draw | 0,
      wishes,
      recentOpponents,
      slot: -1,
    };
    return { pool, standing, skill: place.skill };
  });
}
