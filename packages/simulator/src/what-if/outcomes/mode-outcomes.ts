import { Column } from "./column.ts";

/**
 * How a ticket's time in a mode ended: in a match of it; in a match of another mode it stood in, too; its players
 * left; it had waited as long as the rules let it; the run ended first; or it was never let in.
 */
export const ticketEnds = ["matched", "elsewhere", "left", "timed_out", "waiting", "refused"] as const;
export type TicketEnd = (typeof ticketEnds)[number];

/** What became of the tickets of one mode: every ticket is counted under exactly one end. */
export class ModeOutcomes {
  readonly mode: string;
  readonly ends: Record<TicketEnd, number> = {
    matched: 0,
    elsewhere: 0,
    left: 0,
    timed_out: 0,
    waiting: 0,
    refused: 0,
  };
  /** Of each match: the gap in points, the cost in seconds, the favourite's chance. */
  readonly gaps = new Column();
  readonly costs = new Column();
  readonly favourites = new Column();
  /** Of each ticket that was matched, left or timed out: skill, wait in ms, and its match's gap, NaN without a match. */
  readonly skills = new Column();
  readonly waits = new Column();
  readonly ticketGaps = new Column();

  constructor(mode: string) {
    this.mode = mode;
  }

  matchFormed(match: { readonly gap: number; readonly costSecs: number; readonly favourite: number }): void {
    this.gaps.push(match.gap);
    this.costs.push(match.costSecs);
    this.favourites.push(match.favourite);
  }

  ticketMatched(ticket: { readonly skill: number; readonly waitMs: number; readonly gap: number }): void {
    this.ends.matched += 1;
    this.#keep(ticket);
  }

  ticketEnded(end: "left" | "timed_out", ticket: { readonly skill: number; readonly waitMs: number }): void {
    this.ends[end] += 1;
    this.#keep({ ...ticket, gap: Number.NaN });
  }

  /** An end that says nothing about the rules. */
  ticketCounted(end: "elsewhere" | "waiting" | "refused"): void {
    this.ends[end] += 1;
  }

  #keep({ skill, waitMs, gap }: { skill: number; waitMs: number; gap: number }): void {
    this.skills.push(skill);
    this.waits.push(waitMs);
    this.ticketGaps.push(gap);
  }
}
