import type { PlayerId } from "../../ids.ts";
import { areNames, areSoundLatencies, wishLimits } from "../../matching/wishes.ts";
import type {
  PartyCommand,
  PartyCreate,
  PartyDisband,
  PartyInvite,
  PartyJoin,
  PartyKick,
  PartyLeave,
  PartyPromote,
  PartyReady,
} from "../commands/party-commands.ts";
import type { KernelEvent } from "../events.ts";
import { kernelLimits } from "../limits.ts";
import { isPresent, partyTicket } from "../lookups.ts";
import type { Party } from "../model.ts";
import type { State } from "../state.ts";
import { askedBy, askedIn } from "./asked.ts";
import { invitationProblem } from "./invitations.ts";
import { refuse } from "./refuse.ts";

/** What a player asks of a party. Only members touch it, and what concerns others is the leader's. */
export function decideParty(state: State, command: PartyCommand): KernelEvent[] {
  if (!state.players.has(command.player)) return refuse(command, "PLAYER_NOT_FOUND");
  if (command.type === "party.create") return create(state, command);
  const party = state.parties.get(command.party);
  if (party === undefined) return refuse(command, "PARTY_NOT_FOUND");
  if (command.type === "party.join") return join(state, party, command);
  if (memberOf(party, command.player) === undefined) return refuse(command, "INVALID_PARTY_OPERATION");
  switch (command.type) {
    case "party.leave":
      return leave(state, party, command);
    case "party.ready":
      return ready(party, command);
    default:
      if (party.leader !== command.player) return refuse(command, "INVALID_PARTY_OPERATION");
      return lead(state, party, command);
  }
}

/** Whoever leaves takes the party's waiting ticket back; the longest-standing of those who stay leads on. */
export function leaveParty(
  state: State,
  party: Party,
  leaving: Pick<Extract<KernelEvent, { type: "party.left" }>, "player" | "reason" | "by" | "origin">,
): KernelEvent[] {
  const events = withdrawn(state, party, leaving.by ?? leaving.player);
  const others = party.members.filter(({ player }) => player !== leaving.player);
  const { player } = leaving;
  const asked = askedIn(leaving);
  if (others.length === 0) {
    return [...events, { type: "party.disbanded", party: party.id, players: [player], ...asked }];
  }
  const leader = party.leader === player ? others[0].player : party.leader;
  return [
    ...events,
    { type: "party.left", party: party.id, player, reason: leaving.reason, leader, ...asked },
  ];
}

function create(state: State, command: PartyCreate): KernelEvent[] {
  const { party, player, sizeMax } = command;
  if (!isFree(state, player)) return refuse(command, "INVALID_PARTY_OPERATION");
  if (state.parties.has(party)) return refuse(command, "ID_REUSED");
  const isSize = Number.isInteger(sizeMax) && sizeMax >= 2 && sizeMax <= kernelLimits.partyMembersMax;
  if (!isSize) return refuse(command, "INVALID_CONFIGURATION");
  return [{ type: "party.created", party, leader: player, sizeMax, ...askedBy(command) }];
}

/** Whether a player is there, and in no party: nobody would take somebody who is away out of it again. */
function isFree(state: State, player: PlayerId): boolean {
  return isPresent(state, player) && state.players.get(player)?.party == null;
}

function join(state: State, party: Party, command: PartyJoin): KernelEvent[] {
  const { player } = command;
  const invitation = party.invitations.find((one) => one.player === player && one.until > state.time);
  if (invitation === undefined) return refuse(command, "INVALID_PARTY_OPERATION");
  if (!isFree(state, player)) return refuse(command, "INVALID_PARTY_OPERATION");
  if (partyTicket(state, party) !== undefined) return refuse(command, "INVALID_STATE");
  if (party.members.length >= party.sizeMax) return refuse(command, "PARTY_FULL");
  return [{ type: "party.joined", party: party.id, player, ...askedBy(command) }];
}

function leave(state: State, party: Party, command: PartyLeave): KernelEvent[] {
  if (partyTicket(state, party)?.state === "matched") return refuse(command, "INVALID_STATE");
  return leaveParty(state, party, { player: command.player, reason: "left", ...askedBy(command) });
}

function ready(party: Party, command: PartyReady): KernelEvent[] {
  const known = memberOf(party, command.player);
  const { player, roles = known?.roles ?? [], latencies = known?.latencies ?? null } = command;
  const isSound =
    areNames(roles, wishLimits.rolesMax) && (latencies === null || areSoundLatencies(latencies));
  if (!isSound) return refuse(command, "INVALID_CONFIGURATION");
  const said = { player, ready: command.ready, roles, latencies };
  return [{ type: "party.readied", party: party.id, ...said, ...askedBy(command) }];
}

function lead(
  state: State,
  party: Party,
  command: PartyInvite | PartyKick | PartyPromote | PartyDisband,
): KernelEvent[] {
  switch (command.type) {
    case "party.invite":
      return invite(state, party, command);
    case "party.kick":
      return kick(state, party, command);
    case "party.promote": {
      if (memberOf(party, command.member) === undefined) return refuse(command, "PLAYER_NOT_FOUND");
      return [{ type: "party.promoted", party: party.id, leader: command.member, ...askedBy(command) }];
    }
    case "party.disband": {
      if (partyTicket(state, party)?.state === "matched") return refuse(command, "INVALID_STATE");
      const players = party.members.map(({ player }) => player);
      const ended: KernelEvent = { type: "party.disbanded", party: party.id, players, ...askedBy(command) };
      return [...withdrawn(state, party, command.player), ended];
    }
  }
}

function invite(state: State, party: Party, command: PartyInvite): KernelEvent[] {
  const { invited } = command;
  const members = party.members.map(({ player }) => player);
  const problem = invitationProblem(state, { ...party, members }, invited);
  if (problem === "invalid") return refuse(command, "INVALID_PARTY_OPERATION");
  if (problem !== null) return refuse(command, problem === "full" ? "PARTY_FULL" : problem);
  const until = state.time + kernelLimits.invitationMs;
  return [{ type: "party.invited", party: party.id, player: invited, until, ...askedBy(command) }];
}

function kick(state: State, party: Party, command: PartyKick): KernelEvent[] {
  const { member, player } = command;
  if (memberOf(party, member) === undefined) return refuse(command, "PLAYER_NOT_FOUND");
  if (member === player) return refuse(command, "INVALID_PARTY_OPERATION");
  if (partyTicket(state, party)?.state === "matched") return refuse(command, "INVALID_STATE");
  return leaveParty(state, party, { player: member, reason: "kicked", ...askedBy(command) });
}

/** The party's waiting ticket ends: its players are told, and free. */
function withdrawn(state: State, party: Party, by: PlayerId): KernelEvent[] {
  const ticket = partyTicket(state, party);
  if (ticket?.state !== "waiting") return [];
  return [
    { type: "ticket.ended", ticket: ticket.id, players: ticket.playerIds, reason: "party_changed", by },
  ];
}

function memberOf(party: Party, id: PlayerId) {
  return party.members.find(({ player }) => player === id);
}
