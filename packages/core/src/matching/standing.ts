import type { PlayerId, TicketId } from "../ids.ts";

/** A ticket's place in one pool, with all that matching needs to know. Times are ms of shard time. */
export interface Standing {
  readonly ticketId: TicketId;
  readonly playerIds: readonly PlayerId[];
  readonly rating: number;
  /** When the wait began: what the rating window grows with. */
  readonly enqueuedAt: number;
  /** What the queue is ordered by: the wait's beginning, or before all others after a cancelled match. */
  orderAt: number;
  /** Not matched before this time. */
  readonly eligibleAt: number;
  /** Int32 that breaks ties; drawn from the epoch's secret, so nobody can choose it. */
  readonly draw: number;
  /** Opponents' ratings that the ticket accepts; null where it does not mind. */
  readonly opponentMin: number | null;
  readonly opponentMax: number | null;
  /** Whether the ticket takes part in the last, unbounded step of the search. */
  readonly expandSearch: boolean;
  recentOpponents: readonly { readonly playerId: PlayerId; readonly at: number }[];
  /** Whether it is in its pool's index, and present: kept by the index, not part of the state's meaning. */
  slot: number;
}
