import assert from "node:assert/strict";
import type { PlayerId } from "@matchforge/core";
import { type Log, type LogBatch, StoreError } from "@matchforge/stores";
import type { Cluster, TestNode } from "./cluster.ts";

/** A log whose appends fail as the test says. */
export function failing(
  log: Log,
  fail: (batch: LogBatch, append: () => Promise<unknown>) => Promise<"lost" | "pass">,
): Log {
  return {
    append: async (batch) => {
      const verdict = await fail(batch, () => log.append(batch));
      if (verdict === "lost") throw new StoreError("STORE_UNAVAILABLE", "the line was cut");
      return log.append(batch);
    },
    read: (options) => log.read(options),
    head: () => log.head(),
    watch: (listener) => log.watch(listener),
    writeSnapshot: (meta, chunks) => log.writeSnapshot(meta, chunks),
    readSnapshot: (options) => log.readSnapshot(options),
    trim: (options) => log.trim(options),
    close: () => log.close(),
  };
}

export async function playing(
  cluster: Cluster,
  node: TestNode,
  players: readonly PlayerId[],
  mode = "quick",
  tier: string | null = null,
) {
  for (const player of players) await cluster.connect(node, player);
  for (const player of players) assert.equal((await cluster.enqueue(node, player, mode, tier)).ok, true);
  await cluster.pass(200);
  const match = [...node.engine.state.matches.values()].at(-1);
  assert.ok(match);
  for (const player of players) await cluster.submit(node, { type: "match.accept", match: match.id, player });
  return match.id;
}
