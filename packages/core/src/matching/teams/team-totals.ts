import type { SplitTicket } from "./split-ticket.ts";
import type { TeamPrices } from "./team-prices.ts";

/** What each team has so far. */
export class TeamTotals {
  readonly sizes: Float64Array;
  /** Sums of players' ratings. */
  readonly strengths: Float64Array;
  /** Players of the largest party. */
  readonly premades: Float64Array;

  constructor(teams: number) {
    this.sizes = new Float64Array(teams);
    this.strengths = new Float64Array(teams);
    this.premades = new Float64Array(teams);
  }

  /** Empties the teams, or fills them as a split says. */
  reset(tickets: readonly SplitTicket[] = [], teamOf: ArrayLike<number> = []): void {
    this.sizes.fill(0);
    this.strengths.fill(0);
    this.premades.fill(0);
    for (const [place, ticket] of tickets.entries()) this.add(ticket, teamOf[place]);
  }

  add({ size, strength }: Pick<SplitTicket, "size" | "strength">, team: number): void {
    this.sizes[team] += size;
    this.strengths[team] += strength;
    if (size > this.premades[team]) this.premades[team] = size;
  }

  /** Between the mean ratings of the strongest and the weakest team. No team may be empty. */
  ratingGap(): number {
    let [high, low] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
    for (let team = 0; team < this.sizes.length; team += 1) {
      const mean = this.strengths[team] / this.sizes[team];
      if (mean > high) high = mean;
      if (mean < low) low = mean;
    }
    return high - low;
  }

  /** On all teams. */
  players(): number {
    let players = 0;
    for (const size of this.sizes) players += size;
    return players;
  }

  /** By how many players the largest parties of the teams differ. */
  premadeDifference(): number {
    return rangeOf(this.premades);
  }

  /** By how many players the teams differ. */
  sizeDifference(): number {
    return rangeOf(this.sizes);
  }

  /** The cost of all that these totals decide, in seconds. */
  secs(prices: TeamPrices): number {
    return (
      prices.ratingPointSecs * this.ratingGap() +
      prices.premadeSecs * this.premadeDifference() +
      prices.sizeSecs * this.sizeDifference()
    );
  }
}

function rangeOf(values: Float64Array): number {
  let [high, low] = [values[0], values[0]];
  for (let place = 1; place < values.length; place += 1) {
    if (values[place] > high) high = values[place];
    if (values[place] < low) low = values[place];
  }
  return high - low;
}
