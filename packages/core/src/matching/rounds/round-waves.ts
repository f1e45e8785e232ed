import type { MatchId } from "../../ids.ts";
import { DueTickets } from "../due-tickets.ts";
import type { FormedMatch } from "../formed-match.ts";
import { compareByAge, compareByRating, type PoolIndex } from "../pool-index.ts";
import { bestRegion } from "../regions.ts";
import type { SearchRules } from "../search-rules.ts";
import type { Standing } from "../standing.ts";
import { teamPricesOf } from "../teams/team-prices.ts";
import type { WaveRequest, Waves, WavesOptions } from "../waves.ts";
import { Draft } from "./draft.ts";

/** A round that still registers players. */
export interface OpenRound {
  readonly match: MatchId;
  readonly members: readonly Standing[];
}

/** Tickets placed in one wave; the rest is due with the next. */
const placedMax = 16_384;

/**
 * The waves of a pool whose matches are rounds. Everybody who is due is placed at once: in the open round that has
 * room, whose members all accept them, and whose mean rating is the nearest; those left over open new rounds, as many
 * as they need, of neighbours by rating and of much the same size.
 *
 * @example
 * const waves = new RoundWaves({ index: pool.index, search: mode.search, waveMs: 50, playersMax: 64, rounds: () => [] });
 */
export class RoundWaves implements Waves {
  readonly #index: PoolIndex;
  readonly #search: SearchRules;
  readonly #due: DueTickets<never>;
  readonly #playersMax: number;
  readonly #rounds: () => readonly OpenRound[];
  /** Tickets for which no further round could be opened. */
  readonly #roomless: Standing[] = [];
  /** Where all are due, those not looked at yet. */
  #backlog: IterableIterator<Standing> | null = null;

  constructor({
    index,
    search,
    waveMs,
    playersMax,
    rounds,
  }: WavesOptions & { readonly playersMax: number; readonly rounds: () => readonly OpenRound[] }) {
    this.#index = index;
    this.#search = search;
    this.#due = new DueTickets({ search, waveMs });
    this.#playersMax = playersMax;
    this.#rounds = rounds;
  }

  startOver(): void {
    this.#roomless.length = 0;
    this.#backlog = null;
    this.#due.startOver();
  }

  touch(standing: Standing): void {
    this.#due.touch(standing);
  }

  dueInMs(now: number, at: number): number {
    return this.#due.dueInMs(now, at);
  }

  run(request: WaveRequest): FormedMatch[] {
    const placed = this.#take(request);
    if (placed.length === 0) {
      this.#lookAgain();
      return [];
    }
    const drafts = this.#rounds().map((round) => this.#draftOf(round, request.at));
    const left = this.#place(placed, drafts, request.budget);
    const opened = this.#open(left, request.at);
    for (const { entrants } of opened.slice(request.matchesMax)) this.#roomless.push(...entrants);
    this.#lookAgain();
    const filled = [
      ...drafts.filter(({ entrants }) => entrants.length > 0),
      ...opened.slice(0, request.matchesMax),
    ];
    const terms = { search: this.#search, at: request.at };
    return filled.map((draft) => formedOf(draft, terms));
  }

  /** Who found no room is looked at again when all others were looked at: nobody waits behind them. */
  #lookAgain(): void {
    if (this.#due.isAllDue || this.#due.size > 0) return;
    for (const standing of this.#roomless.splice(0)) this.touch(standing);
  }

  /** Places tickets in rounds that are open, and returns those that none takes; what there is no time for stays due. */
  #place(placed: readonly Standing[], drafts: readonly Draft[], budget: number): Standing[] {
    const left: Standing[] = [];
    let spent = 0;
    for (const standing of placed) {
      if (spent >= budget) {
        this.touch(standing);
        continue;
      }
      const { nearest, work } = this.#nearest(standing, drafts);
      spent += work;
      if (nearest === null) left.push(standing);
      else nearest.add(standing);
    }
    return left;
  }

  /** The tickets to place, the longest waiting first. */
  #take(request: WaveRequest): Standing[] {
    const due = this.#due;
    due.begin(request);
    if (due.isAllDue) return this.#takeAll(request);
    const placed: Standing[] = [];
    for (const standing of due.list().sort(compareByAge)) {
      if (placed.length >= Math.min(placedMax, request.budget)) break;
      due.remove(standing);
      if (this.#isPlaceable(standing, request)) placed.push(standing);
    }
    return placed;
  }

  /** The same from the whole pool, which is in order already, from where the last wave stopped. */
  #takeAll(request: WaveRequest): Standing[] {
    this.#backlog ??= this.#index.byAge.chunks.flat().values();
    const placed: Standing[] = [];
    while (placed.length < Math.min(placedMax, request.budget)) {
      const { value: standing, done } = this.#backlog.next();
      if (done) {
        this.#backlog = null;
        this.#due.finishAll();
        return placed;
      }
      if (this.#isPlaceable(standing, request)) placed.push(standing);
    }
    return placed;
  }

  #isPlaceable(standing: Standing, { at, skip }: WaveRequest): boolean {
    if (standing.slot < 0 || !this.#index.isPresent(standing) || skip(standing)) return false;
    if (standing.eligibleAt <= at) return true;
    this.#due.expectChange(standing, at);
    return false;
  }

  #draftOf({ match, members }: OpenRound, at: number): Draft {
    const draft = new Draft(match, { search: this.#search, at });
    for (const member of members) draft.know(member);
    return draft;
  }

  #nearest(standing: Standing, drafts: readonly Draft[]): { nearest: Draft | null; work: number } {
    let nearest: Draft | null = null;
    let nearestGap = Number.POSITIVE_INFINITY;
    let work = 1;
    for (const draft of drafts) {
      const gap = Math.abs(standing.rating - draft.meanRating);
      const isNearer = gap < nearestGap && draft.members.length < this.#playersMax;
      work += isNearer ? 1 + draft.members.length : 1;
      if (isNearer && draft.takes(standing)) [nearest, nearestGap] = [draft, gap];
    }
    return { nearest, work };
  }

  /** New rounds for those whom no open one takes: neighbours by rating, spread evenly. */
  #open(left: readonly Standing[], at: number): Draft[] {
    const size = Math.ceil(left.length / Math.ceil(left.length / this.#playersMax));
    const opened: Draft[] = [];
    for (const standing of left.toSorted(compareByRating)) {
      const last = opened.at(-1);
      const isLast = last !== undefined && last.members.length < size && last.takes(standing);
      const draft = isLast ? last : new Draft(null, { search: this.#search, at });
      draft.add(standing);
      if (!isLast) opened.push(draft);
    }
    return opened;
  }
}

function formedOf(
  { match, members, entrants, ratingRange }: Draft,
  { search, at }: { readonly search: SearchRules; readonly at: number },
): FormedMatch {
  const prices = teamPricesOf(search);
  const place = bestRegion(members, search, at);
  return {
    teams: entrants.map((standing) => [standing]),
    round: { match },
    wave: "pool",
    ratingGap: ratingRange,
    costs: [
      { term: "spread", secs: prices.spreadPointSecs * ratingRange },
      ...(place === null ? [] : [{ term: "latency" as const, secs: prices.latencyMsSecs * place.latencyMs }]),
    ],
    considered: members.length,
    rejected: [],
  };
}
