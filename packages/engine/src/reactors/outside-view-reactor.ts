import type { KernelEvent, State } from "@matchforge/core";
import type { OutsideView, ViewMark } from "@matchforge/stores";
import { engineLimits } from "../limits.ts";
import type { Clock, Report } from "../ports.ts";
import { allShown, type Shown, shownIn, ViewContents } from "./view-contents.ts";

/**
 * Shows queues and live matches to readers outside while its node leads. It writes everything when it begins to lead,
 * and then what changed, a few times a second; everything again from time to time, so that nothing of it expires. After
 * any failure it starts over with everything, so it keeps no more than the ids of what changed since its last write.
 *
 * @example
 * const reactor = new OutsideViewReactor({ view, state: () => node.state, leads: () => node.leads, clock, report });
 * node.replica.onApplied((_entry, events) => reactor.applied(events));
 */
export class OutsideViewReactor {
  readonly #options: OutsideViewReactorOptions;
  readonly #contents = new ViewContents();
  readonly #changed = new Set<Shown>();
  /** The term whose view this node keeps; null: the next write begins with everything. */
  #term: number | null = null;
  #allWrittenAt = Number.NEGATIVE_INFINITY;
  #failures = 0;
  #cancelTimer: (() => void) | null = null;
  #writing: Promise<void> | null = null;
  #stopped = false;

  constructor(options: OutsideViewReactorOptions) {
    this.#options = options;
  }

  /** Called after every applied entry. */
  applied(events: readonly KernelEvent[]): void {
    if (this.#stopped) return;
    if (!this.#options.leads()) return this.#forget();
    if (this.#term !== null) this.#gather(events);
    this.#plan(engineLimits.viewEveryMs);
  }

  /** Ends it, and the view with it. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelTimer?.();
    await this.#options.view.close();
    await this.#writing;
  }

  #gather(events: readonly KernelEvent[]): void {
    for (const event of events) for (const id of shownIn(event)) this.#changed.add(id);
    if (this.#changed.size <= engineLimits.viewChanged) return;
    const detail = `more than ${engineLimits.viewChanged} changes wait to be written; it is written anew`;
    this.#options.report({ code: "VIEW_BEHIND", detail });
    this.#forget();
  }

  /** Whoever keeps the view next begins with everything. */
  #forget(): void {
    this.#term = null;
    this.#changed.clear();
    this.#contents.clear();
  }

  #plan(delayMs: number): void {
    if (this.#stopped || this.#cancelTimer !== null || this.#writing !== null) return;
    this.#cancelTimer = this.#options.clock.after(delayMs, () => {
      this.#cancelTimer = null;
      this.#writing = this.#write().then((delay) => {
        this.#writing = null;
        // Entries come at least once a second and plan the next write; only what is known to be owed cannot wait.
        if (this.#options.leads() && (this.#term === null || this.#changed.size > 0)) this.#plan(delay);
      });
    });
  }

  /** Writes what is owed and answers how long the next write should wait. */
  async #write(): Promise<number> {
    const { leads, state, report } = this.#options;
    try {
      if (leads()) await (this.#term === state().term ? this.#writeChanges() : this.#takeOver());
      this.#failures = 0;
      return engineLimits.viewEveryMs;
    } catch (error) {
      this.#forget();
      const pauses = engineLimits.viewRetryMs;
      const pauseMs = pauses[Math.min(this.#failures, pauses.length - 1)];
      if (this.#failures === 0 && !this.#stopped) report({ code: "VIEW_FAILED", detail: textOf(error) });
      this.#failures += 1;
      return pauseMs;
    }
  }

  async #takeOver(): Promise<void> {
    const { view, state } = this.#options;
    this.#forget();
    const { term } = state();
    // From here on changes are gathered: what is written later may miss them.
    this.#term = term;
    if (!(await view.takeOver(term))) throw new Error("Another node writes the view for outside readers.");
    if (this.#term === term) await this.#writeAll();
  }

  async #writeChanges(): Promise<void> {
    const { viewAllEveryMs } = engineLimits;
    if (this.#options.clock.now() - this.#allWrittenAt >= viewAllEveryMs) return this.#writeAll();
    const ids = [...this.#changed];
    this.#changed.clear();
    await this.#writeInPortions(ids);
  }

  async #writeAll(): Promise<void> {
    this.#allWrittenAt = this.#options.clock.now();
    // What has ended is among the changed alone.
    const ids = new Set([...this.#changed, ...allShown(this.#options.state())]);
    this.#changed.clear();
    await this.#writeInPortions([...ids]);
  }

  /** The last portion carries the mark: by then all is written as it was at the first one, or later. */
  async #writeInPortions(ids: readonly Shown[]): Promise<void> {
    const { view, state } = this.#options;
    const term = this.#term;
    const mark = markOf(state());
    let start = 0;
    do {
      const portion = ids.slice(start, start + engineLimits.viewPortion);
      start += engineLimits.viewPortion;
      const changes = this.#contents.changesOf(state(), portion);
      if (!(await view.apply(changes, start < ids.length ? null : mark))) return this.#lost(term);
      // Meanwhile another node may lead, or too much may have changed.
    } while (start < ids.length && this.#term === term);
  }

  /** The view was emptied, or another node has taken it over, which the log will tell. */
  #lost(term: number | null): void {
    if (this.#term === term) this.#forget();
  }
}

function markOf({ position, at, time }: State): ViewMark {
  return { position, at, time };
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

export interface OutsideViewReactorOptions {
  readonly view: OutsideView;
  readonly state: () => State;
  readonly leads: () => boolean;
  readonly clock: Clock;
  readonly report: Report;
}
