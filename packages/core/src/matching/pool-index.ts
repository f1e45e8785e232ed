import { compareIds } from "../ids.ts";
import { SortedChunks } from "./sorted-chunks.ts";
import type { Standing } from "./standing.ts";

/**
 * By rating; of equal ones the longest waiting first.
 *
 * @example
 * const [weakest] = standings.toSorted(compareByRating);
 */
export function compareByRating(left: Standing, right: Standing): number {
  return left.rating - right.rating || compareByAge(left, right);
}

/**
 * By age, then draw, then id: the order in which a wave serves tickets.
 *
 * @example
 * const [longest] = standings.toSorted(compareByAge);
 */
export function compareByAge(left: Standing, right: Standing): number {
  return left.orderAt - right.orderAt || left.draw - right.draw || compareIds(left.ticketId, right.ticketId);
}

/** What a standing's `slot` says: outside any index, waiting, or waiting without its player. */
export const outsideSlot = -1;
export const presentSlot = 0;
export const absentSlot = 1;

/**
 * The waiting tickets of one pool, sorted as they come and go. An absent one keeps its place in the queue only.
 *
 * @example
 * const index = new PoolIndex();
 * index.add(standing);
 * index.setPresent(standing, false);
 * index.size; // 1
 */
export class PoolIndex {
  readonly #byRating = new SortedChunks<Standing>(compareByRating);
  readonly #byAge = new SortedChunks<Standing>(compareByAge);

  /** All waiting tickets, absent ones included. */
  get size(): number {
    return this.#byAge.size;
  }

  /** Those present, by rating. */
  get byRating(): SortedChunks<Standing> {
    return this.#byRating;
  }

  /** All, the longest waiting first. */
  get byAge(): SortedChunks<Standing> {
    return this.#byAge;
  }

  /** Takes in a standing that is outside; it counts as present. */
  add(standing: Standing): void {
    if (standing.slot >= 0) throw new Error(`${standing.ticketId} is in its pool already`);
    standing.slot = presentSlot;
    this.#byRating.add(standing);
    this.#byAge.add(standing);
  }

  /** Removes a standing; one that is outside stays there. */
  remove(standing: Standing): void {
    if (standing.slot < 0) return;
    if (standing.slot === presentSlot) this.#byRating.remove(standing);
    standing.slot = outsideSlot;
    this.#byAge.remove(standing);
  }

  /** An absent ticket is not matched. */
  setPresent(standing: Standing, isPresent: boolean): void {
    if (standing.slot === outsideSlot || isPresent === this.isPresent(standing)) return;
    standing.slot = isPresent ? presentSlot : absentSlot;
    if (isPresent) this.#byRating.add(standing);
    else this.#byRating.remove(standing);
  }

  isPresent(standing: Standing): boolean {
    return standing.slot === presentSlot;
  }

  /** The ticket's place in the queue, 1 the first. */
  positionOf(standing: Standing): number {
    return this.#byAge.rankOf(standing) + 1;
  }
}
