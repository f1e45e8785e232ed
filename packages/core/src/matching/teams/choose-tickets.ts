import type { Candidates } from "./candidates.ts";
import type { TeamFiller } from "./fill-teams.ts";
import type { Kind } from "./kinds.ts";

/** The end of a choice of tickets. */
export interface Choice {
  /** Places among the candidates, in order; null: none found. */
  readonly chosen: readonly number[] | null;
  /** Whether that is the whole truth: nothing was cut short. */
  readonly isExact: boolean;
  /** How often the teams were filled. */
  readonly fills: number;
}

/**
 * Chooses tickets that fill the teams and of whom every two may meet. Those who fill the teams are found first;
 * where two of them may not meet, it goes on without those whom the nearer of the two refuses, then without the nearer. So
 * everything is tried, unless it takes more than `fillsMax` fills.
 *
 * @param options.kept places of tickets that must play; every two of them may meet.
 */
export function chooseTickets(options: {
  readonly candidates: Candidates;
  readonly filler: TeamFiller;
  readonly kept: readonly number[];
  readonly fillsMax: number;
  /** What the tickets count as; left out: what they are. */
  readonly kinds?: readonly Kind[];
  /** The largest party that may play. */
  readonly sizeMax?: number;
}): Choice {
  const { candidates, kept, sizeMax = Number.POSITIVE_INFINITY } = options;
  const dropped = new Uint8Array(candidates.count);
  for (const [place, { size }] of candidates.kinds.entries()) if (size > sizeMax) dropped[place] = 1;
  for (const ticket of kept) keepOnly(ticket, candidates, dropped);
  const search = { kinds: candidates.kinds, ...options, fills: 0 };
  const chosen = choose(search, kept, dropped);
  return { chosen, isExact: search.fills <= options.fillsMax, fills: search.fills };
}

interface Search {
  readonly kinds: readonly Kind[];
  readonly candidates: Candidates;
  readonly filler: TeamFiller;
  readonly fillsMax: number;
  fills: number;
}

function choose(search: Search, kept: readonly number[], dropped: Uint8Array): readonly number[] | null {
  const { candidates, kinds, filler, fillsMax } = search;
  for (;;) {
    search.fills += 1;
    if (search.fills > fillsMax) return null;
    const filled = filler.fill({ kinds, kept, dropped });
    if (filled === null) return null;
    const refusing = firstRefusing(filled, candidates);
    if (refusing === null) return filled;
    const without = dropped.slice();
    keepOnly(refusing, candidates, without);
    const chosen = choose(search, [...kept, refusing], without);
    if (chosen !== null) return chosen;
    dropped[refusing] = 1;
  }
}

/** Drops whoever may not meet a ticket, and the ticket itself from those still to be chosen. */
function keepOnly(ticket: number, candidates: Candidates, dropped: Uint8Array): void {
  dropped[ticket] = 1;
  for (let other = 0; other < dropped.length; other += 1) {
    if (dropped[other] === 0 && !candidates.mayMeet(ticket, other)) dropped[other] = 1;
  }
}

/** The nearest of the tickets that may not meet another of them. */
function firstRefusing(tickets: readonly number[], candidates: Candidates): number | null {
  for (let left = 0; left < tickets.length; left += 1) {
    for (let right = left + 1; right < tickets.length; right += 1) {
      if (!candidates.mayMeet(tickets[left], tickets[right])) return tickets[left];
    }
  }
  return null;
}
