import type { Archive, EventRow } from "@matchforge/stores";
import type { Check, Violate } from "./check.ts";

const eventsPerRead = 1_000;

/** Keeps count of what the archive must hold in the end: every event that is archived, each once, in the order of the log. */
export class ArchiveAudit implements Check {
  /** By position, the types of its events with their places. */
  readonly #expected = new Map<number, string>();

  readonly end: NonNullable<Check["end"]> = ({ entry, events }) => {
    const archived = events.flatMap(({ type }, index) => (unarchived.has(type) ? [] : [`${index} ${type}`]));
    if (archived.length > 0) this.#expected.set(entry.position, archived.join());
  };

  /** Compares what the archive holds up to its cursor. */
  async judge(archive: Archive, violate: Violate): Promise<void> {
    const cursor = await archive.cursor();
    const found = new Map<number, string[]>();
    for (let from = { position: 0, index: 0 }; ; ) {
      const rows: EventRow[] = await archive.events({ from, limit: eventsPerRead });
      const last = rows.at(-1);
      if (last === undefined) break;
      for (const { position, index, type } of rows)
        found.set(position, [...(found.get(position) ?? []), `${index} ${type}`]);
      from = last;
    }
    for (const [position, events] of this.#expected) {
      if (position > cursor) break;
      const actual = found.get(position)?.join() ?? "nothing";
      if (actual !== events) return violate(`archive: at ${position} stands ${actual}, not ${events}`);
    }
  }
}

/** What only the running kernel needs; not taken from the engine, which is what is judged here. */
const unarchived: ReadonlySet<string> = new Set([
  "refused",
  "node.heard",
  "server.heard",
  "player.kept",
  "archive.progressed",
  "match.checkpointed",
  "match.notified",
]);
