import type { Entry, KernelEvent } from "@matchforge/core";
import type { AuditLine } from "@matchforge/stores";

/** What an entry adds to the audit: an operator's command leaves one line, every other entry none. */
export function auditLines({ position, at }: Entry, events: readonly KernelEvent[]): AuditLine[] {
  return events.flatMap((event) => {
    if (event.type !== "admin.acted") return [];
    const { type: _, ...told } = event;
    return [{ position, at, ...told }];
  });
}
