import { alikeTeamsOf, playersMaxOf, type TeamFormat, teamFormatProblems } from "./team-format.ts";
import { type TeamStates, teamStatesOf } from "./team-states.ts";

/**
 * All ways in which the teams of a format can be filled in part, and the moves between them. A state says how
 * many players, of which roles, each team has; teams of one size are interchangeable, so they are kept sorted. State
 * 0 is empty.
 */
export interface FillTable {
  readonly format: TeamFormat;
  readonly team: TeamStates;
  readonly teams: number;
  readonly states: number;
  readonly playersMax: number;
  /** At `(state × team.states + addition) × teams + team`: the state after the addition to that team; -1: no room. */
  readonly moves: Int32Array;
  /** 1: a legal match. */
  readonly isFull: Uint8Array;
  /** Players in all teams, by state. */
  readonly players: Uint8Array;
}

/**
 * Compiles a format. Throws a RangeError for one that has problems.
 *
 * @example
 * const table = fillTableOf(format);
 */
export function fillTableOf(format: TeamFormat): FillTable {
  const [problem] = teamFormatProblems(format);
  if (problem !== undefined) throw new RangeError(problem);
  const team = teamStatesOf(format);
  const found = new FoundStates(format, team);
  const teams = format.teams.length;
  const moves: number[] = [];
  for (let state = 0; state < found.fills.length; state += 1) {
    found.addMoves(state, moves);
  }
  const { fills } = found;
  return {
    format,
    team,
    teams,
    states: fills.length,
    playersMax: playersMaxOf(format),
    moves: Int32Array.from(moves),
    isFull: Uint8Array.from(fills, (fill) => (isFull(fill, format, team) ? 1 : 0)),
    players: Uint8Array.from(fills, (fill) => fill.reduce((sum, state) => sum + team.players[state], 0)),
  };
}

/** The states found so far, in the order of finding. */
class FoundStates {
  readonly fills: number[][] = [];
  readonly #format: TeamFormat;
  readonly #team: TeamStates;
  readonly #known = new Map<string, number>();

  constructor(format: TeamFormat, team: TeamStates) {
    this.#format = format;
    this.#team = team;
    this.#stateOf(format.teams.map(() => 0));
  }

  /** Appends the moves out of one state. Of teams alike only the first is added to. */
  addMoves(state: number, moves: number[]): void {
    const fill = this.fills[state];
    const { teams } = this.#format;
    const { states, sums, players } = this.#team;
    for (let addition = 0; addition < states; addition += 1) {
      for (let own = 0; own < teams.length; own += 1) {
        const isTwin = own > 0 && fill[own] === fill[own - 1] && isAlike(this.#format, own);
        const sum = sums[fill[own] * states + addition];
        const hasRoom = addition > 0 && !isTwin && sum >= 0 && players[sum] <= teams[own].max;
        moves.push(hasRoom ? this.#stateOf(fill.with(own, sum)) : -1);
      }
    }
  }

  #stateOf(fill: number[]): number {
    const sorted = sortAlike(fill, this.#format);
    const key = sorted.join();
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    this.fills.push(sorted);
    this.#known.set(key, this.fills.length - 1);
    return this.fills.length - 1;
  }
}

/** Whether a team has the same size as the one before it. */
function isAlike({ teams }: TeamFormat, own: number): boolean {
  return teams[own].min === teams[own - 1].min && teams[own].max === teams[own - 1].max;
}

function sortAlike(fill: readonly number[], format: TeamFormat): number[] {
  return alikeTeamsOf(format).flatMap(({ from, to }) =>
    fill.slice(from, to).sort((left, right) => left - right),
  );
}

function isFull(
  fill: readonly number[],
  { teams, sizeDifferenceMax }: TeamFormat,
  team: TeamStates,
): boolean {
  const sizes = fill.map((state) => team.players[state]);
  if (Math.max(...sizes) - Math.min(...sizes) > sizeDifferenceMax) return false;
  return sizes.every((size, own) => size >= teams[own].min && size <= teams[own].max);
}
