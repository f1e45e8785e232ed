import type { EngineNode } from "matchforge";

/** Resolves when an operator asks a node to end in good order. */
export function drainAskedOf({ key, replica }: Pick<EngineNode, "key" | "replica">): Promise<void> {
  return new Promise((resume) => {
    replica.onApplied((_entry, events) => {
      if (events.some((event) => event.type === "node.drain_asked" && event.node === key)) resume();
    });
  });
}
