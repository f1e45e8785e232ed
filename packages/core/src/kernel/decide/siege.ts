import { poolKeyOf } from "../../ids.ts";
import { noQuality } from "../../matching/formed-match.ts";
import type { ModeRules, SiegeRules } from "../../rules/rules.ts";
import type { SiegeCommand, SiegeDeclare, SiegeJoin } from "../commands/siege-commands.ts";
import type { KernelEvent, SiegeLeft } from "../events.ts";
import { kernelLimits } from "../limits.ts";
import { currentMode, modeOfMatch, recordOf } from "../lookups.ts";
import type { Crew, Match, MatchPlayer, Player } from "../model.ts";
import type { RefusalCode } from "../refusals.ts";
import { sidesOf, siegeIn } from "../sieges.ts";
import { hasTier, shareOf } from "../stakes.ts";
import type { State } from "../state.ts";
import { attackOf, siegeOf, territoryKeyOf } from "../territories.ts";
import { askedBy, askedIn } from "./asked.ts";
import { cooldownUntil } from "./cancel.ts";
import { createdMatch } from "./created-match.ts";
import { faucetDeposits } from "./faucet.ts";
import { proposalProblem } from "./pick-tickets.ts";
import { refuse } from "./refuse.ts";

export function decideSiege(state: State, command: SiegeCommand): KernelEvent[] {
  const player = state.players.get(command.player);
  if (player === undefined || player.epoch === 0) return refuse(command, "PLAYER_NOT_FOUND");
  return command.type === "siege.declare" ? declare(state, command) : join(state, player, command);
}

/** The owner is called by the siege itself: both crews are named in what is told of it. */
function declare(state: State, command: SiegeDeclare): KernelEvent[] {
  const crew = state.crews.get(command.crew);
  if (crew === undefined) return refuse(command, "CREW_NOT_FOUND");
  if (crew.leader !== command.player || crew.members.length < kernelLimits.crewMembersMin)
    return refuse(command, "INVALID_CREW_OPERATION");
  const mode = currentMode(state, command.mode);
  const gather = mode?.siege;
  const isThere = mode?.territories.includes(command.territory) && hasTier(mode, command.tier);
  if (mode === undefined || gather == null || !isThere) return refuse(command, "QUEUE_NOT_FOUND");
  const territory = state.territories.get(territoryKeyOf(mode.id, command.territory));
  if (territory === undefined || territory.owner === null) return refuse(command, "INVALID_STATE");
  if (territory.owner === crew.id) return refuse(command, "INVALID_CREW_OPERATION");
  const isTaken = siegeOf(state, territory) !== undefined || attackOf(state, crew.id) !== undefined;
  if (isTaken) return refuse(command, "INVALID_STATE");
  const problem = proposalProblem(state, { ...command, quality: noQuality }, mode);
  if (problem !== null) return refuse(command, problem);
  return [declared(state, command, { mode, gather, crews: [crew.id, territory.owner] })];
}

function declared(
  state: State,
  command: SiegeDeclare,
  { mode, gather, crews }: { mode: ModeRules; gather: SiegeRules; crews: [Crew["id"], Crew["id"]] },
): KernelEvent {
  const { territory, tier } = command;
  return createdMatch(
    state,
    { ...command, quality: noQuality },
    {
      mode,
      tier,
      pool: poolKeyOf(mode.id, tier, territory),
      contest: { territory, crews, isSiege: true },
      state: "FORMING",
      deadline: state.time + gather.gatherMs,
      region: null,
      winProbabilities: [],
      tickets: [],
      players: [],
      ...askedBy(command),
    },
  );
}

function join(state: State, player: Player, command: SiegeJoin): KernelEvent[] {
  const match = state.matches.get(command.match);
  if (match === undefined) return refuse(command, "MATCH_NOT_FOUND");
  const siege = siegeIn(state, match);
  if (siege === null || match.phase.state !== "FORMING") return refuse(command, "INVALID_STATE");
  const team = siege.contest.crews.indexOf(state.crewOf.get(player.id) ?? "crew_");
  if (team < 0) return refuse(command, "INVALID_CREW_OPERATION");
  const problem = joinProblem(player, match, { team, membersMax: siege.rules.membersMax });
  if (problem !== null) return refuse(command, problem);
  const until = cooldownUntil(player, match.mode);
  if (until > state.time) return refuse(command, "COOLDOWN", until);
  const mode = modeOfMatch(state, match);
  const stake = shareOf(mode, { stake: match.stake, players: siege.rules.membersMin });
  const deposits = faucetDeposits(state, [player], stake);
  if (deposits === undefined) return refuse(command, "INSUFFICIENT_FUNDS");
  const { rating } = recordOf(player, mode, state.plugins);
  const { origin } = command;
  const joined = { match: match.id, player: player.id, team, rating, stake };
  return [...deposits, { type: "siege.joined", ...joined, ...(origin !== undefined && { origin }) }];
}

function joinProblem(
  { ticket, match: current }: Player,
  match: Match,
  { team, membersMax }: { team: number; membersMax: number },
): RefusalCode | null {
  if (ticket !== null || current !== null) return "ALREADY_IN_QUEUE";
  return sidesOf(match.players)[team].length >= membersMax ? "CREW_FULL" : null;
}

/** A member leaves a siege that still gathers: free, and unbound at once. */
export function leaveSiege(
  match: Match,
  { id, stake }: MatchPlayer,
  cause: Pick<SiegeLeft, "reason" | "by" | "origin">,
): SiegeLeft {
  return { type: "siege.left", match: match.id, player: id, stake, reason: cause.reason, ...askedIn(cause) };
}
