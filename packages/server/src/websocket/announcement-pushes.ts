import type { KernelEvent } from "@matchforge/core";
import type { Session } from "./session.ts";

/** Tells everybody who is signed in here what an operator has to say. */
export function announce(sessions: Iterable<Session>, event: KernelEvent): void {
  if (event.type !== "announced") return;
  const { text: message, severity } = event;
  for (const { connection } of sessions) connection.sendFrame("system.announcement", { message, severity });
}
