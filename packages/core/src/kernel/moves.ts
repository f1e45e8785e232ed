import type { MatchState } from "./model.ts";

/**
 * The moves a match may make: the table of the match's life, and no others.
 * Documentation and tests are derived from it.
 */
export const moves: Readonly<Record<MatchState, readonly MatchState[]>> = {
  FORMING: ["PREPARING", "CANCELLED"],
  MATCHED: ["PREPARING", "CANCELLED"],
  PREPARING: ["READY", "CANCELLED"],
  READY: ["ACTIVE", "CANCELLED"],
  ACTIVE: ["RESOLVED", "VOIDED"],
  RESOLVED: ["SETTLED", "VOIDED"],
  SETTLED: [],
  CANCELLED: [],
  VOIDED: [],
};

/** Throws when `to` is not among the moves of `from`: a bug in the kernel, never a client's fault. */
export function assertMove(from: MatchState, to: MatchState): void {
  if (!moves[from].includes(to)) throw new Error(`a match cannot move from ${from} to ${to}`);
}
