import { alone } from "./improve-pairs.ts";
import { type Line, mayMeet } from "./line.ts";
import type { SearchRules } from "./search-rules.ts";

/** Candidates of one ticket, and how many neighbours by rating are asked for them, on either side. */
const candidatesMax = 32;
const askedMax = 128;
const none = -1;

/**
 * Matches as many as can be matched at once: a ticket that was left alone gets a partner when others, by
 * exchanging theirs, can make room (Edmonds, Paths, trees, and flowers, 1965). The longest waiting is tried
 * first, and whoever has a partner keeps one.
 *
 * @param options.partners by place; changed in place.
 * @param options.room how many pairs may be added.
 */
export function augmentPairs(options: {
  readonly line: Line;
  readonly partners: Int32Array;
  readonly search: SearchRules;
  readonly at: number;
  readonly room: number;
}): void {
  const { partners } = options;
  const forest = new Forest(options);
  let { room } = options;
  for (let place = 0; place < partners.length && room > 0; place += 1) {
    if (partners[place] === alone && forest.grow(place)) room -= 1;
  }
}

/** Grows alternating trees from tickets that are alone; odd cycles shrink to their base. */
class Forest {
  readonly #line: Line;
  readonly #terms: { readonly search: SearchRules; readonly at: number };
  readonly #partners: Int32Array;
  readonly #candidates: (readonly number[] | undefined)[] = [];
  readonly #rank: Uint32Array;
  readonly #parent: Int32Array;
  readonly #base: Int32Array;
  readonly #isOuter: Uint8Array;
  #queue: number[] = [];

  constructor({ line, partners, search, at }: Parameters<typeof augmentPairs>[0]) {
    const size = partners.length;
    this.#line = line;
    this.#partners = partners;
    this.#terms = { search, at };
    this.#rank = new Uint32Array(size);
    line.byRating.forEach((place, rank) => {
      this.#rank[place] = rank;
    });
    this.#parent = new Int32Array(size);
    this.#base = new Int32Array(size);
    this.#isOuter = new Uint8Array(size);
  }

  /** Finds a path from `root` to another who is alone, and exchanges partners along it. */
  grow(root: number): boolean {
    this.#parent.fill(none);
    this.#isOuter.fill(0);
    for (let place = 0; place < this.#base.length; place += 1) this.#base[place] = place;
    this.#isOuter[root] = 1;
    this.#queue = [root];
    for (let next = 0; next < this.#queue.length; next += 1) {
      const end = this.#extend(root, this.#queue[next]);
      if (end === none) continue;
      this.#exchangeAlong(end);
      return true;
    }
    return false;
  }

  /** Looks from an outer ticket at its candidates; the end of a path where one was found. */
  #extend(root: number, own: number): number {
    for (const other of this.#candidatesOf(own)) {
      if (this.#base[own] === this.#base[other] || this.#partners[own] === other) continue;
      const partner = this.#partners[other];
      if (other === root || (partner !== alone && this.#parent[partner] !== none)) this.#shrink(own, other);
      else if (this.#parent[other] === none) {
        this.#parent[other] = own;
        if (partner === alone) return other;
        this.#isOuter[partner] = 1;
        this.#queue.push(partner);
      }
    }
    return none;
  }

  #exchangeAlong(end: number): void {
    for (let place = end; place !== none; ) {
      const before = this.#parent[place];
      const next = this.#partners[before];
      this.#partners[place] = before;
      this.#partners[before] = place;
      place = next;
    }
  }

  /** An odd cycle: all its tickets can be reached as outer ones, through its base. */
  #shrink(left: number, right: number): void {
    const base = this.#meetingBase(left, right);
    const inCycle = new Set<number>();
    this.#markPath({ from: left, base, child: right }, inCycle);
    this.#markPath({ from: right, base, child: left }, inCycle);
    for (let place = 0; place < this.#base.length; place += 1) {
      if (!inCycle.has(this.#base[place])) continue;
      this.#base[place] = base;
      if (this.#isOuter[place] === 1) continue;
      this.#isOuter[place] = 1;
      this.#queue.push(place);
    }
  }

  #markPath(path: { from: number; base: number; child: number }, inCycle: Set<number>): void {
    let { from, child } = path;
    while (this.#base[from] !== path.base) {
      const partner = this.#partners[from];
      inCycle.add(this.#base[from]).add(this.#base[partner]);
      this.#parent[from] = child;
      child = partner;
      from = this.#parent[partner];
    }
  }

  #meetingBase(left: number, right: number): number {
    const passed = new Set<number>();
    for (let place = left; ; place = this.#parent[this.#partners[place]]) {
      place = this.#base[place];
      passed.add(place);
      if (this.#partners[place] === alone) break;
    }
    for (let place = right; ; place = this.#parent[this.#partners[place]]) {
      place = this.#base[place];
      if (passed.has(place)) return place;
    }
  }

  /** Whom a ticket may meet, the nearest first. */
  #candidatesOf(own: number): readonly number[] {
    const known = this.#candidates[own];
    if (known !== undefined) return known;
    const found = [...this.#towards(own, -1), ...this.#towards(own, 1)];
    const { ratings } = this.#line;
    const gap = (other: number) => Math.abs(ratings[own] - ratings[other]);
    found.sort((left, right) => gap(left) - gap(right) || left - right);
    this.#candidates[own] = found;
    return found;
  }

  #towards(own: number, step: 1 | -1): number[] {
    const { byRating, ratings, windows } = this.#line;
    const found: number[] = [];
    for (let asked = 1; asked <= askedMax && found.length < candidatesMax; asked += 1) {
      const other = byRating[this.#rank[own] + step * asked];
      if (other === undefined || Math.abs(ratings[own] - ratings[other]) > windows[own]) break;
      if (mayMeet(this.#line, { left: own, right: other }, this.#terms)) found.push(other);
    }
    return found;
  }
}
