import { DeadlineHeap, type Waiting } from "../scheduling/deadline-heap.ts";
import { nextHoldLookAt } from "./hold.ts";
import { nextChangeAt } from "./next-change.ts";
import type { SearchRules } from "./search-rules.ts";
import type { Standing } from "./standing.ts";

interface Change extends Waiting {
  readonly standing: Standing;
}

/** Changes taken note of in one wave; the rest is due with the next. */
const changesMax = 4_096;

/**
 * Which tickets of a pool must be looked at, and when. A ticket is looked at when something about it changed
 * (it came, it returned, its window grew): tickets that could not be matched before can only be matched after
 * one of them changed, so tickets that merely wait cost nothing. A search that was cut short leaves its progress
 * here, to go on from there.
 */
export class DueTickets<Progress> {
  readonly #search: SearchRules;
  readonly #waveMs: number;
  readonly #fresh = new Set<Standing>();
  readonly #deferred = new Map<Standing, Progress>();
  readonly #changes = new DeadlineHeap<Change>();
  readonly #changeOf = new Map<Standing, Change>();
  #lastWaveAt = Number.NEGATIVE_INFINITY;
  #isAllDue = false;

  constructor({ search, waveMs }: { readonly search: SearchRules; readonly waveMs: number }) {
    this.#search = search;
    this.#waveMs = waveMs;
  }

  /** How many tickets are due, those who are due because all are not counted. */
  get size(): number {
    return this.#fresh.size + this.#deferred.size;
  }

  /** How many of them are to be looked at from the start. */
  get freshSize(): number {
    return this.#fresh.size;
  }

  /** Whether every ticket of the pool is to be looked at. */
  get isAllDue(): boolean {
    return this.#isAllDue;
  }

  /** Every waiting ticket is to be looked at, from the start. */
  startOver(): void {
    this.#isAllDue = true;
    this.#fresh.clear();
    this.#deferred.clear();
  }

  /** All were looked at; searches that were cut short are still to go on. */
  finishAll(): void {
    this.#isAllDue = false;
  }

  /** Those to be looked at from the start were, as far as they are not all to be looked at again. */
  finishFresh({ isAllDue }: { readonly isAllDue: boolean }): void {
    this.#fresh.clear();
    this.#isAllDue = isAllDue;
  }

  /** Something about a ticket changed: it is looked at from the start. */
  touch(standing: Standing): void {
    this.#deferred.delete(standing);
    this.#fresh.add(standing);
  }

  /** A ticket's search was cut short: it goes on after those that were cut short before. */
  defer(standing: Standing, progress: Progress): void {
    this.remove(standing);
    this.#deferred.set(standing, progress);
  }

  /** How far a due ticket's search has come; null when it has not begun. */
  progressOf(standing: Standing): Progress | null {
    return this.#deferred.get(standing) ?? null;
  }

  /** A ticket is being looked at. */
  remove(standing: Standing): void {
    this.#fresh.delete(standing);
    this.#deferred.delete(standing);
  }

  /** The tickets that are due, in no order that means anything. */
  list(): Standing[] {
    return [...this.#fresh, ...this.#deferred.keys()];
  }

  /** Those to be looked at from the start, in no order that means anything. */
  fresh(): Standing[] {
    return [...this.#fresh];
  }

  /** Those whose search is to go on, in the order in which they were cut short. */
  deferred(): Standing[] {
    return [...this.#deferred.keys()];
  }

  /** In how many ms the next wave is due; Infinity when nothing is. */
  dueInMs(now: number, at: number): number {
    const spacingMs = Math.max(0, this.#lastWaveAt + this.#waveMs - now);
    if (this.#isAllDue || this.size > 0) return spacingMs;
    const change = this.#changes.first();
    return change === undefined ? Number.POSITIVE_INFINITY : Math.max(spacingMs, change.deadline - at);
  }

  /** A wave begins: tickets whose time of change has come are due. */
  begin({ now, at }: { readonly now: number; readonly at: number }): void {
    this.#lastWaveAt = now;
    for (let count = 0; count < changesMax; count += 1) {
      const change = this.#changes.first();
      if (change === undefined || change.deadline > at) return;
      this.#changes.remove(change);
      this.#changeOf.delete(change.standing);
      if (change.standing.slot >= 0) this.touch(change.standing);
    }
  }

  /** A ticket goes on waiting: it is due again when something about it changes. */
  expectChange(standing: Standing, at: number): void {
    if (this.#changeOf.has(standing)) return;
    const changeAt = nextChangeAt(standing, this.#search, at);
    const isHolding = this.#search.hold !== undefined && standing.eligibleAt <= at;
    const deadline = isHolding ? Math.min(changeAt, nextHoldLookAt(standing, at)) : changeAt;
    if (deadline === Number.POSITIVE_INFINITY) return;
    const change = { id: standing.ticketId, deadline, heapIndex: -1, standing };
    this.#changeOf.set(standing, change);
    this.#changes.set(change, deadline);
  }
}
