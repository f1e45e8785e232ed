import type { ArchiveBatch, ArchiveRow, AuditLine, EventRow } from "@matchforge/stores";

/** What one entry, or all that waits, adds to the archive. */
type Contents = Required<Omit<ArchiveBatch, "cursor">>;

/** What waits to be stored, in the order of the log. */
export class Backlog {
  #events: EventRow[] = [];
  #rows: { readonly position: number; readonly row: ArchiveRow }[] = [];
  #audit: AuditLine[] = [];

  /** How many events wait. */
  get size(): number {
    return this.#events.length;
  }

  add(position: number, { events, rows, audit }: Contents): void {
    for (const event of events) this.#events.push(event);
    for (const row of rows) this.#rows.push({ position, row });
    for (const line of audit) this.#audit.push(line);
  }

  /** Forgets what came up to a position: it is stored. */
  drop(upTo: number): void {
    this.#events = after(this.#events, upTo);
    this.#rows = after(this.#rows, upTo);
    this.#audit = after(this.#audit, upTo);
  }

  /** All that waits; it goes on waiting until it is dropped. */
  contents(): Contents {
    const rows = this.#rows.map(({ row }) => row);
    return { events: [...this.#events], rows, audit: [...this.#audit] };
  }
}

function after<Item extends { readonly position: number }>(items: Item[], upTo: number): Item[] {
  const first = items.findIndex(({ position }) => position > upTo);
  return first < 0 ? [] : items.slice(first);
}
