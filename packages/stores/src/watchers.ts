/** The listeners of one handle. A listener that throws has a bug: it is thrown again outside the append it followed. */
export class Watchers {
  readonly #listeners = new Set<{ readonly listener: () => void }>();

  get size(): number {
    return this.#listeners.size;
  }

  /** Adds a listener, also one that is there already; the returned function removes this addition. */
  add(listener: () => void): () => void {
    const entry = { listener };
    this.#listeners.add(entry);
    return () => {
      this.#listeners.delete(entry);
    };
  }

  clear(): void {
    this.#listeners.clear();
  }

  wake(): void {
    for (const { listener } of this.#listeners) {
      try {
        listener();
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }
}
