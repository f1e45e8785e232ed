import type { KernelEvent } from "@matchforge/core";
import type { Check, Moment } from "../audit/check.ts";
import { scenarios } from "./catalogue.ts";
import type { Watch } from "./scenario.ts";
import { situationOf } from "./situations.ts";

/**
 * Counts what a simulation has met: the scenarios of the catalogue by their ids, and ordinary situations by name. One at 0
 * after a long run means that it tests too little.
 */
export class Markers implements Check {
  readonly counts: Record<string, number> = Object.fromEntries(scenarios.map(({ id }) => [id, 0]));
  readonly #onEvent = new Map<string, [string, Watch][]>();
  readonly #onCommand = new Map<string, [string, Watch][]>();

  constructor() {
    for (const { id, watch } of scenarios) {
      const own = watch?.();
      for (const type of own?.events ?? []) add(this.#onEvent, type, [id, own as Watch]);
      for (const type of own?.commands ?? []) add(this.#onCommand, type, [id, own as Watch]);
    }
  }

  /** Something is met that its own part of the world knows of. */
  reach(marker: string): void {
    this.counts[marker] = (this.counts[marker] ?? 0) + 1;
  }

  event(event: KernelEvent, moment: Moment): void {
    const situation = situationOf(event);
    if (situation !== undefined) this.reach(situation);
    for (const [id, watch] of this.#onEvent.get(event.type) ?? [])
      if (watch.event?.(event, moment)) this.reach(id);
  }

  end(moment: Moment): void {
    for (const [id, watch] of this.#onCommand.get(moment.entry.command.type) ?? [])
      if (watch.entry?.(moment)) this.reach(id);
  }
}

function add<T>(lists: Map<string, T[]>, key: string, item: T): void {
  lists.set(key, [...(lists.get(key) ?? []), item]);
}
