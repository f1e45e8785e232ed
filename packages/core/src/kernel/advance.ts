import { cancelMatch } from "./decide/cancel.ts";
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
    case "FORMING":
      return formed(state, match);
    case "MATCHED":
      return match.players.every((player) => player.accepted) ? preparing(state, match) : null;
    case "PREPARING":
      if (phase.pending === null) return preparing(state, match);
      return phase.pending.length === 0 ? ready(state, match) : null;
    case "READY":
      if (phase.awaitsDispatch || phase.startsAt > state.time) return null;
      return modeOfMatch(state, match).countdownMs === 0 ? begin(state, match) : null;
    case "ACTIVE":
      return decided(state, match, phase.counting);
    case "RESOLVED":
      return match.pot === 0n ? settledEvent(match, { key: null, txHash: null }) : null;
  }
}

/** A full round goes on at once, one that everybody left is over. */
function formed(state: State, match: Match): KernelEvent | null {
  const { round } = modeOfMatch(state, match);
  if (match.players.length === 0)
    return cancelMatch(state, match, { reason: "too_few_players", offenders: [] });
  return round !== null && match.players.length >= round.playersMax ? preparing(state, match) : null;
}

/** What must be in place before the match may start. */
export function preparing(state: State, match: Match): KernelEvent {
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
  const { autoDispatch, countdownMs, dispatchWithinMs } = modeOfMatch(state, match);
  return {
    type: "match.ready",
    match: match.id,
    startsAt: state.time + (autoDispatch ? countdownMs : dispatchWithinMs),
    awaitsDispatch: !autoDispatch,
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
  const playing = new Set(match.players.filter(({ forfeited }) => !forfeited).map(({ team }) => team));
  if (playing.size <= 1) return resolveByForfeit(state, match, playing);
  const final = (player: MatchPlayer) => player.final;
  return counting && match.players.every(final) ? resolveByStanding(state, match, "timeout") : null;
}
