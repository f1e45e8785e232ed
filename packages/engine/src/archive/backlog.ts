import type { ArchiveBatch, ArchiveRow, EventRow } from "@matchforge/stores";

/** What waits to be stored, in the order of the log. */
export class Backlog {
  #events: EventRow[] = [];
  #rows: { readonly position: number; readonly row: ArchiveRow }[] = [];

  /** How many events wait. */
  get size(): number {
    return this.#events.length;
  }

  add(position: number, { events, rows }: Pick<ArchiveBatch, "events" | "rows">): void {
    for (const event of events) this.#events.push(event);
    for (const row of rows) this.#rows.push({ position, row });
  }

  /** Forgets what came up to a position: it is stored. */
  drop(upTo: number): void {
    this.#events = after(this.#events, upTo);
    this.#rows = after(this.#rows, upTo);
  }

  /** All that waits; it goes on waiting until it is dropped. */
  contents(): Pick<ArchiveBatch, "events" | "rows"> {
    return { events: [...this.#events], rows: this.#rows.map(({ row }) => row) };
  }
}

function after<Item extends { readonly position: number }>(items: Item[], upTo: number): Item[] {
  const first = items.findIndex(({ position }) => position > upTo);
  return first < 0 ? [] : items.slice(first);
}
