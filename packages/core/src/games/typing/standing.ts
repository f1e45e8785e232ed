import type { Typed } from "./typed.ts";
import { typingLimits } from "./typing-limits.ts";

/** What the kernel knows of a player in a typing game. */
export interface TypingPlayer {
  readonly team: number;
  readonly typed: Typed;
  /** Shard time in ms; null while the text is not complete. */
  readonly finishedAt: number | null;
}

/** How a player did. */
export interface TypingStats {
  /** Part of the text that is right, 0 to 1. */
  readonly progress: number;
  /** Words of five right characters per minute. */
  readonly wpm: number;
  /** Part of the keys, backspaces aside, that were right when typed; 0 before the first. */
  readonly accuracy: number;
  readonly timeMs: number;
}

/** A player's figures after `timeMs` of play. */
export function statsOf(typed: Typed, { length, timeMs }: { length: number; timeMs: number }): TypingStats {
  const minutes = timeMs / 60_000;
  return {
    progress: length === 0 ? 0 : typed.position / length,
    wpm: minutes > 0 ? typed.position / 5 / minutes : 0,
    accuracy: accuracyOf(typed),
    timeMs,
  };
}

/**
 * The rank of each team, 1 the best; equal ranks tie. Whoever completed the text first is ahead, then the
 * higher progress, then the higher accuracy; a team counts by the sums over its players.
 */
export function rankStandings(players: readonly TypingPlayer[]): number[] {
  const teams: TeamStanding[] = [];
  for (const player of players) addTo(teams, player);
  return teams.map((team) => 1 + teams.filter((other) => compare(other, team) < 0).length);
}

/**
 * What is wrong with a player's next figures, given the last ones and the shard time between; undefined
 * when a human can have typed that.
 */
export function checkpointProblem(
  own: Typed,
  next: Typed,
  { length, elapsedMs }: { readonly length: number; readonly elapsedMs: number },
): "INVALID_STATE" | "TYPING_TOO_FAST" | undefined {
  if (!isSound(next, length)) return "INVALID_STATE";
  const keys = next.keys - own.keys;
  const backspaces = next.backspaces - own.backspaces;
  const errors = next.errors - own.errors;
  if (keys < 0 || backspaces < 0 || errors < 0 || errors + backspaces > keys) return "INVALID_STATE";
  if (next.position - own.position > keys - backspaces - errors) return "INVALID_STATE";
  const { keysPerSecondMax, windowMs } = typingLimits;
  return keys > keysPerSecondMax * (1 + elapsedMs / windowMs) ? "TYPING_TOO_FAST" : undefined;
}

function isSound(typed: Typed, length: number): boolean {
  const { position, wrong, keys, backspaces, errors } = typed;
  const whole = [position, wrong, keys, backspaces, errors].every(
    (value) => Number.isSafeInteger(value) && value >= 0,
  );
  if (!whole || position > length || wrong > typingLimits.wrongMax) return false;
  return errors + backspaces <= keys && position + wrong <= keys - backspaces;
}

function accuracyOf({ keys, backspaces, errors }: Typed): number {
  const typed = keys - backspaces;
  return typed === 0 ? 0 : (typed - errors) / typed;
}

interface TeamStanding {
  finishedAt: number;
  position: number;
  accuracy: number;
}

function addTo(teams: TeamStanding[], { team, typed, finishedAt }: TypingPlayer): void {
  teams[team] ??= { finishedAt: Number.POSITIVE_INFINITY, position: 0, accuracy: 0 };
  const own = teams[team];
  own.finishedAt = Math.min(own.finishedAt, finishedAt ?? Number.POSITIVE_INFINITY);
  own.position += typed.position;
  own.accuracy += accuracyOf(typed);
}

/** Below 0 when `left` is ahead. */
function compare(left: TeamStanding, right: TeamStanding): number {
  if (left.finishedAt !== right.finishedAt) return left.finishedAt < right.finishedAt ? -1 : 1;
  if (left.position !== right.position) return right.position - left.position;
  return right.accuracy - left.accuracy;
}
