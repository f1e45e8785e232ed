import type { PlayerId } from "../../ids.ts";
import type { CrewLeft, KernelEvent } from "../events.ts";
import { crewTicket, matchPlayerOf } from "../lookups.ts";
import type { Crew, Match, MatchPlayer } from "../model.ts";
import type { RefusalCode } from "../refusals.ts";
import type { State } from "../state.ts";
import { freedBy } from "../territories.ts";
import { type Asked, askedIn } from "./asked.ts";
import { leaveSiege } from "./siege.ts";

type Leaving = Pick<CrewLeft, "player" | "reason" | "by" | "origin">;

/**
 * Somebody leaves a crew: a waiting ticket they are on is taken back, and the longest-standing of those who stay
 * leads on. Between a match being found and its start nobody on it leaves.
 */
export function leaveCrew(state: State, crew: Crew, leaving: Leaving): KernelEvent[] | RefusalCode {
  const { player, reason, by } = leaving;
  const asked = askedIn(leaving);
  const fight = fightOf(state, crew, player);
  const isGathering = fight?.match.phase.state === "FORMING";
  if (fight !== null && !isGathering && fight.match.phase.state !== "ACTIVE") return "INVALID_STATE";
  const ticket = crewTicket(state, crew);
  const isOnTicket = ticket?.playerIds.includes(player) === true;
  if (isOnTicket && ticket.state === "matched") return "INVALID_STATE";
  const others = crew.members.filter((member) => member !== player);
  if (others.length === 0) return disband(state, crew, asked);
  const withdrawn: KernelEvent[] = isOnTicket ? withdraw(state, crew, by ?? player) : [];
  if (isGathering) withdrawn.push(leaveSiege(fight.match, fight.own, { reason: "crew_left" }));
  const leader = crew.leader === player ? others[0] : crew.leader;
  return [...withdrawn, { type: "crew.left", crew: crew.id, player, reason, leader, ...asked }];
}

/** The siege in which a member fights for their crew. */
function fightOf(state: State, { contests }: Crew, id: PlayerId): { match: Match; own: MatchPlayer } | null {
  const player = state.players.get(id);
  const match = player?.match == null ? undefined : state.matches.get(player.match);
  const own = match && matchPlayerOf(match, id);
  return match === undefined || own === undefined || !contests.includes(match.id) ? null : { match, own };
}

/** The crew is no more, and what it owns is nobody's; this cannot be while it fights or has been called to a match. */
export function disband(state: State, crew: Crew, asked: Asked): KernelEvent[] | RefusalCode {
  if (crewTicket(state, crew)?.state === "matched" || crew.contests.length > 0) return "INVALID_STATE";
  const withdrawn = withdraw(state, crew, asked.by ?? crew.leader);
  const disbanded: KernelEvent = { type: "crew.disbanded", crew: crew.id, players: crew.members, ...asked };
  return [...withdrawn, ...freedBy(state, crew.id), disbanded];
}

/** The crew's waiting ticket ends: its players are told, and free. */
function withdraw(state: State, crew: Crew, by: PlayerId): KernelEvent[] {
  const ticket = crewTicket(state, crew);
  if (ticket?.state !== "waiting") return [];
  return [{ type: "ticket.ended", ticket: ticket.id, players: ticket.playerIds, reason: "crew_changed", by }];
}
