import type { FormedMatch } from "../matching/formed-match.ts";
import type { Standing } from "../matching/standing.ts";
import { memberRoles } from "../matching/standing.ts";
import { assignRoles } from "../matching/teams/assign-roles.ts";
import type { TeamFormat } from "../matching/teams/team-format.ts";
import type { WaveRequest, Waves } from "../matching/waves.ts";
import type { TeamAssigner } from "./matcher.ts";
import { ratingGapOf, teamsNamed } from "./suggested.ts";

/** Waves whose matches are put on teams by a game's own way: who plays stays as it was found. */
export class AssignedWaves implements Waves {
  readonly #waves: Waves;
  readonly #format: TeamFormat;
  readonly #assigner: TeamAssigner;

  constructor({ waves, format, assigner }: { waves: Waves; format: TeamFormat; assigner: TeamAssigner }) {
    this.#waves = waves;
    this.#format = format;
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
    return this.#waves.run(request).map((match) => this.#assign(match));
  }

  #assign(match: FormedMatch): FormedMatch {
    const tickets = match.teams.flat();
    const given = new Map(tickets.map((standing) => [standing.ticketId, standing]));
    const teams = teamsNamed(this.#assigner.assign({ tickets, format: this.#format }), given);
    if (teams.flat().length !== tickets.length) throw new Error("it left out a ticket of the match");
    const costs = match.costs.filter(({ term }) => term === "spread" || term === "latency");
    return { ...match, teams, ...this.#rolesOf(teams), ratingGap: ratingGapOf(teams), costs };
  }

  #rolesOf(teams: readonly (readonly Standing[])[]): Pick<FormedMatch, "roles"> {
    const { roles } = this.#format;
    if (roles.length === 0) return {};
    return { roles: teams.map((team) => rolesIn(team, roles)) };
  }
}

function rolesIn(team: readonly Standing[], roles: TeamFormat["roles"]): string[] {
  const players = team.flatMap((standing) =>
    standing.playerIds.map((_, place) => memberRoles(standing, place)),
  );
  const assigned = assignRoles(players, roles);
  if (assigned === null) throw new Error("it made a team that cannot have its roles");
  return assigned.roles.map((place) => roles[place].role);
}
