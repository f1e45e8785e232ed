import type { MatchId } from "../../ids.ts";
import { accepts } from "../accepts.ts";
import { isParticular } from "../line.ts";
import { everyRegion, regionsOf } from "../regions.ts";
import type { SearchRules } from "../search-rules.ts";
import type { Standing } from "../standing.ts";
import { windowOf } from "../window.ts";

/** A round as a wave makes it up. It knows of its members together what is needed to judge one more at once. */
export class Draft {
  /** Null: it is opened by this wave. */
  readonly match: MatchId | null;
  readonly members: Standing[] = [];
  readonly entrants: Standing[] = [];
  readonly #search: SearchRules;
  readonly #at: number;
  #sum = 0;
  #low = Number.POSITIVE_INFINITY;
  #high = Number.NEGATIVE_INFINITY;
  /** The ratings that all members' windows hold. */
  #acceptsFrom = Number.NEGATIVE_INFINITY;
  #acceptsTo = Number.POSITIVE_INFINITY;
  #regions = everyRegion;
  #areOpen = true;

  constructor(match: MatchId | null, { search, at }: { readonly search: SearchRules; readonly at: number }) {
    this.match = match;
    this.#search = search;
    this.#at = at;
  }

  get meanRating(): number {
    return this.#sum / this.members.length;
  }

  /** Between its highest and its lowest member, in points. */
  get ratingRange(): number {
    return this.#high - this.#low;
  }

  /** Somebody who is in the round already. */
  know(standing: Standing): void {
    const window = windowOf(standing, this.#search, this.#at);
    const { rating } = standing;
    this.members.push(standing);
    this.#sum += rating;
    this.#low = Math.min(this.#low, rating);
    this.#high = Math.max(this.#high, rating);
    this.#acceptsFrom = Math.max(this.#acceptsFrom, rating - window);
    this.#acceptsTo = Math.min(this.#acceptsTo, rating + window);
    this.#regions &= regionsOf(standing, this.#search, this.#at);
    this.#areOpen &&= !isParticular(standing, this.#search, this.#at);
  }

  /** Somebody whom this wave places here. */
  add(standing: Standing): void {
    this.know(standing);
    this.entrants.push(standing);
  }

  /** Whether all members and a ticket accept each other, and share a region. Room is the caller's concern. */
  takes(standing: Standing): boolean {
    const { rating } = standing;
    if (rating < this.#acceptsFrom || rating > this.#acceptsTo) return false;
    const window = windowOf(standing, this.#search, this.#at);
    if (this.#high - rating > window || rating - this.#low > window) return false;
    if ((this.#regions & regionsOf(standing, this.#search, this.#at)) === 0) return false;
    if (this.#areOpen && !isParticular(standing, this.#search, this.#at)) return true;
    return this.members.every((member) => accepts(standing, member, this.#search, this.#at) === null);
  }
}
