import type {
  MatchId,
  MatchResult,
  PlayerId,
  RequestOrigin,
  TicketEndReason,
  TicketId,
} from "@matchforge/core";
import type { MatchState } from "@matchforge/protocol";

/** How a ticket ended. */
export interface TicketEnd {
  readonly reason: TicketEndReason | "voided";
  /** Whose doing it was, as far as the kernel says. */
  readonly blamed: readonly PlayerId[];
  /** The match with which it ended, and what became of it. */
  readonly match: { readonly id: MatchId; readonly state: MatchState } | null;
  /** Until when some of its players may not queue again, in shard time. */
  readonly cooldowns: ReadonlyMap<PlayerId, number>;
  readonly result: PlayedMatch | null;
}

/** A match that came to a result, with what of it the result does not say. */
export interface PlayedMatch {
  readonly result: MatchResult;
  readonly roles: ReadonlyMap<PlayerId, string>;
  readonly textLength: number;
}

/** What a node remembers of a ticket that somebody follows over HTTP; the rest is in the state. */
export interface TicketStory {
  readonly ticket: TicketId;
  /** Whoever asked comes first. */
  readonly players: readonly PlayerId[];
  /** The request that made it, if that came over HTTP. */
  readonly origin: RequestOrigin | null;
  /** The place in the log of the last thing that happened to it. */
  at: number;
  match: MatchId | null;
  /** Where in the log that match was found. */
  matchedAt: number;
  /** Null while it waits or is played. */
  end: TicketEnd | null;
  /** When it ended, by the node's clock. */
  endedAt: number;
}
