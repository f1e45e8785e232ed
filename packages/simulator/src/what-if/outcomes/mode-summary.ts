import { type HistogramBin, histogramOf } from "./histogram.ts";
import type { ModeOutcomes, TicketEnd } from "./mode-outcomes.ts";
import { type Percentiles, percentilesOf } from "./percentiles.ts";
import { type SkillBand, skillBands } from "./skill-bands.ts";

/** How one mode did. */
export interface ModeSummary {
  readonly mode: string;
  readonly tickets: number;
  readonly matches: number;
  readonly ends: Readonly<Record<TicketEnd, number>>;
  /** Left or timed out, as a part of all whose end the rules decided. */
  readonly unmatchedShare: number;
  readonly leftShare: number;
  readonly timedOutShare: number;
  /** Of tickets that were matched. */
  readonly waitSecs: Percentiles;
  /** Of matches, as the next three. */
  readonly ratingGap: Percentiles;
  readonly costSecs: Percentiles;
  readonly favouriteChance: Percentiles;
  readonly gapHistogram: readonly HistogramBin[];
  readonly bands: readonly SkillBand[];
}

/** The figures of a mode. */
export function summaryOf(outcomes: ModeOutcomes): ModeSummary {
  const { mode, ends } = outcomes;
  const decided = ends.matched + ends.left + ends.timed_out;
  const shareOf = (count: number) => (decided === 0 ? 0 : count / decided);
  return {
    mode,
    tickets: Object.values(ends).reduce((sum, count) => sum + count, 0),
    matches: outcomes.gaps.size,
    ends: { ...ends },
    unmatchedShare: shareOf(ends.left + ends.timed_out),
    leftShare: shareOf(ends.left),
    timedOutShare: shareOf(ends.timed_out),
    waitSecs: percentilesOf(waitsOfMatched(outcomes)),
    ratingGap: percentilesOf(outcomes.gaps.values),
    costSecs: percentilesOf(outcomes.costs.values),
    favouriteChance: percentilesOf(outcomes.favourites.values),
    gapHistogram: histogramOf(outcomes.gaps.values),
    bands: skillBands(outcomes),
  };
}

function waitsOfMatched({ waits, ticketGaps }: ModeOutcomes): Float64Array {
  return waits.values
    .filter((_wait, ticket) => !Number.isNaN(ticketGaps.values[ticket]))
    .map((ms) => ms / 1_000);
}
