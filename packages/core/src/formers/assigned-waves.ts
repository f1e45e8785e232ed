import type { FormedMatch } from "../matching/formed-match.ts";
import type { SearchRules } from "../matching/search-rules.ts";
import type { Standing } from "../matching/standing.ts";
import { assignRoles } from "../matching/teams/assign-roles.ts";
import { rolesOf } from "../matching/teams/split-ticket.ts";
import type { TeamFormat } from "../matching/teams/team-format.ts";
import type { WaveRequest, Waves } from "../matching/waves.ts";
import { assignedCosts } from "./assigned-costs.ts";
import type { TeamAssigner } from "./matcher.ts";
import { copyOf, ratingGapOf, teamsNamed } from "./suggested.ts";

/** Waves whose matches are put on teams by a game's own way: who plays stays as it was found. */
export class AssignedWaves implements Waves {
  readonly #waves: Waves;
  readonly #format: TeamFormat;
  readonly #search: SearchRules;
  readonly #assigner: TeamAssigner;

  constructor({
    waves,
    format,
    search,
    assigner,
  }: {
    waves: Waves;
    format: TeamFormat;
    search: SearchRules;
    assigner: TeamAssigner;
  }) {
    this.#waves = waves;
    this.#format = format;
    this.#search = search;
    this.#assigner = assigner;
  }

  startOver(): void {
    this.#waves.startOver();
  }

  touch(standing: Standing): void {
    this.#waves.touch(standing);
  }

  dueInMs(now: number, at: number): number {
    return this.#waves.dueInMs(now, at);
  }

  run(request: WaveRequest): FormedMatch[] {
    return this.#waves.run(request).map((match) => this.#assign(match, request.at));
  }

  #assign(match: FormedMatch, at: number): FormedMatch {
    const tickets = match.teams.flat();
    const given = new Map(tickets.map((standing) => [standing.ticketId, standing]));
    const teams = teamsNamed(
      this.#assigner.assign({ tickets: tickets.map(copyOf), format: this.#format }),
      given,
    );
    if (teams.flat().length !== tickets.length) throw new Error("it left out a ticket of the match");
    const roles = this.#rolesOf(teams);
    const roleSteps = roles === null ? null : roles.reduce((sum, { steps }) => sum + steps, 0);
    return {
      ...match,
      teams,
      ...(roles !== null && { roles: roles.map(({ names }) => names) }),
      ratingGap: ratingGapOf(teams),
      costs: assignedCosts(teams, { search: this.#search, at, roleSteps }),
    };
  }

  #rolesOf(teams: readonly (readonly Standing[])[]): RolesOfTeam[] | null {
    const { roles } = this.#format;
    return roles.length === 0 ? null : teams.map((team) => rolesIn(team, roles));
  }
}

interface RolesOfTeam {
  readonly names: readonly string[];
  /** How far from their first choice its players are, in all. */
  readonly steps: number;
}

function rolesIn(team: readonly Standing[], roles: TeamFormat["roles"]): RolesOfTeam {
  const assigned = assignRoles(team.flatMap(rolesOf), roles);
  if (assigned === null) throw new Error("it made a team that cannot have its roles");
  return { names: assigned.roles.map((place) => roles[place].role), steps: assigned.steps };
}
