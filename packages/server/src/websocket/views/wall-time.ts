import type { GatewayDeps } from "../ports.ts";

/** When a moment of shard time will come by the clocks on the wall, in unix ms, if time moves on normally. */
export function wallTimeOf(deps: Pick<GatewayDeps, "node" | "wallClock">, shardTime: number): number {
  return Math.max(0, Math.round(deps.wallClock() + shardTime - deps.node.shardTime()));
}
