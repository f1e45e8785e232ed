import type { ModeOutcomes } from "./mode-outcomes.ts";
import { percentile } from "./percentiles.ts";

/** How the tickets of one tenth of all skills fared. */
export interface SkillBand {
  /** The lowest and the highest skill in it. */
  readonly from: number;
  readonly to: number;
  readonly tickets: number;
  /** Of those matched, in seconds. */
  readonly waitP50: number;
  readonly waitP95: number;
  /** Of the matches they played. */
  readonly gapMean: number;
  /** The part that was not matched. */
  readonly unmatchedShare: number;
}

const bandCount = 10;

/** Tickets by tenths of their skill. Equal skills share a band, so there are fewer where many are equal. */
export function skillBands(outcomes: ModeOutcomes): SkillBand[] {
  const skills = outcomes.skills.values;
  if (skills.length === 0) return [];
  const sorted = skills.slice().sort();
  const tops = new Set<number>();
  for (let band = 1; band <= bandCount; band += 1) tops.add(percentile(sorted, band / bandCount));
  const bounds = [...tops];
  const members = bounds.map((): number[] => []);
  for (let ticket = 0; ticket < skills.length; ticket += 1) {
    members[bounds.findIndex((top) => skills[ticket] <= top)].push(ticket);
  }
  return members.map((tickets) => bandOf(outcomes, tickets));
}

function bandOf(outcomes: ModeOutcomes, tickets: readonly number[]): SkillBand {
  const skills = outcomes.skills.values;
  const gaps = outcomes.ticketGaps.values;
  const matched = tickets.filter((ticket) => !Number.isNaN(gaps[ticket]));
  const waits = Float64Array.from(matched, (ticket) => outcomes.waits.values[ticket] / 1_000).sort();
  const gapSum = matched.reduce((sum, ticket) => sum + gaps[ticket], 0);
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const ticket of tickets) {
    from = Math.min(from, skills[ticket]);
    to = Math.max(to, skills[ticket]);
  }
  return {
    from,
    to,
    tickets: tickets.length,
    waitP50: percentile(waits, 0.5),
    waitP95: percentile(waits, 0.95),
    gapMean: matched.length === 0 ? 0 : gapSum / matched.length,
    unmatchedShare: 1 - matched.length / tickets.length,
  };
}
