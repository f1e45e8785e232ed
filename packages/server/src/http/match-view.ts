import { isRevealed, type MatchId, type PlayerResult, type State } from "@matchforge/core";
import { endReasons, type MatchState, type MatchView, matchStates } from "@matchforge/protocol";
import type { ArchivedMatch } from "@matchforge/stores";

type ViewPlayer = MatchView["players"][number];

/** A live match as everybody may see it: no progress and no text while it is played. */
export function liveMatchView(
  state: State,
  id: MatchId,
  wallTimeOf: (shardTime: number) => number,
): MatchView | undefined {
  const match = state.matches.get(id);
  if (match === undefined) return undefined;
  const { phase } = match;
  const result = phase.state === "RESOLVED" ? phase.result : null;
  const length = textLength(
    result?.endReason ?? null,
    result?.players.map(({ typed }) => typed.position) ?? [],
  );
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
    players: (isRevealed(state, match) ? match.players : []).map(({ id: player, team }) => {
      const own = result?.players.find((other) => other.player === player);
      return own === undefined ? undecidedPlayer(player, team) : decidedPlayer(own, length);
    }),
    code_commitment: match.commitment,
    code_sequence: null,
    code_salt: null,
    tx_hash: null,
  };
}

function undecidedPlayer(player_id: string, team: number): ViewPlayer {
  return { player_id, team, outcome: null, stats: null, payout: null };
}

function decidedPlayer(result: PlayerResult, length: number): ViewPlayer {
  const { player, team, outcome, payout, typed } = result;
  const stats = statsOf({ ...result, position: typed.position }, length);
  return { player_id: player, team, outcome, stats, payout: payout.toString() };
}

/** A match of the archive as everybody may see it. */
export function archivedMatchView({ match, players, settlements }: ArchivedMatch): MatchView {
  const paid = settlements.find(({ kind }) => kind === "payout");
  const figures = players.map(({ stats }) => (stats === null ? {} : (JSON.parse(stats) as Figures)));
  const length = textLength(
    match.endReason,
    figures.map(({ position = 0 }) => position),
  );
  return {
    match_id: match.matchId,
    mode: match.mode,
    stake_tier: match.tier,
    state: known<MatchState>(matchStates, match.state) ?? "VOIDED",
    wager: wagerOf(match.pot, players.length),
    created_at: match.createdAt,
    started_at: match.startedAt,
    ended_at: match.endedAt,
    end_reason: known(endReasons, match.endReason),
    players: players.map(({ playerId, team, outcome, payout }, index) => ({
      player_id: playerId,
      team,
      outcome: known(["win", "loss", "tie"] as const, outcome),
      stats: statsOf(figures[index], length),
      payout,
    })),
    code_commitment: null,
    code_sequence: null,
    code_salt: null,
    tx_hash: paid?.txHash ?? null,
  };
}

/** Each stakes the same. The players of a match that was never decided are not stored: then it was a duel's. */
function wagerOf(pot: string, players: number): string {
  return (BigInt(pot) / BigInt(Math.max(players, 2))).toString();
}

type Figures = Partial<Record<"position" | "wpm" | "accuracy" | "timeMs", number>>;

/** How long the text was: known where somebody completed it, else 0. */
function textLength(endReason: string | null, positions: readonly number[]): number {
  return endReason === "completed" ? Math.max(0, ...positions) : 0;
}

/** Null where the length of the text is not known: a progress of nothing would be a false one. */
function statsOf({ position, wpm, accuracy, timeMs }: Figures, length: number): ViewPlayer["stats"] {
  if (
    length === 0 ||
    position === undefined ||
    wpm === undefined ||
    accuracy === undefined ||
    timeMs === undefined
  ) {
    return null;
  }
  return {
    progress: position / length,
    wpm: Math.round(wpm * 10) / 10,
    accuracy,
    time_ms: Math.round(timeMs),
  };
}

function known<Word extends string>(words: readonly Word[], text: string | null): Word | null {
  return words.find((word) => word === text) ?? null;
}
