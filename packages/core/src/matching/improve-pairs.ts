import { type Line, mayMeet } from "./line.ts";
import type { SearchRules } from "./search-rules.ts";

/** No partner. */
export const alone = -1;

const passesMax = 8;
const neighbours = 8;
/** Less is rounding. */
const gainLeast = 1e-9;

/**
 * Betters a wave's pairs where serving one ticket after the other was short-sighted: two pairs exchange
 * partners when that brings all four closer together. Whoever has a partner keeps one. Looks at 8 neighbours by rating on either side, in 8 passes at most.
 *
 * @param options.partners by place; changed in place.
 */
export function improvePairs(options: {
  readonly line: Line;
  readonly partners: Int32Array;
  readonly search: SearchRules;
  readonly at: number;
}): void {
  const improvement = new Improvement(options);
  for (let pass = 0; pass < passesMax; pass += 1) if (!improvement.pass()) return;
}

class Improvement {
  readonly #line: Line;
  readonly #partners: Int32Array;
  readonly #terms: { readonly search: SearchRules; readonly at: number };
  /** Where a place stands by rating. */
  readonly #rank: Uint32Array;

  constructor({ line, partners, search, at }: Parameters<typeof improvePairs>[0]) {
    this.#line = line;
    this.#partners = partners;
    this.#terms = { search, at };
    this.#rank = new Uint32Array(partners.length);
    line.byRating.forEach((place, rank) => {
      this.#rank[place] = rank;
    });
  }

  /** One look at everybody who has a partner; whether anything changed. */
  pass(): boolean {
    let changed = false;
    for (const place of this.#line.byRating) {
      if (this.#partners[place] !== alone && this.#better(place)) changed = true;
    }
    return changed;
  }

  #better(own: number): boolean {
    const { byRating } = this.#line;
    const rank = this.#rank[own];
    const last = Math.min(byRating.length - 1, rank + neighbours);
    for (let near = Math.max(0, rank - neighbours); near <= last; near += 1) {
      const other = byRating[near];
      const isFree = this.#partners[other] === alone || other === own || other === this.#partners[own];
      if (!isFree && this.#exchange(own, other)) return true;
    }
    return false;
  }

  /** (own, a) and (other, b) become (own, other) and (a, b). */
  #exchange(own: number, other: number): boolean {
    const left = this.#partners[own];
    const right = this.#partners[other];
    const gain =
      this.#gap(own, left) + this.#gap(other, right) - this.#gap(own, other) - this.#gap(left, right);
    if (gain <= gainLeast || !this.#mayMeet(own, other) || !this.#mayMeet(left, right)) return false;
    this.#pair(own, other);
    this.#pair(left, right);
    return true;
  }

  #pair(left: number, right: number): void {
    this.#partners[left] = right;
    this.#partners[right] = left;
  }

  #gap(left: number, right: number): number {
    return Math.abs(this.#line.ratings[left] - this.#line.ratings[right]);
  }

  #mayMeet(left: number, right: number): boolean {
    return mayMeet(this.#line, { left, right }, this.#terms);
  }
}
