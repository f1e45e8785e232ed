import { agreedClaims } from "./claims.ts";
import { cancelMatch } from "./decide/cancel.ts";
import type { KernelEvent } from "./events.ts";
import { kernelLimits } from "./limits.ts";
import { modeOfMatch } from "./lookups.ts";
import type { Match, MatchPlayer } from "./model.ts";
import { allocating, effectFor, preparing, wantsServer } from "./prepare.ts";
import { resolveByForfeit, resolveByStanding, settledEvent } from "./resolve.ts";
import { sidesOf, siegeIn } from "./sieges.ts";
import { startedEvent } from "./started.ts";
import type { State } from "./state.ts";

/**
 * The next move a match makes by itself, given what is known, with all that follows from it; nothing when it waits for
 * somebody. Commands and deadlines only record facts: every automatic move is decided here.
 */
export function advance(state: State, match: Match): readonly KernelEvent[] {
  if (match.phase.state === "ACTIVE") return decided(state, match, match.phase.counting);
  const next = nextMove(state, match);
  return next === null ? [] : [next];
}

function nextMove(state: State, match: Match): KernelEvent | null {
  const phase = match.phase;
  switch (phase.state) {
    case "FORMING":
      return formed(state, match);
    case "MATCHED":
      return match.players.every((player) => player.accepted) ? preparing(state, match) : null;
    case "PREPARING":
      if (phase.pending === null) return preparing(state, match);
      if (wantsServer(match)) return allocating(state, match);
      return phase.pending.length === 0 ? ready(state, match) : null;
    case "READY":
      if (phase.awaitsServer) return withoutServer(state, match);
      if (phase.awaitsDispatch || phase.startsAt > state.time) return null;
      return modeOfMatch(state, match).countdownMs === 0 ? begin(state, match) : null;
    case "RESOLVED":
      return match.pot === 0n ? settledEvent(match, { key: null, txHash: null }) : null;
    case "ACTIVE":
      return null;
  }
}

/** What is full goes on at once; a round that everybody left is over, a siege waits for its time. */
function formed(state: State, match: Match): KernelEvent | null {
  const siege = siegeIn(state, match);
  if (siege !== null) {
    const isFull = sidesOf(match.players).every(({ length }) => length >= siege.rules.membersMax);
    return isFull ? preparing(state, match) : null;
  }
  const { round } = modeOfMatch(state, match);
  if (match.players.length === 0)
    return cancelMatch(state, match, { reason: "too_few_players", offenders: [] });
  return round !== null && match.players.length >= round.playersMax ? preparing(state, match) : null;
}

/** The server was lost before play: the countdown begins anew when there is another one. */
function withoutServer(state: State, match: Match): KernelEvent | null {
  if (wantsServer(match)) return allocating(state, match);
  return match.allocation?.isPending ? null : ready(state, match);
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

function decided(state: State, match: Match, counting: boolean): readonly KernelEvent[] {
  if (match.players.some((player) => player.finishedAt !== null))
    return resolveByStanding(state, match, "completed");
  const playing = new Set(match.players.filter(({ forfeited }) => !forfeited).map(({ team }) => team));
  if (playing.size <= 1) return resolveByForfeit(state, match, playing);
  const claimed = agreedClaims(state, match);
  if (claimed.length > 0) return claimed;
  const final = (player: MatchPlayer) => player.final;
  return counting && match.players.every(final) ? resolveByStanding(state, match, "timeout") : [];
}
