/** Listeners by name. One that throws stops nobody else: its error is thrown again on its own. */
export class Listeners<Events extends object> {
  readonly #listeners = new Map<keyof Events, Set<(value: never) => void>>();

  /** Calls `listener` for each event of a name; returns the function that ends it. */
  on<Name extends keyof Events>(name: Name, listener: (value: Events[Name]) => void): () => void {
    const known = this.#listeners.get(name);
    const listeners = known ?? new Set();
    if (known === undefined) this.#listeners.set(name, listeners);
    const own = (value: Events[Name]) => listener(value);
    listeners.add(own as (value: never) => void);
    return () => listeners.delete(own as (value: never) => void);
  }

  emit<Name extends keyof Events>(name: Name, value: Events[Name]): void {
    for (const listener of this.#listeners.get(name) ?? []) {
      try {
        listener(value as never);
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }
}
