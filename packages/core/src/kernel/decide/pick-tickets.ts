import type { PoolKey, TicketId } from "../../ids.ts";
import type { ModeRules } from "../../rules/rules.ts";
import type { MatcherPropose } from "../commands.ts";
import { standingIn } from "../lookups.ts";
import type { Standing, Ticket } from "../model.ts";
import type { RefusalCode } from "../refusals.ts";
import type { State } from "../state.ts";

type Proposal = Pick<MatcherPropose, "match" | "secretEpoch" | "quality" | "commitment" | "map">;

/** The tickets of a proposal, by team, and their places in its pool. */
export interface Picked {
  readonly teams: readonly (readonly Ticket[])[];
  readonly standings: readonly (readonly Standing[])[];
}

/** Why a new match of a mode cannot be made, whoever plays in it. */
export function proposalProblem(state: State, command: Proposal, mode: ModeRules): RefusalCode | null {
  if (!mode.enabled || !mode.available) return "MODE_NOT_AVAILABLE";
  if ((state.liveMatches.get(mode.id) ?? 0) >= mode.maxLiveMatches) return "QUEUE_FULL";
  if (state.matches.has(command.match)) return "ID_REUSED";
  if (!state.secretEpochs.has(command.secretEpoch)) return "INVALID_CONFIGURATION";
  if (!isSoundQuality(command)) return "INVALID_CONFIGURATION";
  if (!mode.maps.includes(command.map ?? "") && mode.maps.length > 0) return "INVALID_CONFIGURATION";
  const committed = command.commitment !== null && command.commitment.length === 64;
  return committed === (mode.game === "typing_duel") ? null : "INVALID_CONFIGURATION";
}

function isSoundQuality({ quality: { costSecs, costs, ratingGap } }: Proposal): boolean {
  return [costSecs, ratingGap, ...costs.map(({ secs }) => secs)].every(Number.isFinite);
}

/** Finds tickets that wait in a pool and can be matched; each once. */
export function pickTickets(
  state: State,
  pool: PoolKey,
  named: readonly (readonly TicketId[])[],
): Picked | RefusalCode {
  const taken = new Set<string>();
  const teams: Ticket[][] = [];
  const standings: Standing[][] = [];
  for (const ids of named) {
    const team: Ticket[] = [];
    const places: Standing[] = [];
    for (const id of ids) {
      const ticket = state.tickets.get(id);
      const standing = ticket && standingIn(ticket, pool);
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
