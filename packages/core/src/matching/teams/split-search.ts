import type { FillTable } from "./fill-table.ts";
import { combineWays, noRolesGiven, type RoleWays } from "./role-ways.ts";
import type { SplitTicket } from "./split-ticket.ts";
import type { TeamPrices } from "./team-prices.ts";
import type { TeamSplit } from "./team-split.ts";
import { TeamTotals } from "./team-totals.ts";

/** Bound of one search: all splits of 16 players on two teams, of 10 on any number, are within. */
const stepsMax = 32_768;

/** What stands for the team of a ticket that does not play. */
export const noTeam = 255;

/** Where only some of the tickets play: the first must. */
export interface SomePlay {
  /** How many players a match must have. */
  readonly players: number;
  /** By ticket: what the spread goes by. */
  readonly ratings: readonly number[];
  readonly mayMeet: (left: number, right: number) => boolean;
  /** Only what costs less than this is of interest, the spread included. */
  readonly secs: number;
}

/**
 * Tries the ways to put tickets on the teams of one format so that sizes are legal and every team can have its roles. Teams
 * of one size are interchangeable: of splits that only swap their names one is tried.
 */
export class SplitSearch {
  readonly #table: FillTable;
  readonly #prices: TeamPrices;
  readonly #totals: TeamTotals;
  /** By team. */
  readonly #ways: RoleWays[];
  #tickets: readonly SplitTicket[] = [];
  /** Places of tickets, the largest first: they leave the least choice. */
  #order: readonly number[] = [];
  #teamOf = new Uint8Array(0);
  #somePlay: SomePlay | null = null;
  #best: TeamSplit | null = null;
  /** What the best costs, the spread included where only some play. */
  #least = Number.POSITIVE_INFINITY;
  #steps = 0;
  #players = 0;
  #playersLeft = 0;

  constructor(table: FillTable, prices: TeamPrices) {
    this.#table = table;
    this.#prices = prices;
    this.#totals = new TeamTotals(table.teams);
    this.#ways = table.format.teams.map(() => noRolesGiven);
  }

  /** Whether the last search tried everything. */
  get isComplete(): boolean {
    return this.#steps < stepsMax;
  }

  /** How many placements the last search tried. */
  get steps(): number {
    return this.#steps;
  }

  /** The cheapest split, null when none was found. Unless told otherwise, all tickets play. */
  find(tickets: readonly SplitTicket[], somePlay: SomePlay | null = null): TeamSplit | null {
    this.#tickets = tickets;
    this.#somePlay = somePlay;
    this.#order = tickets.map((_, place) => place).sort((a, b) => tickets[b].size - tickets[a].size || a - b);
    this.#teamOf = new Uint8Array(tickets.length).fill(noTeam);
    this.#best = null;
    this.#least = somePlay?.secs ?? Number.POSITIVE_INFINITY;
    this.#steps = 0;
    this.#totals.reset();
    this.#playersLeft = tickets.reduce((sum, { size }) => sum + size, 0);
    this.#players = somePlay?.players ?? this.#playersLeft;
    this.#place(0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY);
    return this.#best;
  }

  /** Goes on with the ticket at some depth; those before it that play have ratings from `low` to `high`. */
  #place(depth: number, low: number, high: number): void {
    if (depth === this.#order.length) return this.#note(high - low);
    if (this.#somePlay !== null && this.#prices.spreadPointSecs * (high - low) >= this.#least) return;
    const place = this.#order[depth];
    const rating = this.#somePlay?.ratings[place] ?? 0;
    const ticket = this.#tickets[place];
    const { sizes, strengths, premades } = this.#totals;
    const { format, team: states } = this.#table;
    const isWelcome = this.#somePlay === null || this.#isWelcome(depth, this.#somePlay);
    this.#playersLeft -= ticket.size;
    for (let team = 0; isWelcome && team < sizes.length && this.isComplete; team += 1) {
      if (sizes[team] + ticket.size > format.teams[team].max || this.#isTwinOfEmpty(team)) continue;
      this.#steps += 1;
      const before = this.#ways[team];
      const ways = combineWays(before, ticket.ways, states);
      if (ways.length === 0) continue;
      const [strength, premade] = [strengths[team], premades[team]];
      this.#ways[team] = ways;
      this.#totals.add(ticket, team);
      this.#teamOf[place] = team;
      if (this.#canBeFilled()) this.#place(depth + 1, Math.min(low, rating), Math.max(high, rating));
      this.#ways[team] = before;
      sizes[team] -= ticket.size;
      strengths[team] = strength;
      premades[team] = premade;
    }
    if (this.#somePlay !== null) {
      this.#teamOf[place] = noTeam;
      if (place !== 0 && this.#canBeFilled()) this.#place(depth + 1, low, high);
    }
    this.#playersLeft += ticket.size;
  }

  /** Whether a ticket may meet all who play before it. */
  #isWelcome(depth: number, { mayMeet }: SomePlay): boolean {
    const place = this.#order[depth];
    for (let before = 0; before < depth; before += 1) {
      const other = this.#order[before];
      if (this.#teamOf[other] !== noTeam && !mayMeet(place, other)) return false;
    }
    return true;
  }

  #note(spread: number): void {
    if (this.#somePlay !== null && this.#totals.players() !== this.#players) return;
    const { sizes } = this.#totals;
    const { teams, sizeDifferenceMax } = this.#table.format;
    for (let team = 0; team < sizes.length; team += 1) if (sizes[team] < teams[team].min) return;
    if (this.#totals.sizeDifference() > sizeDifferenceMax) return;
    // A full team is in one state only, so its roles come to one number of steps.
    const steps = this.#ways.reduce((sum, ways) => sum + ways[1], 0);
    const secs = this.#totals.secs(this.#prices) + (this.#prices.roleStepSecs * steps) / this.#players;
    const all = this.#somePlay === null ? secs : secs + this.#prices.spreadPointSecs * spread;
    if (all >= this.#least) return;
    this.#least = all;
    this.#best = { teamOf: this.#teamOf.slice(), steps, secs };
  }

  /** Whether a team of the same size before this one is empty too. */
  #isTwinOfEmpty(team: number): boolean {
    if (team === 0 || this.#totals.sizes[team] > 0 || this.#totals.sizes[team - 1] > 0) return false;
    const [before, own] = [this.#table.format.teams[team - 1], this.#table.format.teams[team]];
    return before.min === own.min && before.max === own.max;
  }

  #canBeFilled(): boolean {
    const { sizes } = this.#totals;
    let missing = 0;
    for (let team = 0; team < sizes.length; team += 1)
      missing += Math.max(0, this.#table.format.teams[team].min - sizes[team]);
    return missing <= this.#playersLeft;
  }
}
