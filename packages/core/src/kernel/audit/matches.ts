import type { ModeRules } from "../../rules/rules.ts";
import { advance } from "../advance.ts";
import { isPresent, matchDeadline } from "../lookups.ts";
import type { Match } from "../model.ts";
import { allocationKeyOf } from "../prepare.ts";
import type { State } from "../state.ts";
import { checkMeeting } from "./meeting.ts";
import { checkPath } from "./path.ts";

/** Invariants 1, 3, 4 and 7 of matches. */
export function checkMatches(state: State, broken: string[]): void {
  for (const match of state.matches.values()) {
    checkPlayersOf(state, match, broken);
    checkWaits(state, match, broken);
    const mode = state.rules.get(match.rulesVersion)?.modes.find(({ id }) => id === match.mode);
    if (mode === undefined) broken.push(`4: the rules of ${match.id} are gone`);
    else checkUnder(state, match, { mode, broken });
  }
  for (const effect of state.effects.values()) {
    if (effect.kind === "release") continue;
    const match = state.matches.get(effect.matchId);
    if (match === undefined || !effectsOwed(match).includes(effect.key))
      broken.push(`3: nobody waits for effect ${effect.key}`);
  }
}

function checkUnder(
  state: State,
  match: Match,
  { mode, broken }: { mode: ModeRules; broken: string[] },
): void {
  checkPath(match, { mode, broken });
  checkMeeting(match, { mode, broken });
  if (advance(state, match).length > 0)
    broken.push(`3: ${match.id} in ${match.phase.state} has a move to make`);
}

/** A live match's players all point to it; they are released on entering RESOLVED. */
function checkPlayersOf(state: State, match: Match, broken: string[]): void {
  if (new Set(match.players.map(({ id }) => id)).size !== match.players.length) {
    broken.push(`1: ${match.id} names a player twice`);
  }
  for (const { id } of match.players) {
    const player = state.players.get(id);
    if (player === undefined) broken.push(`1: ${id} of ${match.id} is forgotten`);
    else if (match.phase.state !== "RESOLVED" && player.match !== match.id) {
      broken.push(`1: ${id} does not point to ${match.id}`);
    }
  }
}

function checkWaits(state: State, match: Match, broken: string[]): void {
  const due = matchDeadline(match);
  if (match.heapIndex < 0) broken.push(`3: ${match.id} in ${match.phase.state} has no deadline`);
  else if (due > state.time && match.deadline !== due)
    broken.push(`3: ${match.id} is due at ${due}, not ${match.deadline}`);
  for (const owed of effectsOwed(match)) {
    if (!state.effects.has(owed)) broken.push(`3: ${match.id} waits for ${owed}, which nobody owes`);
  }
  if (match.phase.state !== "ACTIVE") return;
  for (const player of match.players) {
    const isTimed = player.absentUntil !== Number.POSITIVE_INFINITY;
    if (isTimed === isPresent(state, player.id))
      broken.push(`3: ${player.id} in ${match.id} is away without a clock, or there with one`);
  }
}

/** The keys of the effects that a match waits for. */
function effectsOwed({ id, phase, pot, allocation }: Match): string[] {
  const allocating = allocation?.isPending ? [allocationKeyOf(id, allocation.attempt)] : [];
  switch (phase.state) {
    case "PREPARING":
      return phase.pending?.includes("escrow") ? [`escrow:${id}`, ...allocating] : allocating;
    case "READY":
      return phase.beginning ? [`begin:${id}`] : allocating;
    case "RESOLVED":
      return pot > 0n ? [`settle:${id}`] : [];
    default:
      return [];
  }
}
