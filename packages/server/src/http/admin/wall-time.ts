import type { AdminDeps } from "./admin-deps.ts";

/** When a moment of shard time is, or will be, by the clocks on the wall, in unix ms. */
export function wallTimeOf(deps: Pick<AdminDeps, "wallClock" | "shardTime">, shardTime: number): number {
  return Math.max(0, Math.round(deps.wallClock() + shardTime - deps.shardTime()));
}
