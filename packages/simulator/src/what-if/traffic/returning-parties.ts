import type { Random } from "../../time/random.ts";
import type { Party } from "./party.ts";
import type { ReturningModel } from "./traffic-model.ts";

/** Enough for ten minutes at a hundred arrivals a second. */
const keptMax = 65_536;

/** Remembers who came, so that some of them come again: each visit is followed by one other at most. */
export class ReturningParties {
  readonly #model: ReturningModel;
  readonly #random: Random;
  /** A ring: visit n at n modulo its size. */
  readonly #parties: (Party | null)[] = [];
  readonly #times = new Float64Array(keptMax);
  #visits = 0;

  constructor(model: ReturningModel, random: Random) {
    this.#model = model;
    this.#random = random;
  }

  /** Somebody who comes again now, if anybody does. */
  next(at: number): Party | null {
    const { share, afterMs } = this.#model;
    if (!this.#random.chance(share)) return null;
    const [least, most] = afterMs;
    const first = this.#firstVisitFrom(at - most);
    const last = this.#firstVisitFrom(at - least) - 1;
    if (last < first) return null;
    const place = this.#random.between(first, last) % keptMax;
    const party = this.#parties[place];
    this.#parties[place] = null;
    return party;
  }

  remember(party: Party, at: number): void {
    this.#parties[this.#visits % keptMax] = party;
    this.#times[this.#visits % keptMax] = at;
    this.#visits += 1;
  }

  /** The number of the first visit kept that was not before a time. */
  #firstVisitFrom(at: number): number {
    let low = Math.max(0, this.#visits - keptMax);
    let high = this.#visits;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#times[middle % keptMax] < at) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
