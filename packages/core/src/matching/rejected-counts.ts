import type { PassReason, RejectedCount } from "./formed-match.ts";

const reasons = [
  "not_eligible",
  "rating_window",
  "opponent_rating",
  "blocked",
  "region",
  "side_size",
  "rematch",
  "unfit",
  "held",
  "taken",
  "spare",
] as const satisfies readonly PassReason[];

const placeOf = Object.fromEntries(reasons.map((reason, place) => [reason, place])) as Readonly<
  Record<PassReason, number>
>;

const nobody: readonly RejectedCount[] = [];

/** Counts, while a search goes on, how many tickets each reason keeps away. */
export class RejectedCounts {
  readonly #counts = new Int32Array(reasons.length);
  #total = 0;

  /** Of all reasons together. */
  get total(): number {
    return this.#total;
  }

  of(reason: PassReason): number {
    return this.#counts[placeOf[reason]];
  }

  add(reason: PassReason, count = 1): void {
    this.#counts[placeOf[reason]] += count;
    this.#total += count;
  }

  clear(): void {
    if (this.#total === 0) return;
    this.#counts.fill(0);
    this.#total = 0;
  }

  /** The reasons that kept somebody away, in a fixed order. */
  list(): readonly RejectedCount[] {
    if (this.#total === 0) return nobody;
    return reasons
      .map((reason, place) => ({ reason, count: this.#counts[place] }))
      .filter(({ count }) => count > 0);
  }
}
