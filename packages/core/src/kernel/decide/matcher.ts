import type { CrewId } from "../../ids.ts";
import { bestRegion } from "../../matching/regions.ts";
import { ratable, ratingSystemOf } from "../../plugins/rating-system-of.ts";
import type { Rating } from "../../ratings/rating.ts";
import { predictSafely, type SafeAnswer } from "../../ratings/safely.ts";
import type { ModeRules } from "../../rules/rules.ts";
import type { MatcherPropose, MatcherViolation } from "../commands.ts";
import type { KernelEvent, MatchCreated } from "../events.ts";
import { kernelLimits } from "../limits.ts";
import { currentMode, recordOf } from "../lookups.ts";
import type { Contest, Player, Ticket } from "../model.ts";
import type { State } from "../state.ts";
import { createdMatch } from "./created-match.ts";
import { admitEachOther, rolesFit, sizesFit } from "./judge-teams.ts";
import { type Picked, pickTickets, proposalProblem } from "./pick-tickets.ts";
import { refuse } from "./refuse.ts";

/**
 * Judges a proposal against the state at its own position and takes it whole or not at all. A matcher,
 * even a wrong one, cannot book a player twice or pair tickets whose rules do not admit each other.
 */
export function decidePropose(state: State, command: MatcherPropose): KernelEvent[] {
  if (command.term !== state.term) return refuse(command, "STALE_TERM");
  if (command.rulesVersion !== state.rulesVersion) return refuse(command, "STALE_RULES");
  if (state.haltedAt !== undefined) return refuse(command, "INVALID_STATE");
  const pool = state.pools.get(command.pool);
  const mode = pool && currentMode(state, pool.mode);
  if (pool === undefined || mode === undefined || mode.round !== null)
    return refuse(command, "QUEUE_NOT_FOUND");
  const problem = proposalProblem(state, command, mode);
  if (problem !== null) return refuse(command, problem);
  const picked = pickTickets(state, command.pool, command.teams);
  if (typeof picked === "string") return refuse(command, picked);
  const { standings } = picked;
  const fits = sizesFit(standings, mode) && rolesFit(standings, command.roles, mode);
  if (!fits || !admitEachOther(state, standings, mode)) return refuse(command, "CONSTRAINTS_NOT_SATISFIED");
  const place = bestRegion(standings.flat(), mode.search, state.time);
  if (place === null && mode.search.regions !== undefined)
    return refuse(command, "CONSTRAINTS_NOT_SATISFIED");
  return [createdFrom(state, command, { mode, picked, region: place?.region ?? null })];
}

/** What went wrong in a matcher is told to whoever watches, and changes nothing. */
export function decideViolation(state: State, command: MatcherViolation): KernelEvent[] {
  if (command.term !== state.term) return refuse(command, "STALE_TERM");
  const detail = command.detail.slice(0, kernelLimits.customLengthMax);
  return [{ type: "violation", code: command.code, detail }];
}

function createdFrom(
  state: State,
  command: MatcherPropose,
  { mode, picked, region }: { mode: ModeRules; picked: Picked; region: string | null },
): MatchCreated {
  const players: MatchCreated["players"][number][] = [];
  const tickets: Ticket["id"][] = [];
  const ratings: Rating[][] = picked.teams.map(() => []);
  for (const [team, members] of picked.teams.entries()) {
    for (const [place, ticket] of members.entries()) {
      const { stake } = picked.standings[team][place];
      tickets.push(ticket.id);
      for (const player of ticket.playerIds) {
        const record = recordOf(state.players.get(player) as Player, mode, state.plugins);
        const role = command.roles?.[team][ratings[team].length] ?? null;
        players.push({ player, team, ticket: ticket.id, rating: record.rating, role, stake });
        ratings[team].push(record);
      }
    }
  }
  const tier = state.pools.get(command.pool)?.tier ?? null;
  const { value, ...trouble } = predictedBy(state, mode, ratings);
  return createdMatch(state, command, {
    mode,
    tier,
    pool: command.pool,
    contest: contestOf(state, command, picked),
    state: mode.readyCheckMs === null ? "PREPARING" : "MATCHED",
    deadline: state.time + (mode.readyCheckMs ?? 0),
    region,
    winProbabilities: value,
    ...trouble,
    tickets,
    players,
  });
}

/** Where tickets fight for a territory each is a whole side, and a crew's. */
function contestOf(state: State, { pool }: MatcherPropose, { teams }: Picked): Contest | null {
  const territory = state.pools.get(pool)?.territory ?? null;
  if (territory === null) return null;
  const [first, second] = teams.map(([{ crew }]) => crew as CrewId);
  return { territory, crews: [first, second], isSiege: false };
}

/** Equal chances in a mode that rates nobody. */
function predictedBy(
  { plugins }: State,
  mode: ModeRules,
  teams: readonly (readonly Rating[])[],
): SafeAnswer<readonly number[]> {
  if (mode.rating === null) return { value: teams.map(() => 1 / teams.length) };
  const system = ratingSystemOf(mode.rating, plugins);
  return predictSafely(
    system,
    teams.map((ratings) => ({ ratings: ratings.map((rating) => ratable(rating, system.initial())) })),
  );
}
