import type { FillTable } from "./fill-table.ts";
import type { Kind } from "./kinds.ts";

/** Tickets to fill teams from, by their places in a list. */
export interface FillRequest {
  /** The tickets' kinds, the most wanted first. */
  readonly kinds: readonly Kind[];
  /** Tickets that must play. */
  readonly kept: readonly number[];
  /** 1: may not be taken. Those kept count as such. */
  readonly dropped: Uint8Array;
}

const nobody = -1;

/**
 * Fills the teams of one format from a list of tickets. It goes through the list once and notes every state of the
 * teams that the tickets so far can reach, so it finds tickets whose sizes and roles fit exactly whenever there
 * are any, and the farthest it takes is as near as can be. Who accepts whom is not its concern.
 */
export class TeamFiller {
  readonly #table: FillTable;
  /** The states reached, in the order of reaching them. */
  readonly #reached: Int32Array;
  #count = 0;
  /** By state: the ticket that reached it, and from which state. */
  readonly #ticketOf: Int32Array;
  readonly #from: Int32Array;
  /** By kind: how many of the reached states tickets of this kind were added to already. */
  #addedTo = new Int32Array(64);
  #work = 0;

  constructor(table: FillTable) {
    this.#table = table;
    this.#reached = new Int32Array(table.states);
    this.#ticketOf = new Int32Array(table.states).fill(nobody);
    this.#from = new Int32Array(table.states);
  }

  /** How many tickets were looked at in all. */
  get work(): number {
    return this.#work;
  }

  /** The places of tickets that fill the teams, in order; of formats with ranged sizes as many players as can be. Null: nobody can. */
  fill(request: FillRequest): number[] | null {
    const { kinds, dropped } = request;
    const first = this.#startFrom(request);
    if (first === this.#count) return null;
    const { playersMax } = this.#table;
    let fullest = this.#fullest(first, nobody);
    for (let ticket = 0; ticket < kinds.length && !this.#hasPlayers(fullest, playersMax); ticket += 1) {
      if (dropped[ticket] === 1) continue;
      this.#work += 1;
      const before = this.#count;
      const { id } = kinds[ticket];
      // States that an earlier ticket of this kind was added to lead nowhere new.
      this.#add(kinds[ticket], ticket, { from: Math.max(first, this.#addedTo[id]), to: before });
      this.#addedTo[id] = before;
      fullest = this.#fullest(before, fullest);
    }
    return fullest === nobody ? null : this.#pathTo(fullest);
  }

  /** Adds those who must play, one after the other; what comes before the answer is only a step on the way. */
  #startFrom({ kinds, kept }: FillRequest): number {
    for (let place = 0; place < this.#count; place += 1) this.#ticketOf[this.#reached[place]] = nobody;
    const kindsMax = kinds.reduce((max, { id }) => Math.max(max, id + 1), 0);
    if (this.#addedTo.length < kindsMax) this.#addedTo = new Int32Array(2 * kindsMax);
    else this.#addedTo.fill(0);
    this.#reached[0] = 0;
    this.#count = 1;
    let first = 0;
    for (const ticket of kept) {
      const to = this.#count;
      this.#add(kinds[ticket], ticket, { from: first, to });
      first = to;
    }
    return first;
  }

  /** Adds a ticket to some of the reached states. */
  #add(
    { additions }: Kind,
    ticket: number,
    { from, to }: { readonly from: number; readonly to: number },
  ): void {
    const { moves, team, teams } = this.#table;
    for (let place = from; place < to; place += 1) {
      const state = this.#reached[place];
      for (const addition of additions) {
        const row = (state * team.states + addition) * teams;
        for (let move = row; move < row + teams; move += 1) {
          const next = moves[move];
          if (next >= 0 && this.#ticketOf[next] === nobody) this.#reach(next, state, ticket);
        }
      }
    }
  }

  #reach(next: number, from: number, ticket: number): void {
    this.#ticketOf[next] = ticket;
    this.#from[next] = from;
    this.#reached[this.#count] = next;
    this.#count += 1;
  }

  /** The legal match with most players among the states reached last, and an earlier one. */
  #fullest(from: number, earlier: number): number {
    const { isFull } = this.#table;
    let fullest = earlier;
    for (let place = from; place < this.#count; place += 1) {
      const state = this.#reached[place];
      if (isFull[state] === 1 && !this.#hasPlayers(fullest, this.#table.players[state])) fullest = state;
    }
    return fullest;
  }

  #hasPlayers(state: number, players: number): boolean {
    return state !== nobody && this.#table.players[state] >= players;
  }

  #pathTo(state: number): number[] {
    const path: number[] = [];
    for (; state !== 0; state = this.#from[state]) path.push(this.#ticketOf[state]);
    return path.sort((left, right) => left - right);
  }
}
