import type { Entry, KernelEvent } from "@matchforge/core";
import type { EventRow } from "@matchforge/stores";
import { eventsText } from "../node/replica.ts";

/** Events that only the running kernel needs; the archive keeps what somebody may ask about later. */
const unarchived: ReadonlySet<KernelEvent["type"]> = new Set([
  "refused",
  "node.heard",
  "server.heard",
  "player.kept",
  "archive.progressed",
  "match.checkpointed",
  "match.notified",
]);

/** The events of one entry as rows of the archive's event table. */
export function eventRows(entry: Entry, events: readonly KernelEvent[]): EventRow[] {
  const rows: EventRow[] = [];
  events.forEach((event, index) => {
    if (unarchived.has(event.type)) return;
    const named = event as { readonly match?: string | null; readonly player?: string };
    rows.push({
      position: entry.position,
      index,
      type: event.type,
      matchId: named.match ?? null,
      playerId: named.player ?? null,
      at: entry.at,
      payload: eventsText([event]).slice(1, -1),
    });
  });
  return rows;
}
