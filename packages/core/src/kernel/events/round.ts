import type { MatchId, PlayerId, TicketId } from "../../ids.ts";
import type { RequestOrigin } from "../commands.ts";
import type { MatchCreated } from "./match.ts";
import type { TicketEndReason } from "./ticket.ts";

/** Further tickets have registered for a round. */
export interface RoundJoined {
  readonly type: "round.joined";
  readonly match: MatchId;
  readonly region: string | null;
  readonly tickets: readonly TicketId[];
  readonly players: MatchCreated["players"];
}

/** A ticket has left a round before its start. */
export interface RoundLeft {
  readonly type: "round.left";
  readonly match: MatchId;
  readonly ticket: TicketId;
  readonly players: readonly PlayerId[];
  /** Null: it waits again. */
  readonly ended: TicketEndReason | null;
  /** Until when a ticket that waits again lives without its player; Infinity: they are there. */
  readonly awayUntil: number;
  readonly by?: PlayerId;
  readonly origin?: RequestOrigin;
}

/** Too few have registered: there is more time, once. */
export interface RoundExtended {
  readonly type: "round.extended";
  readonly match: MatchId;
  readonly deadline: number;
}
