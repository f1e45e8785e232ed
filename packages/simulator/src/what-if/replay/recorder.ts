import {
  type KernelEvent,
  kernelLimits,
  type MatchCreated,
  type TicketEnded,
  type TicketId,
  type TicketQueued,
} from "@matchforge/core";
import type { Arrival, Place } from "../arrival.ts";
import { favouriteChance } from "../outcomes/favourite.ts";
import { ModeOutcomes } from "../outcomes/mode-outcomes.ts";
import { summaryOf } from "../outcomes/mode-summary.ts";
import type { RecordedMatch, Recording } from "./recording.ts";

/** A ticket that waits for its first match. */
interface OpenTicket {
  readonly number: number;
  readonly arrival: Arrival;
}

/**
 * Is told what happened, in order, and writes down which tickets came, and how their first wait ended. What a cancelled match
 * makes of them later is another wait, which under other rules would not have been.
 */
export class Recorder {
  readonly #arrivals: Arrival[] = [];
  readonly #open = new Map<TicketId, OpenTicket>();
  readonly #outcomes = new Map<string, ModeOutcomes>();
  readonly #matches: RecordedMatch[] = [];
  readonly #startsAt: number;

  /** `startsAt`: shard time where the recording begins, in ms. */
  constructor(startsAt: number) {
    this.#startsAt = startsAt;
  }

  /** Takes what happened at a moment of shard time. */
  record(event: KernelEvent, time: number): void {
    const at = time - this.#startsAt;
    if (event.type === "ticket.queued") this.#queued(event, at);
    else if (event.type === "match.created") this.#matched(event, at);
    else if (event.type === "ticket.ended") this.#ended(event, at);
  }

  /** Ends the recording at a moment of shard time. */
  finish(time: number): Recording {
    for (const { arrival } of this.#open.values()) {
      for (const { mode } of arrival.places) this.#outcomesOf(mode).ticketCounted("waiting");
    }
    const modes = [...this.#outcomes.values()].map(summaryOf);
    const durationMs = time - this.#startsAt;
    return {
      arrivals: this.#arrivals,
      happened: { tickets: this.#arrivals.length, durationMs, modes },
      matches: this.#matches,
    };
  }

  #queued({ ticket, players, standings, draw, wishes }: TicketQueued, at: number): void {
    const places = standings.map(({ mode, tier, rating, memberRatings }): Place => {
      return { mode, tier, rating, memberRatings, skill: rating };
    });
    const arrival = { at, players, places, wishes, draw, leavesAt: Number.POSITIVE_INFINITY };
    this.#open.set(ticket, { number: this.#arrivals.length, arrival });
    this.#arrivals.push(arrival);
  }

  #matched(event: MatchCreated, at: number): void {
    const { mode, quality, players } = event;
    const open = event.tickets.flatMap((id) => this.#open.get(id) ?? []);
    const { ratingGap: gap, costSecs } = quality;
    const outcomes = this.#outcomesOf(mode);
    // Where a ticket had a match before, the others' wait ends here all the same.
    if (open.length > 0)
      outcomes.matchFormed({ gap, costSecs, favourite: favouriteChance(meanRatings(players)) });
    for (const { arrival } of open) {
      for (const place of arrival.places) {
        if (place.mode !== mode) this.#outcomesOf(place.mode).ticketCounted("elsewhere");
        else outcomes.ticketMatched({ skill: place.skill, waitMs: at - arrival.at, gap });
      }
    }
    const teams = teamsOf(players, (ticket) => this.#open.get(ticket)?.number);
    if (teams.every((team) => team.length > 0)) this.#matches.push({ mode, at, teams });
    for (const ticket of event.tickets) this.#open.delete(ticket);
  }

  #ended({ ticket, reason }: TicketEnded, at: number): void {
    const open = this.#open.get(ticket);
    if (open === undefined) return;
    this.#open.delete(ticket);
    const { number, arrival } = open;
    const waitMs = at - arrival.at;
    const end = reason === "no_opponents" ? "timed_out" : "left";
    for (const { mode, skill } of arrival.places) {
      if (reason === "mode_removed") this.#outcomesOf(mode).ticketCounted("refused");
      else this.#outcomesOf(mode).ticketEnded(end, { skill, waitMs });
    }
    if (end === "left") this.#arrivals[number] = { ...arrival, leavesAt: leavesAt(reason, arrival.at, at) };
  }

  #outcomesOf(mode: string): ModeOutcomes {
    const known = this.#outcomes.get(mode);
    if (known !== undefined) return known;
    const outcomes = new ModeOutcomes(mode);
    this.#outcomes.set(mode, outcomes);
    return outcomes;
  }
}

/** A ticket whose player lost the connection stays for its grace, but is not matched. */
function leavesAt(reason: TicketEnded["reason"], cameAt: number, endedAt: number): number {
  return Math.max(cameAt, reason === "disconnected" ? endedAt - kernelLimits.ticketGraceMs : endedAt);
}

type MatchedPlayers = MatchCreated["players"];

function meanRatings(players: MatchedPlayers): number[] {
  const teams = new Map<number, number[]>();
  for (const { team, rating } of players) teams.set(team, [...(teams.get(team) ?? []), rating]);
  return [...teams.values()].map((ratings) => ratings.reduce((sum, one) => sum + one, 0) / ratings.length);
}

function teamsOf(players: MatchedPlayers, numberOf: (ticket: TicketId) => number | undefined): number[][] {
  const teams = new Map<number, Set<number>>();
  for (const { team, ticket } of players) {
    const tickets = teams.get(team) ?? new Set<number>();
    teams.set(team, tickets);
    const number = numberOf(ticket);
    if (number !== undefined) tickets.add(number);
  }
  return [...teams.values()].map((tickets) => [...tickets]);
}
