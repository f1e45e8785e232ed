import type { NodeKey } from "../../src/index.ts";
import { Shard } from "./shard.ts";

export const beta: NodeKey = "beta/1";

/** A shard with a second node, and nobody on it. */
export function twoNodes(): Shard {
  const shard = Shard.started();
  shard.apply({ type: "node.up", levels: [1] }, beta);
  return shard;
}

/** Only the first node says that it is alive. */
export function waitWithoutBeta(shard: Shard, ms: number) {
  return shard.wait(ms, [shard.node]);
}
