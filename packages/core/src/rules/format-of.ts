import type { TeamFormat, TeamSize } from "../matching/teams/team-format.ts";
import type { ModeRules } from "./rules.ts";

/** How the matches of a mode are formed: two tickets, teams made up of several, or whoever registers. */
export type Former = "pairs" | "teams" | "rounds";

/**
 * The size of a team as its bounds.
 *
 * @example
 * teamSizeOf(5); // { min: 5, max: 5 }
 */
export function teamSizeOf(size: number | TeamSize): TeamSize {
  return typeof size === "number" ? { min: size, max: size } : size;
}

/**
 * What a mode's matches look like.
 *
 * @example
 * formatOf(defineMode({ id: "ranked", ...twoVsTwo }));
 * // { teams: [{ min: 2, max: 2 }, { min: 2, max: 2 }], sizeDifferenceMax: 0, roles: [] }
 */
export function formatOf({ teams, sizeDifferenceMax, roles }: FormatRules): TeamFormat {
  return { teams: teams.map(teamSizeOf), sizeDifferenceMax, roles };
}

type FormatRules = Pick<ModeRules, "teams" | "sizeDifferenceMax" | "roles">;

/**
 * Which former a mode needs.
 *
 * @example
 * formerOf(defineMode({ id: "ranked", ...fiveVsFive })); // "teams"
 */
export function formerOf({
  round,
  teams,
  search,
  roles,
}: Pick<ModeRules, "round" | "teams" | "search" | "roles">): Former {
  if (round !== null) return "rounds";
  if (search.sideDifferenceMax !== undefined) return "pairs";
  const isDuel = teams.length === 2 && teams.every((size) => teamSizeOf(size).max === 1);
  return isDuel && roles.length === 0 ? "pairs" : "teams";
}

/**
 * Whether so many players may queue as one ticket of a mode.
 *
 * @example
 * const mode = defineMode({ id: "ranked", ...fiveVsFive });
 * fitsAsTicket(mode, 3); // true
 * fitsAsTicket(mode, 6); // false
 */
export function fitsAsTicket(mode: ModeRules, players: number): boolean {
  if (players > mode.partySizeMax) return false;
  if (mode.round !== null) return players === 1;
  const sizes = mode.teams.map(teamSizeOf);
  if (formerOf(mode) === "pairs") return sizes.some(({ min, max }) => players >= min && players <= max);
  return sizes.some(({ max }) => players <= max);
}
