import { setTimeout as pause } from "node:timers/promises";
import type { AllocationRequest } from "matchforge";
import { type AllocatorLimits, allocatorLimits } from "../../src/allocators/limits.ts";
import { lateMsMax } from "./provider-faults.ts";

/** The bounds of the tests: as the real ones, in milliseconds. */
export const testLimits: AllocatorLimits = {
  ...allocatorLimits,
  firstPauseMs: 2,
  pauseMsMax: 4,
  lateMs: 20,
  breakerOpenMs: 20,
};

/** For providers that do not answer. */
export const impatientLimits: AllocatorLimits = {
  ...testLimits,
  requestMs: 100,
  connectMs: 50,
  allocateMs: 400,
  lateMs: lateMsMax + 220,
};

/** The request for a server of match 1, 2, 3 … */
export function requestOf(number: number, regions: readonly string[] = ["eu-west"]): AllocationRequest {
  return {
    key: `allocate:match_${number}:1`,
    match: `match_${number}`,
    mode: "code_duel",
    regions,
    players: [{ player: "player_a", team: 0 }],
    credential: `credential of ${number}`,
    isUnsure: false,
  };
}

export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await pause(1);
}
