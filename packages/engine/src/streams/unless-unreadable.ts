import type { EventRow } from "@matchforge/stores";
import type { Report } from "../ports.ts";

/**
 * What is made of each event. One of which nothing can be made, because another build wrote it otherwise, is reported and left
 * out: no single event may hold up all that come behind it.
 */
export function unlessUnreadable<Item extends { readonly row: EventRow }, Made>(
  items: readonly Item[],
  { make, report }: { readonly make: (item: Item) => Made; readonly report: Report },
): Made[] {
  return items.flatMap((item) => {
    try {
      return [make(item)];
    } catch (error) {
      const { position, index, type } = item.row;
      report({ code: "STREAM_EVENT_SKIPPED", detail: `${position}:${index} (${type}): ${error}` });
      return [];
    }
  });
}
