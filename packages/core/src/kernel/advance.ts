import { cancelMatch } from "./decide/cancel.ts";
import type { KernelEvent, MatchPreparing } from "./events.ts";
import { kernelLimits } from "./limits.ts";
import { modeOfMatch } from "./lookups.ts";
import type { Effect, EffectKind, Match, MatchPlayer, PreparationItem } from "./model.ts";
import { resolveByForfeit, resolveByStanding, settledEvent } from "./resolve.ts";
import { sharesOf, sidesOf, siegeIn } from "./sieges.ts";
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
      return phase.pending.length === 0 ? ready(state, match) : null;
    case "READY":
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

/** What must be in place before the match may start, with those who stay of whom it formed from. */
export function preparing(state: State, match: Match, players = match.players): MatchPreparing {
  const mode = modeOfMatch(state, match);
  const isGathered = match.phase.state === "FORMING" && match.contest !== null;
  const stakes = isGathered ? sharesOf(state, match, players) : undefined;
  const isWagered =
    stakes === undefined ? players.some(({ stake }) => stake > 0n) : stakes.some(({ amount }) => amount > 0n);
  const isEscrowed = isWagered && mode.requires.includes("escrow");
  const pending: PreparationItem[] = isEscrowed ? ["escrow"] : [];
  return {
    type: "match.preparing",
    match: match.id,
    deadline: state.time + kernelLimits.escrowWithinMs,
    pending,
    effects: pending.map((item) => effectFor(state, match, item)),
    ...(stakes !== undefined && { stakes }),
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

function decided(state: State, match: Match, counting: boolean): readonly KernelEvent[] {
  if (match.players.some((player) => player.finishedAt !== null))
    return resolveByStanding(state, match, "completed");
  const playing = new Set(match.players.filter(({ forfeited }) => !forfeited).map(({ team }) => team));
  if (playing.size <= 1) return resolveByForfeit(state, match, playing);
  const final = (player: MatchPlayer) => player.final;
  return counting && match.players.every(final) ? resolveByStanding(state, match, "timeout") : [];
}
