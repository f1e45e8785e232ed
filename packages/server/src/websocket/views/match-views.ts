import {
  isRevealed,
  type Match,
  type MatchPlayer,
  type MatchResult,
  type ModeRules,
  matchPlayerOf,
  modeOfMatch,
  type PlayerId,
  type PlayerResult,
  recordOf,
  type State,
  statsOf,
} from "@matchforge/core";
import type { ServerMessages } from "@matchforge/protocol";

type Opponent = NonNullable<ServerMessages["match.found"]["opponent"]>;
type Found = Pick<ServerMessages["match.found"], "opponent" | "players" | "region" | "map">;
type Result = ServerMessages["game.result"];
type Stats = Result["your_stats"];

/** What of a match outlives it: who plays what, and how long its text is. */
interface Remembered {
  readonly id: string;
  readonly roles: ReadonlyMap<PlayerId, string>;
  readonly textLength: number;
}

/**
 * The one whom a player plays against where it is one against one; undefined in a match of teams.
 *
 * @example
 * rivalOf(match.players, own)?.id;
 */
export function rivalOf<Player extends { readonly team: number }>(
  players: readonly Player[],
  own: Player,
): Player | undefined {
  const rival = players.find((player) => player.team !== own.team);
  return players.length === 2 ? rival : undefined;
}

/** What a player is shown of a match: its place, the opponent of a duel, everybody in a match of teams or roles. */
export function foundOf(state: State, match: Match, viewer: PlayerId): Found {
  const own = matchPlayerOf(match, viewer);
  if (own === undefined) throw new Error(`${viewer} is not in ${match.id}`);
  const mode = modeOfMatch(state, match);
  const areNamed = isRevealed(state, match);
  const rival = rivalOf(match.players, own);
  // A mode hides opponents. Who plays in the same team is no secret.
  const shown = match.players.filter(({ team }) => areNamed || team === own.team);
  const isListed = rival === undefined || match.players.some(({ role }) => role !== null);
  return {
    opponent: rival === undefined || !areNamed ? null : opponentOf(state, mode, rival),
    ...(isListed && { players: shown.map((player) => playerOf(state, mode, player)) }),
    region: match.region,
    map: match.map,
  };
}

function playerOf(state: State, mode: ModeRules, player: MatchPlayer): NonNullable<Found["players"]>[number] {
  const { id, team, role } = player;
  return { player_id: id, team, role, ...opponentOf(state, mode, player) };
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
export function gameResultOf(match: Remembered, result: MatchResult, viewer: PlayerId): Result {
  const own = result.players.find((player) => player.player === viewer);
  if (own === undefined) throw new Error(`${viewer} is not in the result of ${match.id}`);
  const rival = rivalOf(result.players, own);
  const isListed = rival === undefined || match.roles.size > 0;
  return {
    match_id: match.id,
    winner: result.winners[0] ?? null,
    your_stats: statsFor(own, match.textLength),
    opponent_stats: rival === undefined ? null : statsFor(rival, match.textLength),
    ...(isListed && { players: result.players.map((player) => playerStatsFor(match, player)) }),
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

function playerStatsFor(match: Remembered, result: PlayerResult): NonNullable<Result["players"]>[number] {
  const { player, team, outcome } = result;
  return {
    player_id: player,
    address: player,
    team,
    role: match.roles.get(player) ?? null,
    outcome,
    ...statsFor(result, match.textLength),
    prize: result.payout.toString(),
  };
}
