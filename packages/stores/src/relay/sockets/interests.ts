import type { Interest } from "./interest.ts";

/** The topics that have listeners here. Others are told of the first and the last listener, those of a turn together. */
export class Interests {
  readonly #tell: (interest: Interest) => void;
  readonly #listeners = new Map<string, number>();
  readonly #told = new Set<string>();
  readonly #changed = new Set<string>();

  constructor(tell: (interest: Interest) => void) {
    this.#tell = tell;
  }

  /** All topics, for a node that knows none of them yet. */
  topics(): readonly string[] {
    return [...this.#told];
  }

  /** Counts a listener; the returned function takes it back. */
  add(topic: string): () => void {
    this.#count(topic, 1);
    let ended = false;
    return () => {
      if (!ended) this.#count(topic, -1);
      ended = true;
    };
  }

  #count(topic: string, more: number): void {
    const count = (this.#listeners.get(topic) ?? 0) + more;
    if (count > 0) this.#listeners.set(topic, count);
    else this.#listeners.delete(topic);
    if (this.#changed.size === 0) setImmediate(() => this.#tellChanged());
    this.#changed.add(topic);
  }

  #tellChanged(): void {
    const changed = [...this.#changed];
    this.#changed.clear();
    const begin = changed.filter((topic) => this.#listeners.has(topic) && !this.#told.has(topic));
    const cease = changed.filter((topic) => !this.#listeners.has(topic) && this.#told.has(topic));
    for (const topic of begin) this.#told.add(topic);
    for (const topic of cease) this.#told.delete(topic);
    if (begin.length + cease.length > 0) this.#tell({ begin, cease });
  }
}
