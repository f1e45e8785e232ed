import type { KernelEvent } from "./events.ts";
import { kernelLimits } from "./limits.ts";
import { modeOfMatch } from "./lookups.ts";
import type { Effect, EffectKind, Match, MatchPlayer, PreparationItem } from "./model.ts";
import { resolveByForfeit, resolveByStanding, settledEvent } from "./resolve.ts";
import { startedEvent } from "./started.ts";
import type { State } from "./state.ts";

/**
 * The next move a match makes by itself, given what is known; null when it waits for somebody.
 * Commands and deadlines only record facts: every automatic move is decided here.
 */
export function advance(state: State, match: Match): KernelEvent | null {
  const phase = match.phase;
  switch (phase.state) {
    case "MATCHED":
      return match.players.every((player) => player.accepted) ? preparing(state, match) : null;
    case "PREPARING":
      if (phase.pending === null) return preparing(state, match);
      return phase.pending.length === 0 ? ready(state, match) : null;
    case "READY":
      return phase.startsAt <= state.time && modeOfMatch(state, match).countdownMs === 0
        ? begin(state, match)
        : null;
    case "ACTIVE":
      return decided(state, match, phase.counting);
    case "RESOLVED":
      return match.pot === 0n ? settledEvent(match, { key: null, txHash: null }) : null;
  }
}

function preparing(state: State, match: Match): KernelEvent {
  const mode = modeOfMatch(state, match);
  const pending: PreparationItem[] = match.stake > 0n && mode.requires.includes("escrow") ? ["escrow"] : [];
  return {
    type: "match.preparing",
    match: match.id,
    deadline: state.time + kernelLimits.escrowWithinMs,
    pending,
    effects: pending.map((item) => effectFor(state, match, item)),
  };
}

function ready(state: State, match: Match): KernelEvent {
  return {
    type: "match.ready",
    match: match.id,
    startsAt: state.time + modeOfMatch(state, match).countdownMs,
  };
}

/** The countdown is over: the text is fetched, or a game without one starts at once. */
export function begin(state: State, match: Match): KernelEvent | null {
  if (match.phase.state !== "READY" || match.phase.beginning) return null;
  if (modeOfMatch(state, match).game === "external") return startedEvent(state, match, null);
  return {
    type: "match.beginning",
    match: match.id,
    deadline: state.time + kernelLimits.beginWithinMs,
    effect: effectFor(state, match, "begin"),
  };
}

export function effectFor(state: State, match: Match, kind: EffectKind): Effect {
  return { key: `${kind}:${match.id}`, kind, matchId: match.id, since: state.time };
}

function decided(state: State, match: Match, counting: boolean): KernelEvent | null {
  if (match.players.some((player) => player.finishedAt !== null))
    return resolveByStanding(state, match, "completed");
  const forfeiters = match.players.filter((player) => player.forfeited);
  if (forfeiters.length > 0) return resolveByForfeit(state, match, forfeiters);
  const final = (player: MatchPlayer) => player.final;
  return counting && match.players.every(final) ? resolveByStanding(state, match, "timeout") : null;
}
