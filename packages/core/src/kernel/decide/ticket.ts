import { poolKeyOf, type TicketId } from "../../ids.ts";
import type { Wishes } from "../../matching/wishes.ts";
import { fitsAsTicket } from "../../rules/format-of.ts";
import type { ModeRules } from "../../rules/rules.ts";
import { wishesFit } from "../../rules/wishes-fit.ts";
import type { TicketCancel, TicketEnqueue } from "../commands.ts";
import type { KernelEvent, TicketQueued } from "../events.ts";
import { kernelLimits } from "../limits.ts";
import { crewTicket, currentMode, matchPlayerOf } from "../lookups.ts";
import type { Player } from "../model.ts";
import type { RatingRecord } from "../records.ts";
import type { RefusalCode } from "../refusals.ts";
import { hasTier } from "../stakes.ts";
import { levelOfServers, type State } from "../state.ts";
import { ownerOf } from "../territories.ts";
import { cooldownUntil } from "./cancel.ts";
import { faucetDeposits } from "./faucet.ts";
import { leaveForming } from "./leave-forming.ts";
import { refuse } from "./refuse.ts";
import { isSoundRecord } from "./sound-record.ts";
import { type QueuedStanding, standingFor } from "./ticket-standing.ts";
import { wishesFor } from "./ticket-wishes.ts";

/** A wish to play: checked whole, then it waits in all its pools at once. */
export function decideEnqueue(state: State, command: TicketEnqueue): KernelEvent[] {
  const players = membersOf(state, command);
  if (typeof players === "string") return refuse(command, players);
  const entries = command.pools.length;
  if (entries === 0 || entries > kernelLimits.poolsPerTicket) return refuse(command, "INVALID_CONFIGURATION");
  if (new Set(command.pools.map(({ mode, tier }) => poolKeyOf(mode, tier))).size !== entries) {
    return refuse(command, "INVALID_CONFIGURATION");
  }
  if (state.tickets.has(command.ticket)) return refuse(command, "ID_REUSED");
  if (!state.secretEpochs.has(command.secretEpoch)) return refuse(command, "INVALID_CONFIGURATION");

  const wishes = wishesFor(state, command, players);
  if (wishes === null) return refuse(command, "INVALID_CONFIGURATION");
  const standings: QueuedStanding[] = [];
  let warnAt = Number.POSITIVE_INFINITY;
  let endAt = 0;
  let stake = 0n;
  let trouble: { fault?: string } = {};
  for (const wish of command.pools) {
    const mode = currentMode(state, wish.mode);
    const problem: Problem | undefined =
      mode === undefined
        ? { code: "QUEUE_NOT_FOUND" }
        : poolProblem(state, mode, { tier: wish.tier, players, command, wishes });
    if (problem !== undefined) return refuse(command, problem.code, problem.until);
    const { value: standing, ...fault } = standingFor(state, mode as ModeRules, {
      tier: wish.tier,
      players,
      command,
    });
    standings.push(standing);
    trouble = { ...trouble, ...fault };
    warnAt = Math.min(warnAt, state.time + (mode as ModeRules).warnAfterMs);
    endAt = Math.max(endAt, state.time + (mode as ModeRules).maxWaitMs);
    if (standing.stake > stake) stake = standing.stake;
  }
  const deposits = stake === 0n ? [] : faucetDeposits(state, players, stake);
  if (deposits === undefined) return refuse(command, "INSUFFICIENT_FUNDS");
  const queued: TicketQueued = {
    type: "ticket.queued",
    ticket: command.ticket,
    party: command.party,
    ...(command.crew === undefined ? undefined : { crew: command.crew }),
    players: players.map((player) => player.id),
    standings,
    stake,
    draw: command.draw,
    wishes,
    warnAt,
    endAt,
    records: command.records ?? noRecords,
    secretEpoch: command.secretEpoch,
    ...trouble,
    ...(command.custom === undefined ? undefined : { custom: command.custom }),
    ...(command.origin === undefined ? undefined : { origin: command.origin }),
  };
  return deposits.length === 0 ? [queued] : [...deposits, queued];
}

/** A player takes the ticket back; in a ready check it is too late, that is a decline. */
export function decideCancel(state: State, command: TicketCancel): KernelEvent[] {
  const player = state.players.get(command.player);
  if (player === undefined) return refuse(command, "PLAYER_NOT_FOUND");
  const { player: by, origin } = command;
  const forming = player.match === null ? undefined : state.matches.get(player.match);
  const own = forming && matchPlayerOf(forming, by);
  if (isAnother(state, command, own?.ticketId ?? player.ticket)) return refuse(command, "TICKET_NOT_WAITING");
  if (forming?.phase.state === "FORMING" && own !== undefined) return [leaveForming(forming, own, origin)];
  if (player.match !== null) return refuse(command, "INVALID_STATE");
  const ticket = player.ticket === null ? undefined : state.tickets.get(player.ticket);
  if (ticket === undefined) return refuse(command, "NOT_IN_QUEUE");
  const ended = { type: "ticket.ended", ticket: ticket.id, players: ticket.playerIds, by } as const;
  return [{ ...ended, reason: "cancelled", ...(origin === undefined ? undefined : { origin }) }];
}

/** Whether a ticket is meant that the player has no longer: the one they have since is not taken back for it. */
function isAnother(state: State, { ticket }: TicketCancel, current: TicketId | null): boolean {
  return ticket !== undefined && state.level >= levelOfServers && ticket !== current;
}

const noRecords: readonly RatingRecord[] = [];

/** The players of the ticket, the one who asks first: the request and the archive's records are theirs. */
function membersOf(state: State, command: TicketEnqueue): readonly Player[] | RefusalCode {
  const { members } = command;
  if (!members.includes(command.player) || new Set(members).size !== members.length)
    return "INVALID_CONFIGURATION";
  if (members.length > kernelLimits.membersPerTicket) return "INVALID_CONFIGURATION";
  if (!inUnit(command)) return "INVALID_CONFIGURATION";
  const players: Player[] = [];
  for (const id of [command.player, ...members.filter((member) => member !== command.player)]) {
    const player = state.players.get(id);
    if (player === undefined || player.epoch === 0) return "PLAYER_NOT_FOUND";
    if (player.ticket !== null || player.match !== null) return "ALREADY_IN_QUEUE";
    players.push(player);
  }
  return crewProblem(state, command) ?? partyProblem(state, command) ?? players;
}

/** A party queues whole, led by its leader, once all others are ready. */
function partyProblem(
  state: State,
  { party: id, player: leader, members }: TicketEnqueue,
): RefusalCode | null {
  if (id === null) return null;
  const party = state.parties.get(id);
  if (party === undefined) return "PARTY_NOT_FOUND";
  const isWhole =
    party.members.length === members.length && party.members.every(({ player }) => members.includes(player));
  const isReady = party.members.every(({ player, ready }) => ready || player === leader);
  return party.leader === leader && isWhole && isReady ? null : "INVALID_PARTY_OPERATION";
}

/** So many of a crew queue as its leader names, one ticket at a time. */
function crewProblem(state: State, command: TicketEnqueue): RefusalCode | null {
  const { crew: id, player: leader, members, party } = command;
  if (id === undefined) return null;
  if (party !== null) return "INVALID_CONFIGURATION";
  const crew = state.crews.get(id);
  if (crew === undefined) return "CREW_NOT_FOUND";
  const areIn = members.every((member) => crew.members.includes(member));
  if (crew.leader !== leader || !areIn || members.length < kernelLimits.crewMembersMin)
    return "INVALID_CREW_OPERATION";
  return crewTicket(state, crew) === undefined ? null : "ALREADY_IN_QUEUE";
}

/** Numbers that reach the state are finite and in range, whoever wrote them. */
function inUnit(command: TicketEnqueue): boolean {
  const { draw, records, custom } = command;
  if (!Number.isInteger(draw) || draw < 0 || draw > 0xffffffff) return false;
  if (custom !== undefined && custom.length > kernelLimits.customLengthMax) return false;
  return records === undefined || records.every(isSoundRecord);
}

interface Wish {
  readonly tier: string | null;
  readonly players: readonly Player[];
  readonly command: TicketEnqueue;
  readonly wishes: Wishes;
}

/** Only crews fight for territories, and only for those that are nobody's. */
function territoryProblem(
  state: State,
  { id, territories }: ModeRules,
  { crew, territory }: TicketEnqueue,
): RefusalCode | null {
  if (territory === undefined) return territories.length === 0 ? null : "QUEUE_NOT_FOUND";
  if (!territories.includes(territory)) return "QUEUE_NOT_FOUND";
  if (crew === undefined) return "INVALID_CREW_OPERATION";
  return ownerOf(state, id, territory) === null ? null : "INVALID_STATE";
}

type Problem = { code: RefusalCode; until?: number };

function poolProblem(
  state: State,
  mode: ModeRules,
  { tier, players, command, wishes }: Wish,
): Problem | undefined {
  if (!mode.enabled || !mode.available) return { code: "MODE_NOT_AVAILABLE" };
  if (command.crew !== undefined && mode.search.sideDifferenceMax === undefined)
    return { code: "CONSTRAINTS_NOT_SATISFIED" };
  if (!fitsAsTicket(mode, players.length) || !wishesFit(mode, wishes))
    return { code: "CONSTRAINTS_NOT_SATISFIED" };
  const problem = territoryProblem(state, mode, command);
  if (problem !== null) return { code: problem };
  if (!hasTier(mode, tier)) return { code: "QUEUE_NOT_FOUND" };
  for (const player of players) {
    const until = cooldownUntil(player, mode.id);
    if (until > state.time) return { code: "COOLDOWN", until };
  }
  const waiting = state.pools.get(poolKeyOf(mode.id, tier, command.territory))?.index.size ?? 0;
  return waiting >= mode.maxTickets ? { code: "QUEUE_FULL" } : undefined;
}
