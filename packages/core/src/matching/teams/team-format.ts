/** How many players a team has. Equal bounds: a fixed size. */
export interface TeamSize {
  readonly min: number;
  readonly max: number;
}

/** A role and how many players of each team have it. */
export interface RoleCount {
  readonly role: string;
  readonly count: number;
}

/**
 * What a match of teams looks like.
 *
 * @example
 * const fiveVsFive = { teams: [{ min: 5, max: 5 }, { min: 5, max: 5 }], sizeDifferenceMax: 0, roles: [] };
 */
export interface TeamFormat {
  readonly teams: readonly TeamSize[];
  /** By how many players the largest team may exceed the smallest. */
  readonly sizeDifferenceMax: number;
  /** The roles of every team; empty: no roles. Their counts sum up to a team's size. */
  readonly roles: readonly RoleCount[];
}

/** Bounds of formats. */
export const teamFormatLimits = {
  playersMax: 128,
  /** Ways in which one team can be filled in part. */
  teamStatesMax: 1_024,
  /** Ways in which all teams can. */
  fillStatesMax: 8_192,
  /** Entries of the table of moves between them: 4 MiB. */
  fillMovesMax: 1_048_576,
} as const;

/**
 * What is wrong with a format; empty when nothing is.
 *
 * @example
 * teamFormatProblems({ teams: [{ min: 5, max: 4 }], sizeDifferenceMax: 0, roles: [] });
 */
export function teamFormatProblems(format: TeamFormat): string[] {
  const { teams, sizeDifferenceMax, roles } = format;
  const problems: string[] = [];
  if (teams.length === 0) problems.push("teams: one team or more");
  for (const [place, { min, max }] of teams.entries()) {
    if (!isCount(min) || !isCount(max) || min > max)
      problems.push(`teams[${place}]: whole sizes, 1 ≤ min ≤ max`);
  }
  if (problems.length > 0) return problems;
  if (!Number.isInteger(sizeDifferenceMax) || sizeDifferenceMax < 0)
    problems.push("sizeDifferenceMax: a whole number ≥ 0");
  if (playersMaxOf(format) > teamFormatLimits.playersMax)
    return [...problems, `teams: at most ${teamFormatLimits.playersMax} players`];
  const [largestMin, smallestMax] = [
    Math.max(...teams.map(({ min }) => min)),
    Math.min(...teams.map(({ max }) => max)),
  ];
  if (largestMin - smallestMax > sizeDifferenceMax)
    problems.push("sizeDifferenceMax: the teams can never meet it");
  problems.push(...roleProblems(teams, roles));
  return problems.length > 0 ? problems : wayProblems(format);
}

/** Runs of teams of one size: within one they are interchangeable. */
export function alikeTeamsOf({ teams }: TeamFormat): { readonly from: number; readonly to: number }[] {
  const runs: { from: number; to: number }[] = [];
  for (const [team, { min, max }] of teams.entries()) {
    const before = teams[team - 1];
    const last = runs.at(-1);
    if (last !== undefined && before.min === min && before.max === max) last.to = team + 1;
    else runs.push({ from: team, to: team + 1 });
  }
  return runs;
}

/** Too many ways to fill the teams would take too much memory. */
function wayProblems(format: TeamFormat): string[] {
  const { teams, roles } = format;
  const statesOf = (players: number) =>
    roles.length === 0 ? players + 1 : roles.reduce((ways, { count }) => ways * (count + 1), 1);
  const teamStates = statesOf(Math.max(...teams.map(({ max }) => max)));
  if (teamStates > teamFormatLimits.teamStatesMax) return ["roles: too many ways to fill a team"];
  let ways = 1;
  for (const { from, to } of alikeTeamsOf(format)) {
    // So many multisets of states there are.
    for (let team = 0; team < to - from; team += 1) ways *= (statesOf(teams[from].max) + team) / (team + 1);
  }
  const isTooMany =
    Math.round(ways) > teamFormatLimits.fillStatesMax ||
    Math.round(ways) * teamStates * teams.length > teamFormatLimits.fillMovesMax;
  return isTooMany ? ["teams: too many ways to fill them"] : [];
}

/** The most players a match can have. */
export function playersMaxOf({ teams }: TeamFormat): number {
  return teams.reduce((sum, { max }) => sum + max, 0);
}

function roleProblems(teams: readonly TeamSize[], roles: readonly RoleCount[]): string[] {
  if (roles.length === 0) return [];
  const problems: string[] = [];
  if (roles.some(({ role, count }) => role === "" || !isCount(count)))
    problems.push("roles: each a name and a count ≥ 1");
  if (new Set(roles.map(({ role }) => role)).size < roles.length) problems.push("roles: each named once");
  const players = roles.reduce((sum, { count }) => sum + count, 0);
  if (teams.some(({ min, max }) => min !== players || max !== players))
    problems.push("roles: their counts sum up to the size of every team");
  return problems;
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 1;
}
