import { type Match, modeOfMatch, type State } from "@matchforge/core";
import type { ServerMessages } from "@matchforge/protocol";

/** A round that registers players, as those in it see it; undefined for any other match. */
export function roundViewOf(
  state: State,
  match: Match,
  shardTime: number,
): ServerMessages["round.update"] | undefined {
  const { round } = modeOfMatch(state, match);
  if (round === null || match.phase.state !== "FORMING") return undefined;
  return {
    match_id: match.id,
    round: match.round ?? 0,
    mode: match.mode,
    state: "FORMING",
    players: match.players.length,
    max_players: round.playersMax,
    min_players: round.playersMin,
    prize_pool: (match.stake * BigInt(match.players.length)).toString(),
    time_remaining_secs: Math.max(0, Math.ceil((match.phase.deadline - shardTime) / 1_000)),
  };
}
