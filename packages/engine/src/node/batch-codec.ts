import type { Command, Entry, NodeKey } from "@matchforge/core";
import type { StoredBatch } from "@matchforge/stores";

/** Commands as they stand in the log: encoded once, forwarded as text. */
export function encodeCommands(commands: readonly Command[]): string {
  return JSON.stringify(commands);
}

/**
 * The entries of a stored batch, in order.
 *
 * @example
 * for (const batch of await log.read({ from: 1, limit: 100 })) for (const entry of entriesOf(batch)) applyEntry(state, entry);
 */
export function entriesOf(batch: StoredBatch): Entry[] {
  const commands = JSON.parse(batch.commands) as Command[];
  const node: NodeKey = `${batch.node}/${batch.boot}`;
  return commands.map((command, index) => ({ position: batch.first + index, at: batch.at, node, command }));
}
