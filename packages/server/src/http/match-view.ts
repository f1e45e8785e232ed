import type { Match, MatchId, MatchPlayer, PlayerResult, State } from "@matchforge/core";
import type { EndReason, MatchState, MatchView } from "@matchforge/protocol";
import { endReasons } from "@matchforge/protocol";
import type { ArchivedMatch } from "@matchforge/stores";

type ViewPlayer = MatchView["players"][number];

/** A live match as everybody may see it: no progress while it is played, no text before it is over. */
export function liveMatchView(
  state: State,
  id: MatchId,
  wallTimeOf: (shardTime: number) => number,
): MatchView | undefined {
  const match = state.matches.get(id);
  if (match === undefined) return undefined;
  const { phase } = match;
  const result = phase.state === "RESOLVED" ? phase.result : null;
  return {
    match_id: match.id,
    mode: match.mode,
    stake_tier: match.tier,
    state: phase.state,
    wager: match.stake.toString(),
    created_at: wallTimeOf(match.createdAt),
    started_at: phase.state === "ACTIVE" ? wallTimeOf(phase.startedAt) : null,
    ended_at: null,
    end_reason: result?.endReason ?? null,
    players: match.players.map((player) => livePlayer(match, player, result?.players)),
    code_commitment: match.commitment,
    code_sequence: null,
    code_salt: null,
    tx_hash: null,
  };
}

function livePlayer(
  _match: Match,
  { id, team }: MatchPlayer,
  results: readonly PlayerResult[] | undefined,
): ViewPlayer {
  const result = results?.find((own) => own.player === id);
  if (result === undefined) return { player_id: id, team, outcome: null, stats: null, payout: null };
  const { wpm, accuracy, timeMs } = result;
  const stats = { progress: 0, wpm, accuracy, time_ms: Math.round(timeMs) };
  return { player_id: id, team, outcome: result.outcome, stats, payout: result.payout.toString() };
}

/** A match of the archive as everybody may see it. */
export function archivedMatchView({ match, players, settlements }: ArchivedMatch): MatchView {
  const paid = settlements.find((settlement) => settlement.kind === "payout");
  const count = Math.max(players.length, 1);
  return {
    match_id: match.matchId,
    mode: match.mode,
    stake_tier: match.tier,
    state: match.state as MatchState,
    wager: (BigInt(match.pot) / BigInt(Math.max(count, 2))).toString(),
    created_at: match.createdAt,
    started_at: match.startedAt,
    ended_at: match.endedAt,
    end_reason: endReasons.includes(match.endReason as EndReason) ? (match.endReason as EndReason) : null,
    players: players.map(({ playerId, team, outcome, payout, stats }) => ({
      player_id: playerId,
      team,
      outcome: outcome as ViewPlayer["outcome"],
      stats: stats === null ? null : statsFrom(stats),
      payout,
    })),
    code_commitment: null,
    code_sequence: null,
    code_salt: null,
    tx_hash: paid?.txHash ?? null,
  };
}

function statsFrom(text: string): ViewPlayer["stats"] {
  const { wpm, accuracy, timeMs, progress } = JSON.parse(text) as Record<string, number | undefined>;
  return {
    progress: progress ?? 0,
    wpm: wpm ?? 0,
    accuracy: accuracy ?? 0,
    time_ms: Math.round(timeMs ?? 0),
  };
}
