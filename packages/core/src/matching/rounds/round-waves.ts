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
    const drafts = this.#rounds().map((round) => this.#draftOf(round, request.at));
    const left: Standing[] = [];
    for (const standing of placed) {
      const nearest = this.#nearest(standing, drafts);
      if (nearest === null) left.push(standing);
      else nearest.add(standing);
    }
    const opened = this.#open(left, request.at);
    const filled = [...drafts, ...opened].filter(({ entrants }) => entrants.length > 0);
    // What does not fit into this wave is looked at in the next.
    for (const { entrants } of filled.slice(request.matchesMax)) for (const one of entrants) this.touch(one);
    const terms = { search: this.#search, at: request.at };
    return filled.slice(0, request.matchesMax).map((draft) => formedOf(draft, terms));
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

  /** The same from the whole pool, which is in order already. */
  #takeAll(request: WaveRequest): Standing[] {
    const placed: Standing[] = [];
    for (const chunk of this.#index.byAge.chunks) {
      for (const standing of chunk) {
        if (placed.length >= Math.min(placedMax, request.budget)) return placed;
        if (this.#isPlaceable(standing, request)) placed.push(standing);
      }
    }
    this.#due.finishAll();
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

  #nearest(standing: Standing, drafts: readonly Draft[]): Draft | null {
    let nearest: Draft | null = null;
    let nearestGap = Number.POSITIVE_INFINITY;
    for (const draft of drafts) {
      const gap = Math.abs(standing.rating - draft.meanRating);
      const hasRoom = draft.members.length < this.#playersMax;
      if (gap < nearestGap && hasRoom && draft.takes(standing)) [nearest, nearestGap] = [draft, gap];
    }
    return nearest;
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
