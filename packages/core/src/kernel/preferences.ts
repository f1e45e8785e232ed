import {
  areNames,
  areSoundLatencies,
  type RegionLatency,
  type Wishes,
  wishLimits,
} from "../matching/wishes.ts";
import { kernelLimits } from "./limits.ts";

/** What a player wants of tickets that say nothing of their own. */
export interface Preferences {
  /** What to queue for, the first as the main one; empty: no preference. */
  readonly modes: readonly string[];
  /** Where to play; null: anywhere. */
  readonly regions: readonly string[] | null;
  /** The longest latency to play with: one for all regions, or for some of them; null: any. */
  readonly latencyMaxMs: number | readonly RegionLatency[] | null;
  /** Measured latencies; null: not measured. */
  readonly latencies: readonly RegionLatency[] | null;
}

/** Whether preferences can be taken: numbers in range, names neither empty nor repeated, lists not too long. */
export function areSoundPreferences({ modes, regions, latencyMaxMs, latencies }: Preferences): boolean {
  if (!areNames(modes, kernelLimits.poolsPerTicket)) return false;
  if (regions !== null && (regions.length === 0 || !areNames(regions, wishLimits.regionsMax))) return false;
  if (latencies !== null && !areSoundLatencies(latencies)) return false;
  if (latencyMaxMs === null) return true;
  return typeof latencyMaxMs === "number"
    ? latencyMaxMs >= 0 && latencyMaxMs <= wishLimits.latencyMaxMs
    : areSoundLatencies(latencyMaxMs);
}

/**
 * A ticket's wishes, with the player's preferences where it says nothing. A ticket that names its regions means them,
 * however far they are: the ceiling is for the others. A region that was not measured cannot be reached anyway, so the
 * ones beyond the ceiling are left out by leaving out their measure.
 */
export function withPreferences(wishes: Wishes, preferences: Preferences | undefined): Wishes {
  if (preferences === undefined) return wishes;
  const latencies = wishes.latencies ?? preferences.latencies;
  if (wishes.regions !== null) return { ...wishes, latencies };
  const near = latencies?.filter((measured) => !exceeds(measured, preferences.latencyMaxMs)) ?? null;
  return { ...wishes, regions: preferences.regions, latencies: near };
}

function exceeds({ region, latencyMs }: RegionLatency, ceiling: Preferences["latencyMaxMs"]): boolean {
  if (ceiling === null) return false;
  const most =
    typeof ceiling === "number" ? ceiling : ceiling.find((given) => given.region === region)?.latencyMs;
  return most !== undefined && latencyMs > most;
}
