import { betterChoices, type ChosenTeams, gainLeast } from "./better-choices.ts";
import type { Candidates } from "./candidates.ts";
import { type Choice, chooseTickets } from "./choose-tickets.ts";
import type { FillTable } from "./fill-table.ts";
import { TeamFiller } from "./fill-teams.ts";
import { TeamSplitter } from "./split-teams.ts";
import { boundsOf, spreadOf } from "./spread.ts";
import type { TeamPrices } from "./team-prices.ts";
import { teamSearchLimits as limits } from "./team-search-limits.ts";

/** Teams built from candidates; null where none were found. */
export interface Built extends Pick<Choice, "isExact" | "fills"> {
  readonly teams: ChosenTeams | null;
}

/** A way to choose tickets. */
type Attempt = Pick<Parameters<typeof chooseTickets>[0], "kept" | "sizeMax" | "kinds">;

/** The place of the ticket served. */
const seed = 0;

/** Builds the teams of one match from the candidates of a search. */
export class TeamBuilder {
  readonly #table: FillTable;
  readonly #prices: TeamPrices;
  readonly #candidates: Candidates;
  readonly #filler: TeamFiller;
  readonly #splitter: TeamSplitter;
  /** What costs less is not bettered by other parties or roles: a player or a step more costs as much. */
  readonly #goodSecs: number;

  constructor(options: {
    readonly table: FillTable;
    readonly prices: TeamPrices;
    readonly candidates: Candidates;
  }) {
    this.#table = options.table;
    this.#prices = options.prices;
    this.#candidates = options.candidates;
    this.#filler = new TeamFiller(options.table);
    this.#splitter = new TeamSplitter(options.table, options.prices);
    const { premadeSecs, roleStepSecs } = options.prices;
    const hasRoles = options.table.format.roles.length > 0;
    const stepSecs = hasRoles ? roleStepSecs / options.table.playersMax : premadeSecs;
    this.#goodSecs = Math.min(premadeSecs, stepSecs);
  }

  /** What was done in all, in steps each of which costs about as much as a look at a ticket. */
  get work(): number {
    return this.#filler.work + this.#splitter.work;
  }

  /**
   * Builds teams among peers who get their first roles; if that is not as good as can be, also among peers whatever
   * their roles, from the nearest who get their first roles, and from the nearest, and takes the cheapest.
   */
  build(fillsMax: number): Built {
    let best: ChosenTeams | null = null;
    for (const attempt of this.#attempts()) {
      const { chosen } = this.#choose({ fillsMax: limits.attemptFills, ...attempt });
      if (chosen !== null) best = this.#cheaper(best, this.#better(chosen));
      if (best !== null && this.#isGood(best)) return { teams: best, isExact: true, fills: 1 };
    }
    const { chosen, isExact, fills } = this.#choose({ kept: [seed], fillsMax });
    const nearest = chosen === null ? null : this.#better(chosen);
    return { teams: this.#cheapest(this.#cheaper(best, nearest)), isExact, fills };
  }

  get #isFew(): boolean {
    return this.#candidates.count <= limits.exactTickets;
  }

  #isGood(teams: ChosenTeams): boolean {
    return !this.#isFew && this.#secs(teams) < this.#goodSecs;
  }

  /** Among few candidates everything is tried. */
  #cheapest(teams: ChosenTeams | null): ChosenTeams | null {
    const candidates = this.#candidates;
    const { kinds, ratings } = candidates;
    if (teams === null || !this.#isFew) return teams;
    const tickets = kinds.map((_, place) => candidates.ticketOf(place));
    const cheaper = this.#splitter.choose(tickets, {
      players: teams.chosen.reduce((sum, place) => sum + kinds[place].size, 0),
      ratings,
      mayMeet: (left, right) => candidates.mayMeet(left, right),
      secs: this.#secs(teams),
    });
    return cheaper ?? teams;
  }

  /** Ways to choose tickets that promise more than to take the nearest. */
  #attempts(): Attempt[] {
    const { kinds } = this.#candidates;
    const { size } = kinds[seed];
    const attempts: Attempt[] = [];
    const isMixed = kinds.some((kind) => kind.size !== size);
    const kept = size === 1 || !isMixed ? [seed] : this.#peers(size);
    const hasPeers = isMixed && (size === 1 || kept.length === this.#table.teams);
    if (hasPeers) attempts.push({ kept, sizeMax: size });
    if (this.#table.format.roles.length === 0) return attempts;
    const first = this.#candidates.kindsOfFirstChoices();
    const byRoles: Attempt[] = [...attempts, { kept: [seed] }].map((attempt) => ({
      ...attempt,
      kinds: first,
    }));
    return [...byRoles.slice(0, 1), ...attempts, ...byRoles.slice(1)];
  }

  /** The ticket served and the nearest others of its size, one for each team. */
  #peers(size: number): number[] {
    const { kinds } = this.#candidates;
    const peers = [seed];
    for (let place = 1; place < kinds.length && peers.length < this.#table.teams; place += 1) {
      if (kinds[place].size !== size) continue;
      if (peers.every((other) => this.#candidates.mayMeet(other, place))) peers.push(place);
    }
    return peers;
  }

  #choose(options: Attempt & { readonly fillsMax: number }): Choice {
    return chooseTickets({ ...options, candidates: this.#candidates, filler: this.#filler });
  }

  /** Splits tickets on teams, and exchanges some as long as that makes the match better. */
  #better(first: readonly number[]): ChosenTeams | null {
    let teams = this.#split(first);
    for (let count = 0; teams !== null && count < limits.betteredMax; count += 1) {
      const bettered = this.#betterThan(teams);
      if (bettered === null) break;
      teams = bettered;
    }
    return teams;
  }

  #betterThan(teams: ChosenTeams): ChosenTeams | null {
    const [candidates, table, prices] = [this.#candidates, this.#table, this.#prices];
    const enough = this.#secs(teams) - gainLeast;
    const request = { candidates, teams, kept: seed, table, prices, fillTeams: this.#fillTeams };
    for (const chosen of betterChoices(request)) {
      const bettered = this.#split(chosen);
      if (bettered !== null && this.#secs(bettered) <= enough) return bettered;
    }
    return null;
  }

  readonly #fillTeams = (chosen: readonly number[]): boolean => {
    const { kinds } = this.#candidates;
    return this.#filler.fill({ kinds, kept: chosen, dropped: everybody(kinds.length) }) !== null;
  };

  #split(chosen: readonly number[]): ChosenTeams | null {
    const split = this.#splitter.split(chosen.map((place) => this.#candidates.ticketOf(place)));
    return split === null ? null : { chosen, split };
  }

  #cheaper(left: ChosenTeams | null, right: ChosenTeams | null): ChosenTeams | null {
    if (left === null || right === null) return left ?? right;
    return this.#secs(right) < this.#secs(left) ? right : left;
  }

  /** All cost terms but the latency, which the search has decided already. */
  #secs({ chosen, split }: ChosenTeams): number {
    const spread = spreadOf(boundsOf(chosen, this.#candidates.ratings));
    return split.secs + this.#prices.spreadPointSecs * spread;
  }
}

function everybody(count: number): Uint8Array {
  return new Uint8Array(count).fill(1);
}
