import { sha256Hex } from "../../hashing/sha256.ts";
import type { PlayerId } from "../../ids.ts";
import type {
  MatchAbandon,
  MatchAccept,
  MatchBegin,
  MatchClose,
  MatchDecline,
  MatchDispatch,
  MatchNotified,
  MatchReport,
} from "../commands.ts";
import type { KernelEvent, MatchAccepted, MatchForfeited } from "../events.ts";
import { kernelLimits } from "../limits.ts";
import { matchPlayerOf, modeOfMatch } from "../lookups.ts";
import type { Match, MatchPlayer } from "../model.ts";
import type { RefusalCode } from "../refusals.ts";
import { resolveByReport } from "../resolve.ts";
import { startedEvent } from "../started.ts";
import type { State } from "../state.ts";
import { voided } from "../voided.ts";
import { cancelMatch } from "./cancel.ts";
import { leaveForming } from "./leave-forming.ts";
import { refuse } from "./refuse.ts";

type Member = { readonly match: Match; readonly own: MatchPlayer };

/** Every command on a match comes from one of its players, or touches nothing. */
export function memberOf(
  state: State,
  command: { match: Match["id"]; player: PlayerId },
): Member | RefusalCode {
  const match = state.matches.get(command.match);
  if (match === undefined) return "MATCH_NOT_FOUND";
  const own = matchPlayerOf(match, command.player);
  return own === undefined ? "PLAYER_NOT_IN_MATCH" : { match, own };
}

/** The player's client has confirmed `match.found`. */
export function decideNotified(state: State, command: MatchNotified): KernelEvent[] {
  const member = memberOf(state, command);
  if (typeof member === "string") return refuse(command, member);
  if (member.own.notified) return [];
  return [{ type: "match.notified", match: command.match, player: command.player }];
}

export function decideAccept(state: State, command: MatchAccept): KernelEvent[] {
  const member = memberOf(state, command);
  if (typeof member === "string") return refuse(command, member);
  const { match, own } = member;
  if (match.phase.state !== "MATCHED") return refuse(command, "INVALID_STATE");
  if (own.accepted) return [];
  const ready = match.players.filter((player) => player.accepted).length + 1;
  const accepted: MatchAccepted = {
    type: "match.accepted",
    match: match.id,
    player: own.id,
    ready,
    total: match.players.length,
  };
  return [command.origin === undefined ? accepted : { ...accepted, origin: command.origin }];
}

/** Only a ready check can be declined; later there is `match.abandon`. */
export function decideDecline(state: State, command: MatchDecline): KernelEvent[] {
  const member = memberOf(state, command);
  if (typeof member === "string") return refuse(command, member);
  if (member.match.phase.state !== "MATCHED") return refuse(command, "INVALID_STATE");
  const cause = { reason: "declined", offenders: [member.own.id] } as const;
  return [cancelMatch(state, member.match, withOrigin(cause, command))];
}

/** Before play an abandon is a decline, in play a forfeit. */
export function decideAbandon(state: State, command: MatchAbandon): KernelEvent[] {
  const member = memberOf(state, command);
  if (typeof member === "string") return refuse(command, member);
  const { match, own } = member;
  if (own.forfeited || match.phase.state === "RESOLVED") return refuse(command, "INVALID_STATE");
  if (match.phase.state === "ACTIVE") {
    const forfeited: MatchForfeited = { type: "match.forfeited", match: match.id, player: own.id };
    return [withOrigin(forfeited, command)];
  }
  if (match.phase.state === "FORMING") return [leaveForming(match, own, command.origin)];
  const cause = { reason: "abandoned", offenders: [own.id] } as const;
  return [cancelMatch(state, match, withOrigin(cause, command))];
}

function withOrigin<T extends object>(value: T, command: { origin?: MatchAccept["origin"] }): T {
  return command.origin === undefined ? value : { ...value, origin: command.origin };
}

/** The text arrives after the countdown and must be the one committed to when the match was made. */
export function decideBegin(state: State, command: MatchBegin): KernelEvent[] {
  const match = state.matches.get(command.match);
  if (match === undefined) return refuse(command, "MATCH_NOT_FOUND");
  if (match.phase.state !== "READY" || !match.phase.beginning) return refuse(command, "INVALID_STATE");
  const { text, salt } = command;
  if (text.length === 0 || text.length > kernelLimits.textLengthMax)
    return refuse(command, "COMMITMENT_MISMATCH");
  if (sha256Hex(salt + text) !== match.commitment) return refuse(command, "COMMITMENT_MISMATCH");
  return [startedEvent(state, match, { text, salt })];
}

/** The result of a game played elsewhere. */
export function decideReport(state: State, command: MatchReport): KernelEvent[] {
  const match = state.matches.get(command.match);
  if (match === undefined) return refuse(command, "MATCH_NOT_FOUND");
  const mode = modeOfMatch(state, match);
  if (match.phase.state !== "ACTIVE" || mode.game !== "external") return refuse(command, "INVALID_STATE");
  const teams = new Set(match.players.map(({ team }) => team)).size;
  const sound = command.ranks.every((rank) => Number.isInteger(rank) && rank >= 1 && rank <= teams);
  if (!sound || command.ranks.length !== teams) return refuse(command, "INVALID_CONFIGURATION");
  return resolveByReport(state, match, { ranks: command.ranks, endReason: "completed" });
}

/** Sends a match that waits for it to its server; the countdown begins. */
export function decideDispatch(state: State, command: MatchDispatch): KernelEvent[] {
  const match = state.matches.get(command.match);
  if (match === undefined) return refuse(command, "MATCH_NOT_FOUND");
  if (match.phase.state !== "READY" || !match.phase.awaitsDispatch) return refuse(command, "INVALID_STATE");
  const { server } = command;
  if (server.length > kernelLimits.customLengthMax) return refuse(command, "INVALID_CONFIGURATION");
  const startsAt = state.time + modeOfMatch(state, match).countdownMs;
  return [{ type: "match.dispatched", match: match.id, server, startsAt }];
}

export function decideClose(state: State, command: MatchClose): KernelEvent[] {
  const events = closed(state, command);
  return typeof events === "string" ? refuse(command, events) : events;
}

/** Ends a match that has no result, and blames nobody. */
export function closed(
  state: State,
  { match: id, reason }: Pick<MatchClose, "match" | "reason">,
): KernelEvent[] | RefusalCode {
  const match = state.matches.get(id);
  if (match === undefined) return "MATCH_NOT_FOUND";
  if (match.phase.state === "RESOLVED") return "INVALID_STATE";
  if (match.phase.state !== "ACTIVE") return [cancelMatch(state, match, { reason: "closed", offenders: [] })];
  return [voided(match, `closed: ${reason.slice(0, kernelLimits.customLengthMax)}`)];
}
