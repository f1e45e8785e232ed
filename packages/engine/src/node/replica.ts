import { applyEntry, createState, type Entry, type KernelEvent, type State } from "@matchforge/core";

/** Told of every applied entry, in order, after the state has changed. */
export type AppliedListener = (entry: Entry, events: readonly KernelEvent[]) => void;

/**
 * One copy of a shard's state, fed with the log's entries in order. It holds the only mutable reference
 * to its state; everybody else reads.
 *
 * @example
 * const replica = new Replica();
 * replica.onApplied((entry, events) => console.log(entry.position, events.length));
 * replica.apply({ position: 1, at: 0, node: "a/1", command: { type: "node.up", levels: [1] } });
 */
export class Replica {
  #state: State;
  readonly #listeners: AppliedListener[] = [];

  constructor(options: { readonly state?: State } = {}) {
    this.#state = options.state ?? createState();
  }

  get state(): State {
    return this.#state;
  }

  get position(): number {
    return this.#state.position;
  }

  /** Starts over from a state restored from a snapshot. */
  reset(state: State): void {
    this.#state = state;
  }

  /** Tells a listener of every entry from here on, after it was applied; the returned function ends that. */
  onApplied(listener: AppliedListener): () => void {
    this.#listeners.push(listener);
    return () => {
      const place = this.#listeners.indexOf(listener);
      if (place >= 0) this.#listeners.splice(place, 1);
    };
  }

  /** Applies the next entry; entries already applied are passed over. */
  apply(entry: Entry): readonly KernelEvent[] {
    if (entry.position <= this.#state.position) return [];
    const events = applyEntry(this.#state, entry);
    for (const listener of this.#listeners) listener(entry, events);
    return events;
  }
}

/**
 * Events as text, amounts as decimal strings.
 *
 * @example
 * const payload = eventsText(events);
 */
export function eventsText(events: readonly KernelEvent[]): string {
  return JSON.stringify(events, (_key, value: unknown) =>
    typeof value === "bigint" ? value.toString() : value,
  );
}
