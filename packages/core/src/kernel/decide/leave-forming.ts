import type { RequestOrigin } from "../commands.ts";
import type { RoundLeft, SiegeLeft } from "../events.ts";
import type { Match, MatchPlayer } from "../model.ts";
import type { State } from "../state.ts";
import { askedIn } from "./asked.ts";
import { dropFromRound, leaveRound } from "./round.ts";
import { leaveSiege } from "./siege.ts";

/** Somebody takes back that they are in a match that still forms. */
export function leaveForming(match: Match, own: MatchPlayer, origin?: RequestOrigin): RoundLeft | SiegeLeft {
  const asked = askedIn({ by: own.id, origin });
  if (own.ticketId === null) return leaveSiege(match, own, { reason: "left", ...asked });
  return leaveRound(match, own.ticketId, { ended: "cancelled", ...asked });
}

/** Somebody in a match that still forms has gone: a ticket waits for them, a siege does not. */
export function dropFromForming(state: State, match: Match, own: MatchPlayer): RoundLeft | SiegeLeft {
  if (own.ticketId === null) return leaveSiege(match, own, { reason: "disconnected" });
  return dropFromRound(state, match, own.ticketId);
}
