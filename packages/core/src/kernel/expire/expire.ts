import type { PlayerId } from "../../ids.ts";
import { begin } from "../advance.ts";
import { timelyClaims } from "../claims.ts";
import { unallocated } from "../decide/allocate.ts";
import { cancelMatch } from "../decide/cancel.ts";
import { leaveCrew } from "../decide/leave-crew.ts";
import { orphaned } from "../decide/node.ts";
import { leaveParty } from "../decide/party.ts";
import { loseServer } from "../decide/servers.ts";
import type { KernelEvent } from "../events.ts";
import { kernelLimits } from "../limits.ts";
import { currentRules, isPresent, modeOfMatch } from "../lookups.ts";
import type { Crew, Match, NodeRecord, Party, Player, Ticket } from "../model.ts";
import { preparing } from "../prepare.ts";
import { resolveByStanding, resolveWithoutServer } from "../resolve.ts";
import { siegeIn } from "../sieges.ts";
import type { State, Subject } from "../state.ts";
import { voided } from "../voided.ts";
import { expirePreparing } from "./expire-preparing.ts";
import { expireSiege } from "./expire-siege.ts";

/** What happens when a subject's deadline has come. Pure, like `decide`. */
export function expire(state: State, subject: Subject): KernelEvent[] {
  switch (subject.kind) {
    case "match":
      return expireMatch(state, subject);
    case "ticket":
      return expireTicket(state, subject);
    case "party":
      return [{ type: "party.invitations_ended", party: subject.id, players: expiredIn(state, subject) }];
    case "crew":
      return [{ type: "crew.invitations_ended", crew: subject.id, players: expiredIn(state, subject) }];
    case "player":
      return expirePlayer(state, subject);
    case "node":
      return expireNode(state, subject);
    case "server":
      return loseServer(state, subject, "silent");
  }
}

/** Whose invitations have ended. */
function expiredIn(state: State, { invitations }: Party | Crew): PlayerId[] {
  return invitations.filter(({ until }) => until <= state.time).map(({ player }) => player);
}

function expireTicket(state: State, ticket: Ticket): KernelEvent[] {
  const { id, playerIds } = ticket;
  if (ticket.absentUntil <= state.time) {
    return [{ type: "ticket.ended", ticket: id, players: playerIds, reason: "disconnected" }];
  }
  if (ticket.endAt <= state.time) {
    return [{ type: "ticket.ended", ticket: id, players: playerIds, reason: "no_opponents" }];
  }
  return [{ type: "ticket.warned", ticket: id }];
}

function expireMatch(state: State, match: Match): KernelEvent[] {
  const phase = match.phase;
  switch (phase.state) {
    case "FORMING":
      return expireForming(state, match, phase.extended);
    case "MATCHED": {
      const missing = match.players.filter((player) => !player.accepted).map((player) => player.id);
      return [cancelMatch(state, match, { reason: "ready_timeout", offenders: missing })];
    }
    case "PREPARING":
      return expirePreparing(state, match, phase);
    case "READY":
      if (phase.awaitsServer) return unallocated(state, match, { reason: "timeout", isUnsure: true });
      if (phase.awaitsDispatch)
        return [cancelMatch(state, match, { reason: "not_dispatched", offenders: [] })];
      return expireReady(state, match, phase.beginning);
    case "ACTIVE":
      return expireActive(state, match, phase);
    case "RESOLVED":
      return [
        { type: "violation", code: "SETTLEMENT_LATE", detail: `${match.id} waits for its settlement` },
        {
          type: "match.settlement_late",
          match: match.id,
          deadline: state.time + kernelLimits.settleAlertEveryMs,
        },
      ];
  }
}

/** Enough have come, or it waits once more, or it is called off and everybody waits again. */
function expireForming(state: State, match: Match, extended: boolean): KernelEvent[] {
  const siege = siegeIn(state, match);
  if (siege !== null) return expireSiege(state, match, siege);
  const { round } = modeOfMatch(state, match);
  if (round === null || match.players.length >= round.playersMin) return [preparing(state, match)];
  if (extended || round.extensionMs === 0)
    return [cancelMatch(state, match, { reason: "too_few_players", offenders: [] })];
  return [{ type: "round.extended", match: match.id, deadline: state.time + round.extensionMs }];
}

function expireReady(state: State, match: Match, beginning: boolean): KernelEvent[] {
  if (beginning) return [cancelMatch(state, match, { reason: "server_fault", offenders: [] })];
  const isAwaited = modeOfMatch(state, match).round === null;
  const away = match.players.filter((player) => !isPresent(state, player.id)).map((player) => player.id);
  if (isAwaited && away.length > 0) return [cancelMatch(state, match, { reason: "absent", offenders: away })];
  const next = begin(state, match);
  return next === null ? [] : [next];
}

function expireActive(
  state: State,
  match: Match,
  phase: Match["phase"] & { state: "ACTIVE" },
): KernelEvent[] {
  const gone = match.players.filter((player) => !player.forfeited && player.absentUntil <= state.time);
  if (gone.length > 0) return forfeitOrVoid(state, match);
  if (modeOfMatch(state, match).game === "external") {
    return expireExternal(state, match);
  }
  if (!phase.counting) {
    const deadline = state.time + modeOfMatch(state, match).countingMs;
    return [{ type: "match.counting", match: match.id, deadline }];
  }
  return resolveByStanding(state, match, "timeout");
}

/** Nobody has told the result: its server's newest standing or the players' reports may still decide it. */
function expireExternal(state: State, match: Match): KernelEvent[] {
  if (!modeOfMatch(state, match).requires.includes("server")) return timelyClaims(state, match);
  return resolveWithoutServer(state, match, "no result was reported in time");
}

/** Who stays away forfeits; when everybody is away nobody is there to win, and the match is void. */
function forfeitOrVoid(state: State, match: Match): KernelEvent[] {
  const playing = match.players.filter((player) => !player.forfeited);
  const away = playing.filter((player) => player.absentUntil !== Number.POSITIVE_INFINITY);
  if (away.length === playing.length) return [voided(match, "all players stayed away")];
  if (away.some((player) => player.orphaned && player.absentUntil <= state.time)) {
    return [voided(match, "a fault of ours kept a player away")];
  }
  return away
    .filter((player) => player.absentUntil <= state.time)
    .map((player) => ({ type: "match.forfeited", match: match.id, player: player.id }));
}

/**
 * An idle player is forgotten once archived and free of obligations: no settlement outstanding, no offence
 * that still counts, nothing that the faucet must remember. Their party goes on without them. A guest's play money leaves the books with the guest.
 */
function expirePlayer(state: State, player: Player): KernelEvent[] {
  const kept = (until: number | null): KernelEvent[] => [{ type: "player.kept", player: player.id, until }];
  if (player.epoch !== 0 || player.ticket !== null || player.match !== null) return kept(null);
  const party = player.party === null ? undefined : state.parties.get(player.party);
  const left = party === undefined ? [] : leaveParty(state, party, { player: player.id, reason: "gone" });
  return [...left, ...forget(state, player)];
}

function forget(state: State, player: Player): KernelEvent[] {
  const kept = (until: number | null): KernelEvent[] => [{ type: "player.kept", player: player.id, until }];
  if (player.available > 0n && !player.guest) return kept(null);
  if (player.settling > 0 || player.touchedAt > state.archiveCursor)
    return kept(state.time + kernelLimits.evictRetryMs);
  const until = rememberedUntil(state, player);
  if (until > state.time) return kept(until);
  const left = player.guest ? leftBehind(state, player) : [];
  if (left === null) return kept(state.time + kernelLimits.evictRetryMs);
  return [...left, { type: "player.evicted", player: player.id, withdrawn: player.available }];
}

/** A guest never comes back as the same player: the crew goes on without them. Null: it cannot do so yet. */
function leftBehind(state: State, { id }: Player): KernelEvent[] | null {
  const crew = state.crews.get(state.crewOf.get(id) ?? "crew_");
  if (crew === undefined) return [];
  const left = leaveCrew(state, crew, { player: id, reason: "gone" });
  return typeof left === "string" ? null : left;
}

/** A guest who is forgotten comes back as somebody else: only others could drink twice. */
function rememberedUntil(state: State, { offences, faucetAt, guest }: Player): number {
  const offence = offences.at(-1);
  const offenceUntil = offence === undefined ? 0 : offence.at + kernelLimits.offencesForMs;
  const faucetEveryMs = currentRules(state)?.ledger.faucetEveryMs ?? 0;
  return Math.max(offenceUntil, faucetAt === null || guest ? 0 : faucetAt + faucetEveryMs);
}

function expireNode(state: State, node: NodeRecord): KernelEvent[] {
  if (state.time - node.lastEntryAt < kernelLimits.nodeLostAfterMs)
    return [{ type: "node.heard", node: node.id }];
  return [orphaned(state, node), { type: "node.lost", node: node.id }];
}
