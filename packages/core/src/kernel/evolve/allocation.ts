import type {
  MatchAdmitted,
  MatchAllocated,
  MatchAllocating,
  MatchClaimed,
  MatchLoaded,
  MatchRedeemed,
  MatchServerLost,
  MatchStood,
  MatchUnallocated,
} from "../events.ts";
import { matchPlayerOf } from "../lookups.ts";
import type { Effect, Match, MatchPlayer } from "../model.ts";
import type { State } from "../state.ts";
import { withDue, withoutItem } from "./checklist.ts";
import { scheduleMatch } from "./deadline.ts";
import { rememberRequest } from "./request.ts";
import { take } from "./server.ts";

export function loaded(state: State, event: MatchLoaded): void {
  const match = state.matches.get(event.match) as Match;
  (matchPlayerOf(match, event.player) as MatchPlayer).loaded = true;
  rememberRequest(state, event.player, event.origin);
  if (match.phase.state !== "PREPARING" || !match.players.every((player) => player.loaded)) return;
  match.phase = withoutItem(match.phase, "loading");
  scheduleMatch(state, match);
}

export function allocating(state: State, event: MatchAllocating): void {
  const match = state.matches.get(event.match) as Match;
  const { attempt, deadline, effect } = event;
  state.effects.set(effect.key, effect);
  match.allocation = { attempt, server: null, isPending: true };
  if (match.phase.state === "PREPARING") match.phase = withDue(match.phase, "server", deadline);
  if (match.phase.state === "READY") match.phase = { ...match.phase, deadline };
  scheduleMatch(state, match);
}

export function allocated(state: State, event: MatchAllocated): void {
  const match = state.matches.get(event.match) as Match;
  const { attempt, server, address, region, until } = event;
  answered(state, event);
  take(state, event);
  match.allocation = { attempt, server, isPending: false };
  match.server = address;
  match.region = region ?? match.region;
  for (const player of match.players)
    player.matchTicket = { serial: state.position, until, isRedeemed: false };
  if (match.phase.state !== "PREPARING") return;
  match.phase = withoutItem(match.phase, "server");
  scheduleMatch(state, match);
}

export function unallocated(state: State, event: MatchUnallocated): void {
  const match = state.matches.get(event.match) as Match;
  answered(state, event);
  match.allocation = { attempt: event.attempt, server: null, isPending: false };
}

/** A request has its answer; what others may hold for it is owed back. */
function answered(state: State, { key, release }: { key: string; release: Effect | null }): void {
  state.effects.delete(key);
  if (release !== null) state.effects.set(release.key, release);
}

/** Before play: the match waits for another server, and passes to the old one are worth nothing. */
export function serverLost(state: State, event: MatchServerLost): void {
  const match = state.matches.get(event.match) as Match;
  match.allocation = { attempt: event.attempt, server: null, isPending: false };
  match.server = null;
  for (const player of match.players) delete player.matchTicket;
  const { phase } = match;
  if (phase.state === "PREPARING" && phase.pending !== null)
    match.phase = { ...phase, pending: [...phase.pending, "server"] };
  if (phase.state === "READY") match.phase = { ...phase, awaitsServer: true };
}

export function admitted(state: State, event: MatchAdmitted): void {
  const { serial, until } = event;
  const match = state.matches.get(event.match) as Match;
  const own = matchPlayerOf(match, event.player) as MatchPlayer;
  own.matchTicket = { serial, until, isRedeemed: false };
  rememberRequest(state, event.player, event.origin);
}

export function redeemed(state: State, event: MatchRedeemed): void {
  const match = state.matches.get(event.match) as Match;
  const own = matchPlayerOf(match, event.player) as MatchPlayer;
  if (own.matchTicket !== undefined) own.matchTicket = { ...own.matchTicket, isRedeemed: true };
}

export function stood(state: State, event: MatchStood): void {
  (state.matches.get(event.match) as Match).standing = event.ranks;
}

export function claimed(state: State, event: MatchClaimed): void {
  const match = state.matches.get(event.match) as Match;
  (matchPlayerOf(match, event.player) as MatchPlayer).claim = event.ranks;
  rememberRequest(state, event.player, event.origin);
}
