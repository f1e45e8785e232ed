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

/**
 * A player's figures after `timeMs` of play, in a text of `length` characters.
 *
 * @example
 * const typed = typeKeys(nothingTyped, { text: "ls -l", keys: "ls" });
 * statsOf(typed, { length: 5, timeMs: 6_000 }); // { progress: 0.4, wpm: 4, accuracy: 1, timeMs: 6000 }
 */
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
 * higher progress, then the higher accuracy; a team counts by the sums over its players. The order of the
 * players does not matter.
 *
 * @example
 * rankStandings([
 *   { team: 0, typed: behind, finishedAt: null },
 *   { team: 1, typed: done, finishedAt: 9_000 },
 * ]); // [2, 1]
 */
export function rankStandings(players: readonly TypingPlayer[]): number[] {
  const teams: TeamStanding[] = [];
  for (const player of players) addTo(teams, player);
  return teams.map((team) => 1 + teams.filter((other) => compare(other, team) < 0).length);
}

/**
 * What is wrong with a player's next figures, given the last ones and the shard time between; undefined
 * when a human can have typed that. One second's burst is allowed for at each checkpoint, because shard time
 * and the clock of the gateway that took the keys need not move alike.
 */
export function checkpointProblem(
  own: Typed,
  next: Typed,
  { length, elapsedMs }: { readonly length: number; readonly elapsedMs: number },
): "INVALID_STATE" | "TYPING_TOO_FAST" | undefined {
  if (!isSound(next, length)) return "INVALID_STATE";
  const { keysPerSecondMax, windowMs } = typingLimits;
  if (next.keys - own.keys > keysPerSecondMax * (1 + elapsedMs / windowMs)) return "TYPING_TOO_FAST";
  return isReachable(own, next, length) ? undefined : "INVALID_STATE";
}

function isSound(typed: Typed, length: number): boolean {
  const { position, wrong, keys, backspaces, errors } = typed;
  const whole = [position, wrong, keys, backspaces, errors].every(
    (value) => Number.isSafeInteger(value) && value >= 0,
  );
  if (!whole || position > length || wrong > typingLimits.wrongMax) return false;
  return position < length || wrong === 0;
}

/**
 * Whether any keys lead from one to the other. A key is right, an error or a backspace; a backspace removes
 * a wrong character, a right one, or nothing (`idle`). How many there were of each follows from the figures.
 */
function isReachable(own: Typed, next: Typed, length: number): boolean {
  const backspaces = next.backspaces - own.backspaces;
  const errors = next.errors - own.errors;
  const right = next.keys - own.keys - backspaces - errors;
  const removedWrong = own.wrong + errors - next.wrong;
  const removedRight = own.position + right - next.position;
  const idle = backspaces - removedWrong - removedRight;
  if (Math.min(backspaces, errors, right, removedWrong, removedRight, idle) < 0) return false;
  // A complete run takes no more keys, so the only right key of a text of one character is never removed.
  if (own.position === length && next.keys > own.keys) return false;
  if (length === 1 && removedRight > 0) return false;
  // All but errors and their removal happens in a buffer without wrong characters: what is wrong in the end came later.
  if (right + removedRight + idle > 0 && next.wrong > errors) return false;
  // A backspace removes nothing only in an empty buffer: what is right in the end came later.
  return idle === 0 || next.position <= right;
}

function accuracyOf({ keys, backspaces, errors }: Typed): number {
  const typed = keys - backspaces;
  return typed === 0 ? 0 : (typed - errors) / typed;
}

interface TeamStanding {
  finishedAt: number;
  position: number;
  rightKeys: number;
  keys: number;
}

function addTo(teams: TeamStanding[], { team, typed, finishedAt }: TypingPlayer): void {
  teams[team] ??= { finishedAt: Number.POSITIVE_INFINITY, position: 0, rightKeys: 0, keys: 0 };
  const own = teams[team];
  const keys = typed.keys - typed.backspaces;
  own.finishedAt = Math.min(own.finishedAt, finishedAt ?? Number.POSITIVE_INFINITY);
  own.position += typed.position;
  own.rightKeys += keys - typed.errors;
  own.keys += keys;
}

/** Below 0 when `left` is ahead. Accuracies are compared as fractions of whole numbers, without rounding. */
function compare(left: TeamStanding, right: TeamStanding): number {
  if (left.finishedAt !== right.finishedAt) return left.finishedAt < right.finishedAt ? -1 : 1;
  if (left.position !== right.position) return right.position - left.position;
  return right.rightKeys * Math.max(1, left.keys) - left.rightKeys * Math.max(1, right.keys);
}
