import { accepts } from "../accepts.ts";
import type { PassReason, RejectedCount } from "../formed-match.ts";
import type { HoldLimit } from "../hold.ts";
import { isParticular } from "../line.ts";
import { regionsOf } from "../regions.ts";
import { RejectedCounts } from "../rejected-counts.ts";
import type { SearchRules } from "../search-rules.ts";
import type { Standing } from "../standing.ts";
import { windowOf } from "../window.ts";
import type { FillTable } from "./fill-table.ts";
import { type Kind, Kinds } from "./kinds.ts";
import { type SplitTicket, splitTicketOf } from "./split-ticket.ts";

/** The terms of one search. */
export interface CandidateTerms {
  /** Shard time in ms. */
  readonly at: number;
  /** The bit of the region it is for. */
  readonly region: number;
  /** How picky tickets are beyond what the rules ask. */
  readonly limit: HoldLimit | null;
  /** How many tickets of a kind are kept: so many times what a match can take. */
  readonly timesNeeded: number;
}

/**
 * The tickets one search may bring together, as columns: the ticket served first, then those who accept it, the nearest
 * first. All of them can play in the region that the search is for.
 */
export class Candidates {
  readonly standings: Standing[] = [];
  readonly kinds: Kind[] = [];
  readonly ratings: number[] = [];
  readonly #windows: number[] = [];
  readonly #isOpen: boolean[] = [];
  /** Made when they are first asked for. */
  readonly #tickets: (SplitTicket | undefined)[] = [];
  readonly #search: SearchRules;
  readonly #kindOf: Kinds;
  readonly #table: FillTable;
  /** By kind. */
  readonly #counts: number[] = [];
  readonly #rejected = new RejectedCounts();
  #terms: CandidateTerms = { at: 0, region: 0, limit: null, timesNeeded: 0 };
  #players = 0;
  #considered = 0;
  #isCapped = false;

  constructor(options: { readonly search: SearchRules; readonly table: FillTable }) {
    this.#search = options.search;
    this.#table = options.table;
    this.#kindOf = new Kinds(options.table);
  }

  get count(): number {
    return this.standings.length;
  }

  /** In all tickets. */
  get players(): number {
    return this.#players;
  }

  /** How many tickets were looked at, the one served not counted. */
  get considered(): number {
    return this.#considered;
  }

  /** Whether tickets were left out because enough others are like them. */
  get isCapped(): boolean {
    return this.#isCapped;
  }

  /** How many tickets cannot play in the region that the search is for. */
  get elsewhere(): number {
    return this.#rejected.of("region");
  }

  /** The window of the ticket served, in points. */
  get window(): number {
    return this.#windows[0];
  }

  /** Starts over with a ticket to serve. */
  serve(seed: Standing, terms: CandidateTerms): void {
    for (const { id } of this.kinds) this.#counts[id] = 0;
    this.standings.length = 0;
    this.kinds.length = 0;
    this.ratings.length = 0;
    this.#windows.length = 0;
    this.#isOpen.length = 0;
    this.#tickets.length = 0;
    this.#rejected.clear();
    this.#terms = terms;
    this.#players = 0;
    this.#considered = 0;
    this.#isCapped = false;
    const isOpen = !isParticular(seed, this.#search, terms.at);
    this.#push(seed, { kind: this.#kindOf.of(seed), window: this.#windowOf(seed), isOpen });
  }

  /** Takes in a ticket if it and the one served may play together, unless enough like it are there. */
  offer(standing: Standing): void {
    this.#considered += 1;
    const kind = this.#kindOf.of(standing);
    if (kind.additions.length === 0) return this.#rejected.add("unfit");
    const window = this.#windowOf(standing);
    const isOpen = !isParticular(standing, this.#search, this.#terms.at);
    const reason = this.#reasonAgainst(standing, window, isOpen);
    if (reason !== null) return this.#rejected.add(reason);
    const needed = Math.ceil(this.#table.playersMax / kind.size);
    if ((this.#counts[kind.id] ?? 0) >= needed * this.#terms.timesNeeded) this.#isCapped = true;
    else this.#push(standing, { kind, window, isOpen });
  }

  /** Steps over a ticket that plays in another match. */
  passTaken(): void {
    this.#considered += 1;
    this.#rejected.add("taken");
  }

  /** Whether two of the tickets may play in one match, as {@link accepts} has it, and both take the gap now. */
  mayMeet(left: number, right: number): boolean {
    const gap = Math.abs(this.ratings[left] - this.ratings[right]);
    if (gap > this.#windows[left] || gap > this.#windows[right]) return false;
    if (this.#isOpen[left] && this.#isOpen[right]) return true;
    return accepts(this.standings[left], this.standings[right], this.#search, this.#terms.at) === null;
  }

  /** The kinds of the tickets when nobody has a role but their first choice. */
  kindsOfFirstChoices(): Kind[] {
    return this.standings.map((standing) => this.#kindOf.ofFirstChoices(standing));
  }

  /** A ticket as a split sees it. */
  ticketOf(place: number): SplitTicket {
    const ticket = this.#tickets[place] ?? splitTicketOf(this.standings[place], this.#table);
    this.#tickets[place] = ticket;
    return ticket;
  }

  /** Why tickets that were looked at do not play, where `playing` of them do. */
  rejectedBut(playing: number): readonly RejectedCount[] {
    const spare = this.#considered - this.#rejected.total - playing;
    return spare === 0
      ? this.#rejected.list()
      : [...this.#rejected.list(), { reason: "spare", count: spare }];
  }

  #windowOf(standing: Standing): number {
    const { at, limit } = this.#terms;
    const window = windowOf(standing, this.#search, at);
    return limit === null ? window : Math.min(window, limit(standing));
  }

  #reasonAgainst(standing: Standing, window: number, isOpen: boolean): PassReason | null {
    const { at, region } = this.#terms;
    const [seed] = this.standings;
    if (standing.eligibleAt > at) return "not_eligible";
    const gap = Math.abs(seed.rating - standing.rating);
    if (gap > window) return gap > windowOf(standing, this.#search, at) ? "rating_window" : "held";
    if (!isOpen || !this.#isOpen[0]) {
      const reason = accepts(seed, standing, this.#search, at);
      if (reason !== null) return reason;
    }
    return (regionsOf(standing, this.#search, at) & region) === 0 ? "region" : null;
  }

  #push(
    standing: Standing,
    { kind, window, isOpen }: { readonly kind: Kind; readonly window: number; readonly isOpen: boolean },
  ): void {
    this.standings.push(standing);
    this.kinds.push(kind);
    this.ratings.push(standing.rating);
    this.#windows.push(window);
    this.#isOpen.push(isOpen);
    this.#players += kind.size;
    this.#counts[kind.id] = (this.#counts[kind.id] ?? 0) + 1;
  }
}
