import type { Rules } from "@matchforge/core";
import type { FleetConfig } from "../config/fleet-config.ts";
import type { UnsafeName } from "../config/fleet-settings.ts";

/** The name by which an operator accepts stakes on a log that can lose its last moments. */
const relaxedStakes: UnsafeName = "relaxed_stakes";

/** Why rules must not be played on a shard's stores, in sentences; null: they may. */
export function stakesRefusal(
  { modes }: Rules,
  { fleet, allowUnsafe }: { readonly fleet: FleetConfig | null; readonly allowUnsafe: readonly string[] },
): string | null {
  if (fleet?.log !== "redis" || allowUnsafe.includes(relaxedStakes)) return null;
  const wagered = modes.filter(({ stakes }) => stakes.length > 0).map(({ id }) => id);
  if (wagered.length === 0) return null;
  const advice = `Play them on log = "postgres", or accept the loss by name: allow_unsafe = ["${relaxedStakes}"]`;
  return `The log in Redis can lose its last moments, and ${wagered.join(", ")} have stakes. ${advice}`;
}
