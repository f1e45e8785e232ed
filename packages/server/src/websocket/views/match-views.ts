import {
  type Match,
  type MatchPlayer,
  type MatchResult,
  type ModeRules,
  modeOfMatch,
  type PlayerId,
  type PlayerResult,
  recordOf,
  type State,
  statsOf,
} from "@matchforge/core";
import type { ServerMessages } from "@matchforge/protocol";

type Opponent = NonNullable<ServerMessages["match.found"]["opponent"]>;
type Found = Pick<ServerMessages["match.found"], "opponent" | "players">;
type Result = ServerMessages["game.result"];
type Stats = Result["your_stats"];

/** What a player is shown of the others: one opponent in a match of two, everybody in a larger one. */
export function foundOf(state: State, match: Match, viewer: PlayerId): Found {
  const mode = modeOfMatch(state, match);
  const revealed = mode.revealOpponent === "found" || match.phase.state !== "MATCHED";
  if (match.players.length > 2) {
    const players = match.players.map((player) => ({
      player_id: player.id,
      team: player.team,
      ...opponentOf(state, mode, player),
    }));
    return { opponent: null, players: revealed ? players : [] };
  }
  const other = match.players.find((player) => player.id !== viewer);
  return { opponent: other === undefined || !revealed ? null : opponentOf(state, mode, other) };
}

function opponentOf(state: State, mode: ModeRules, other: MatchPlayer): Opponent {
  const player = state.players.get(other.id);
  const record = player === undefined ? undefined : recordOf(player, mode);
  return {
    address: other.id,
    rating: mode.rating === null ? null : other.rating,
    wins: record?.wins ?? 0,
    avg_wpm: Math.round((record?.meanWpm ?? 0) * 10) / 10,
  };
}

/** How far a player has come, for the others. */
export function progressOf(match: Match, player: MatchPlayer, at: number) {
  if (match.phase.state !== "ACTIVE" || match.phase.text === null) return null;
  const timeMs = Math.max(0, at - match.phase.startedAt);
  const { progress, wpm, accuracy } = statsOf(player.typed, { length: match.phase.text.length, timeMs });
  return { progress, wpm: Math.round(wpm), accuracy };
}

/** A match's result as one of its players is told. */
export function gameResultOf(
  match: { readonly id: string; readonly textLength: number },
  result: MatchResult,
  viewer: PlayerId,
): Result {
  const own = result.players.find((player) => player.player === viewer);
  if (own === undefined) throw new Error(`${viewer} is not in the result of ${match.id}`);
  const others = result.players.filter((player) => player.player !== viewer);
  const several = result.players.length > 2;
  return {
    match_id: match.id,
    winner: result.winners[0] ?? null,
    your_stats: statsFor(own, match.textLength),
    opponent_stats: several || others.length === 0 ? null : statsFor(others[0], match.textLength),
    ...(several && { players: result.players.map((player) => playerStatsFor(player, match.textLength)) }),
    prize: own.payout.toString(),
    rating_change: own.after.rating - own.before.rating,
    tx_hash: null,
    end_reason: result.endReason,
  };
}

function statsFor(player: PlayerResult, length: number): Stats {
  return {
    progress: length === 0 ? 0 : player.typed.position / length,
    wpm: Math.round(player.wpm * 10) / 10,
    accuracy: player.accuracy,
    time_ms: Math.round(player.timeMs),
  };
}

function playerStatsFor(player: PlayerResult, length: number): NonNullable<Result["players"]>[number] {
  const prize = player.payout.toString();
  return {
    player_id: player.player,
    address: player.player,
    team: player.team,
    ...statsFor(player, length),
    prize,
  };
}
