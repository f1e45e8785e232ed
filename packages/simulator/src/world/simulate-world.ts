import type { FoundViolation } from "../audit/auditor.ts";
import { World, type WorldOptions } from "./world.ts";

/** What became of one world. */
export interface WorldReport {
  readonly matches: number;
  readonly ended: World["auditor"]["ended"];
  readonly entries: number;
  readonly faults: ReturnType<World["counts"]["toJSON"]>;
  readonly violations: readonly FoundViolation[];
  readonly traceHash: string;
  readonly markers: Readonly<Record<string, number>>;
}

/**
 * Lives through one small world: coordinators over one log, players, and everything that goes wrong, until enough
 * matches have ended; then lets it come to rest and checks that nobody was left behind. The same options give the same
 * world.
 *
 * @example
 * const { violations } = await simulateWorld({ seed: 7, matches: 250 });
 */
export async function simulateWorld(options: WorldOptions): Promise<WorldReport> {
  const world = new World(options);
  await world.live();
  const { auditor, counts } = world;
  return {
    matches: auditor.matches,
    ended: auditor.ended,
    entries: auditor.entries,
    faults: counts.toJSON(),
    violations: auditor.violations,
    traceHash: auditor.traceHash,
    markers: auditor.markers.counts,
  };
}
