import { type KernelEvent, type NodeKey, type State, sha256Hex } from "@matchforge/core";
import { EngineError } from "../engine-error.ts";
import type { Dice } from "../ports.ts";

/** Refuses to start a node that would not understand its shard, or would draw other values than the others. */
export function assertFits(
  { level, secretEpochs }: State,
  { levels, dice }: { readonly levels: readonly number[]; readonly dice: Dice },
): void {
  if (!levels.includes(level)) {
    const known = `this node knows ${levels.join(" and ")}`;
    throw new EngineError(
      "LEVEL_NOT_SUPPORTED",
      `The shard is at kernel level ${level}; ${known}. Start a build that knows it.`,
    );
  }
  for (const { number, hash } of secretEpochs.values()) {
    if (sha256Hex(dice.secretOf(number)) === hash) continue;
    throw new EngineError(
      "SECRET_DIFFERS",
      `The shard secret of this node is not the one of the shard: epoch ${number} has another hash. Copy the secret from a node that runs.`,
    );
  }
}

/** Whether another process has come up under a node's name. */
export function isReplaced(key: NodeKey, events: readonly KernelEvent[]): boolean {
  return events.some(
    (event) => event.type === "node.up" && event.node !== key && nameOf(event.node) === nameOf(key),
  );
}

/** Refuses to come back where another process has the name by now. */
export function assertNameFree(key: NodeKey, { nodes }: State): void {
  for (const { id } of nodes.values()) if (id !== key && nameOf(id) === nameOf(key)) throw nameTaken(key);
}

function nameOf(key: NodeKey): string {
  return key.slice(0, key.lastIndexOf("/"));
}

export function nameTaken(key: NodeKey): EngineError {
  const name = nameOf(key);
  return new EngineError(
    "NAME_TAKEN",
    `Another process came up as node ${name}, so this one ends. Give every node a name of its own.`,
  );
}
