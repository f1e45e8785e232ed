import type { Candidates } from "./candidates.ts";
import type { FillTable } from "./fill-table.ts";
import type { SplitTicket } from "./split-ticket.ts";
import { boundsOf, spreadOf } from "./spread.ts";
import type { TeamPrices } from "./team-prices.ts";
import type { TeamSplit } from "./team-split.ts";
import { TeamTotals } from "./team-totals.ts";

/** Bounds of the search for better tickets. */
const triesMax = 8;
const checksMax = 128;
/** With so many tickets to spare at most, two are exchanged at once. */
const sparedPairsMax = 10;
/** Less is not worth the work, in seconds. */
export const gainLeast = 0.1;

/** Chosen tickets and their split. */
export interface ChosenTeams {
  /** Places among the candidates. */
  readonly chosen: readonly number[];
  readonly split: TeamSplit;
}

interface BetterRequest {
  readonly candidates: Candidates;
  readonly teams: ChosenTeams;
  /** The place of the ticket that must play. */
  readonly kept: number;
  readonly table: FillTable;
  readonly prices: TeamPrices;
  /** Whether tickets fill the teams, sizes and roles exact. */
  readonly fillTeams: (chosen: readonly number[]) => boolean;
}

/** Tickets on one side of an exchange: places among the candidates. */
interface Group {
  readonly places: readonly number[];
  readonly size: number;
}

interface Exchange {
  readonly out: Group;
  readonly into: Group;
  readonly gain: number;
}

/**
 * Other choices that look cheaper, the most promising first: one ticket of a team, or two, give way to others of as many
 * players. Looks at strengths, spread and parties; what roles cost is for a split to say.
 */
export function betterChoices(request: BetterRequest): (readonly number[])[] {
  const { candidates, teams, fillTeams } = request;
  const choices: (readonly number[])[] = [];
  for (const { out, into } of exchangesOf(request).slice(0, checksMax)) {
    const left = teams.chosen.filter((place) => !out.places.includes(place));
    const isWelcome = into.places.every((place, index) =>
      [...left, ...into.places.slice(index + 1)].every((other) => candidates.mayMeet(place, other)),
    );
    const chosen = [...left, ...into.places];
    if (isWelcome && fillTeams(chosen)) choices.push(chosen);
    if (choices.length === triesMax) break;
  }
  return choices;
}

function exchangesOf(request: BetterRequest): Exchange[] {
  const { candidates, teams, kept, table } = request;
  const { chosen, split } = teams;
  const outlook = new Outlook(request);
  const spared: number[] = [];
  for (let place = 0; place < candidates.count; place += 1) if (!chosen.includes(place)) spared.push(place);
  const withPairs = spared.length <= sparedPairsMax;
  // Parties and sizes only change where two are exchanged at once.
  if ((withPairs ? outlook.secs : outlook.ratingSecs) < gainLeast) return [];
  const intos = groupsOf(spared, candidates, withPairs);
  const exchanges: Exchange[] = [];
  for (let team = 0; team < table.teams; team += 1) {
    const own = chosen.filter((place, index) => split.teamOf[index] === team && place !== kept);
    for (const out of groupsOf(own, candidates, withPairs)) {
      for (const into of intos) {
        if (into.size !== out.size) continue;
        const gain = outlook.secs - outlook.secsAfter(team, out.places, into.places);
        if (gain >= gainLeast) exchanges.push({ out, into, gain });
      }
    }
  }
  // The sort is stable, and the order before it is that of the candidates.
  return exchanges.sort((left, right) => right.gain - left.gain);
}

function groupsOf(places: readonly number[], { kinds }: Candidates, withPairs: boolean): Group[] {
  const groups: Group[] = places.map((place) => ({ places: [place], size: kinds[place].size }));
  if (!withPairs) return groups;
  for (const [index, left] of places.entries()) {
    for (const right of places.slice(index + 1))
      groups.push({ places: [left, right], size: kinds[left].size + kinds[right].size });
  }
  return groups;
}

/** What a match would cost after an exchange, but for its roles. */
class Outlook {
  readonly secs: number;
  /** What strengths and spread cost of that. */
  readonly ratingSecs: number;
  readonly #candidates: Candidates;
  readonly #teams: ChosenTeams;
  readonly #prices: TeamPrices;
  readonly #totals: TeamTotals;
  /** By how much an exchange between the two teams changes the difference of their mean ratings. */
  readonly #crossings: readonly number[];

  constructor({ candidates, teams, table, prices }: BetterRequest) {
    const tickets = teams.chosen.map((place) => candidates.ticketOf(place));
    this.#candidates = candidates;
    this.#teams = teams;
    this.#prices = prices;
    this.#totals = new TeamTotals(table.teams);
    this.#totals.reset(tickets, teams.split.teamOf);
    this.#crossings = table.teams === 2 ? crossingsOf(tickets, teams.split.teamOf, this.#totals) : [];
    const spreadSecs = prices.spreadPointSecs * spreadOf(boundsOf(teams.chosen, candidates.ratings));
    this.secs = this.#totals.secs(prices) + spreadSecs;
    this.ratingSecs = prices.ratingPointSecs * this.#totals.ratingGap() + spreadSecs;
  }

  secsAfter(team: number, out: readonly number[], into: readonly number[]): number {
    const [totals, prices] = [this.#totals, this.#prices];
    const { strengths, premades } = totals;
    const [strength, premade] = [strengths[team], premades[team]];
    for (const place of out) strengths[team] -= this.#candidates.ticketOf(place).strength;
    for (const place of into) strengths[team] += this.#candidates.ticketOf(place).strength;
    premades[team] = this.#premadeAfter(team, out, into);
    const secs =
      prices.ratingPointSecs * this.#gap() +
      prices.premadeSecs * totals.premadeDifference() +
      prices.sizeSecs * totals.sizeDifference() +
      prices.spreadPointSecs * this.#spreadAfter(out, into);
    strengths[team] = strength;
    premades[team] = premade;
    return secs;
  }

  /** The gap that is left when two tickets of a size may change teams. */
  #gap(): number {
    let gap = this.#totals.ratingGap();
    if (this.#crossings.length === 0) return gap;
    const { strengths, sizes } = this.#totals;
    const difference = strengths[0] / sizes[0] - strengths[1] / sizes[1];
    for (const crossing of this.#crossings) {
      const left = Math.abs(difference - crossing);
      if (left < gap) gap = left;
    }
    return gap;
  }

  #premadeAfter(team: number, out: readonly number[], into: readonly number[]): number {
    const { kinds } = this.#candidates;
    const { chosen, split } = this.#teams;
    let premade = 0;
    for (const place of into) premade = Math.max(premade, kinds[place].size);
    for (let index = 0; index < chosen.length; index += 1) {
      const place = chosen[index];
      if (split.teamOf[index] === team && kinds[place].size > premade && !out.includes(place))
        premade = kinds[place].size;
    }
    return premade;
  }

  #spreadAfter(out: readonly number[], into: readonly number[]): number {
    const { ratings } = this.#candidates;
    let [high, low] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
    const count = (place: number) => {
      if (ratings[place] > high) high = ratings[place];
      if (ratings[place] < low) low = ratings[place];
    };
    for (const place of this.#teams.chosen) if (!out.includes(place)) count(place);
    for (const place of into) count(place);
    return high - low;
  }
}

function crossingsOf(tickets: readonly SplitTicket[], teamOf: Uint8Array, { sizes }: TeamTotals): number[] {
  const share = 1 / sizes[0] + 1 / sizes[1];
  const crossings: number[] = [];
  for (const [left, one] of tickets.entries()) {
    if (teamOf[left] !== 0) continue;
    for (const [right, other] of tickets.entries()) {
      if (teamOf[right] === 1 && one.size === other.size)
        crossings.push((one.strength - other.strength) * share);
    }
  }
  return crossings;
}
