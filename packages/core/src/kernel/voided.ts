import type { MatchVoided } from "./events.ts";
import type { Match } from "./model.ts";

/** A match ends without a result: everybody gets their stake back. */
export function voided(match: Match, reason: string): MatchVoided {
  return {
    type: "match.voided",
    match: match.id,
    reason,
    refunds: match.players.map(({ id, stake }) => ({ player: id, amount: match.pot === 0n ? 0n : stake })),
  };
}
