import { exchangeTickets } from "./exchange-tickets.ts";
import type { FillTable } from "./fill-table.ts";
import { packTeams } from "./pack-teams.ts";
import { noTeam, type SomePlay, SplitSearch } from "./split-search.ts";
import type { SplitTicket } from "./split-ticket.ts";
import type { TeamPrices } from "./team-prices.ts";
import type { TeamSplit } from "./team-split.ts";

/** Puts tickets on the teams of one format. */
export class TeamSplitter {
  readonly #table: FillTable;
  readonly #prices: TeamPrices;
  readonly #search: SplitSearch;
  #work = 0;

  constructor(table: FillTable, prices: TeamPrices) {
    this.#table = table;
    this.#prices = prices;
    this.#search = new SplitSearch(table, prices);
  }

  /** How many placements were tried in all. */
  get work(): number {
    return this.#work;
  }

  /** The cheapest match of some of the tickets that was found, and the places of those who play; null: none is cheaper than asked for. */
  choose(
    tickets: readonly SplitTicket[],
    somePlay: SomePlay,
  ): { readonly chosen: number[]; readonly split: TeamSplit } | null {
    const best = this.#search.find(tickets, somePlay);
    this.#work += this.#search.steps;
    if (best === null) return null;
    const chosen = [...tickets.keys()].filter((place) => best.teamOf[place] !== noTeam);
    return { chosen, split: { ...best, teamOf: best.teamOf.filter((team) => team !== noTeam) } };
  }

  /**
   * The cheapest split of tickets on teams, parties whole, sizes and roles exact; null when there is none. Exact for
   * two teams of up to 16 players and any teams of up to 10. Beyond that it is the best of those tried, bettered
   * by exchanging tickets.
   */
  split(tickets: readonly SplitTicket[]): TeamSplit | null {
    const best = this.#search.find(tickets);
    this.#work += this.#search.steps;
    if (this.#search.isComplete) return best;
    const teamOf = best?.teamOf ?? packTeams(tickets, this.#table);
    if (teamOf === null) return null;
    this.#work += tickets.length * tickets.length;
    return exchangeTickets({ tickets, teamOf, table: this.#table, prices: this.#prices });
  }
}
