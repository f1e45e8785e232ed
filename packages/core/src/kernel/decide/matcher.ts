import type { PlayerId } from "../../ids.ts";
import { accepts } from "../../matching/accepts.ts";
import type { ModeRules } from "../../rules/rules.ts";
import type { MatcherPropose } from "../commands.ts";
import type { KernelEvent, MatchCreated } from "../events.ts";
import { currentMode, recordOf, standingIn } from "../lookups.ts";
import type { Player, Standing, Ticket } from "../model.ts";
import type { RefusalCode } from "../refusals.ts";
import type { State } from "../state.ts";
import { refuse } from "./refuse.ts";

/**
 * Judges a proposal against the state at its own position and takes it whole or not at all. A matcher,
 * even a wrong one, cannot book a player twice or pair tickets whose rules do not admit each other.
 */
export function decidePropose(state: State, command: MatcherPropose): KernelEvent[] {
  if (command.term !== state.term) return refuse(command, "STALE_TERM");
  if (command.rulesVersion !== state.rulesVersion) return refuse(command, "STALE_RULES");
  const pool = state.pools.get(command.pool);
  const mode = pool && currentMode(state, pool.mode);
  if (pool === undefined || mode === undefined) return refuse(command, "QUEUE_NOT_FOUND");
  const problem = proposalProblem(state, command, mode);
  if (problem !== null) return refuse(command, problem);
  const picked = pickTickets(state, command);
  if (typeof picked === "string") return refuse(command, picked);
  if (!shapeFits(picked.teams, mode) || !admitEachOther(state, picked.standings, mode)) {
    return refuse(command, "CONSTRAINTS_NOT_SATISFIED");
  }
  return [createdFrom(state, command, { mode, picked })];
}

interface Picked {
  readonly teams: readonly (readonly Ticket[])[];
  readonly standings: readonly (readonly Standing[])[];
}

function proposalProblem(state: State, command: MatcherPropose, mode: ModeRules): RefusalCode | null {
  if (!mode.enabled || !mode.available) return "MODE_NOT_AVAILABLE";
  if ((state.liveMatches.get(mode.id) ?? 0) >= mode.maxLiveMatches) return "QUEUE_FULL";
  if (state.matches.has(command.match)) return "ID_REUSED";
  if (!state.secretEpochs.has(command.secretEpoch)) return "INVALID_CONFIGURATION";
  if (!Number.isFinite(command.quality.costSecs)) return "INVALID_CONFIGURATION";
  const committed = command.commitment !== null && command.commitment.length === 64;
  return committed === (mode.game === "typing_duel") ? null : "INVALID_CONFIGURATION";
}

function pickTickets(state: State, command: MatcherPropose): Picked | RefusalCode {
  const taken = new Set<string>();
  const teams: Ticket[][] = [];
  const standings: Standing[][] = [];
  for (const ids of command.teams) {
    const team: Ticket[] = [];
    const places: Standing[] = [];
    for (const id of ids) {
      const ticket = state.tickets.get(id);
      const standing = ticket && standingIn(ticket, command.pool);
      if (ticket === undefined || standing === undefined || taken.has(id)) return "TICKET_NOT_WAITING";
      if (ticket.state !== "waiting" || ticket.absentUntil !== Number.POSITIVE_INFINITY)
        return "TICKET_NOT_WAITING";
      if (standing.eligibleAt > state.time) return "TICKET_NOT_WAITING";
      taken.add(id);
      team.push(ticket);
      places.push(standing);
    }
    teams.push(team);
    standings.push(places);
  }
  return { teams, standings };
}

function shapeFits(teams: readonly (readonly Ticket[])[], mode: ModeRules): boolean {
  if (teams.length !== mode.teams.length) return false;
  for (let index = 0; index < teams.length; index += 1) {
    let size = 0;
    for (const ticket of teams[index]) size += ticket.playerIds.length;
    if (size !== mode.teams[index]) return false;
  }
  return true;
}

/** Invariant 7: each ticket's window and hard preferences accept each ticket of every other team. */
function admitEachOther(state: State, teams: readonly (readonly Standing[])[], mode: ModeRules): boolean {
  for (let first = 0; first < teams.length; first += 1) {
    for (let second = first + 1; second < teams.length; second += 1) {
      for (const left of teams[first]) {
        for (const right of teams[second]) {
          if (accepts(left, right, mode.search, state.time) !== null) return false;
        }
      }
    }
  }
  return true;
}

function createdFrom(
  state: State,
  command: MatcherPropose,
  { mode, picked }: { mode: ModeRules; picked: Picked },
): MatchCreated {
  const players: MatchCreated["players"][number][] = [];
  const tickets: Ticket["id"][] = [];
  picked.teams.forEach((team, index) => {
    for (const ticket of team) {
      tickets.push(ticket.id);
      for (const player of ticket.playerIds) {
        players.push({ player, team: index, ticket: ticket.id, rating: ratingOf(state, player, mode) });
      }
    }
  });
  const first = picked.standings[0][0];
  return {
    type: "match.created",
    match: command.match,
    mode: mode.id,
    tier: state.pools.get(command.pool)?.tier ?? null,
    pool: command.pool,
    rulesVersion: command.rulesVersion,
    secretEpoch: command.secretEpoch,
    state: mode.readyCheckMs === null ? "PREPARING" : "MATCHED",
    deadline: state.time + (mode.readyCheckMs ?? 0),
    stake: first.stake,
    commitment: command.commitment,
    quality: command.quality,
    tickets,
    players,
  };
}

function ratingOf(state: State, id: PlayerId, mode: ModeRules): number {
  return recordOf(state.players.get(id) as Player, mode).rating;
}
