import type { ModeRules } from "../../rules/rules.ts";
import type { Match } from "../model.ts";

import { stakesOf } from "./money.ts";

/**
 * Invariant 4, as far as one state can tell: a match bears the marks of the moves that lead to where it is,
 * and of no others. That each single move is allowed is asserted where it is recorded.
 */
export function checkPath(match: Match, { mode, broken }: { mode: ModeRules; broken: string[] }): void {
  const { id, phase, players, tickets } = match;
  const isPlayed = phase.state === "ACTIVE" || phase.state === "RESOLVED";
  const isAsked = phase.state === "MATCHED";
  const isForming = phase.state === "FORMING";
  const isGathered = mode.round !== null || match.contest?.isSiege === true;
  const isPaid = isPlayed || phase.state === "READY";
  if (isAsked && mode.readyCheckMs === null) broken.push(`4: ${id} asks its players in a mode that does not`);
  if (!isAsked && !isGathered && mode.readyCheckMs !== null && players.some(({ accepted }) => !accepted)) {
    broken.push(`4: ${id} passed its ready check without everyone`);
  }
  if (isForming && !isGathered)
    broken.push(`4: ${id} registers players in a mode without rounds, and is no siege`);
  if (isPlayed && tickets.length > 0) broken.push(`2: tickets of ${id} outlive its start`);
  if (!isPlayed && players.some(({ typed, final, forfeited }) => typed.keys > 0 || final || forfeited)) {
    broken.push(`4: ${id} was played before its start`);
  }
  if (isPaid && match.pot !== stakesOf(match)) broken.push(`4: ${id} went on without its escrow`);
  if ((isAsked || isForming) && match.pot !== 0n) broken.push(`4: ${id} took stakes before its ready check`);
  if (phase.state === "ACTIVE" && (phase.text === null) !== (mode.game === "external")) {
    broken.push(`4: ${id} is played without its text, or with one it does not need`);
  }
}
