import { commits } from "./commits.ts";
import { coordinators } from "./coordinators.ts";
import { loading } from "./loading.ts";
import { queueing } from "./queueing.ts";
import { readyChecks } from "./ready-checks.ts";
import { reconnects } from "./reconnects.ts";
import { results } from "./results.ts";
import type { Scenario } from "./scenario.ts";

/** Every scenario that the log, the kernel, the matcher and the engine must stand, and a simulation must meet. */
export const scenarios: readonly Scenario[] = [
  ...queueing,
  ...commits,
  ...readyChecks,
  ...loading,
  ...reconnects,
  ...results,
  ...coordinators,
];

/** Scenarios that cannot be met here, and where they belong or why they cannot be at all. */
export const outOfScope: Readonly<Record<string, string>> = {
  A5: "structure",
  A15: "gateway",
  A20: "gateway",
  A21: "policy",
  B3: "lockless",
  B7: "redis",
  C14: "gateway",
  E9: "gateway",
  E13: "gateway",
  E18: "token",
  F5: "chain",
  F6: "chain",
  F7: "chain",
  F8: "chain",
  F13: "policy",
  F15: "chain",
  F16: "chain",
  I1: "redis",
  I2: "redis",
  I3: "redis",
  I4: "redis",
  I5: "redis",
  I6: "redis",
  I8: "settings",
  I9: "postgresql",
  I10: "disk",
  I11: "postgresql",
  I12: "postgresql",
  I13: "backup",
};

/** A run of so many matches meets every scenario; a shorter one may miss some. */
export const matchesToMeetAll = 20_000;

/** Which scenarios a run with so many coordinators has not met although it must. */
export function unmetIn(markers: Readonly<Record<string, number>>, nodes: number): readonly Scenario[] {
  return scenarios.filter(({ id, nodesMin = 1 }) => nodes >= nodesMin && !markers[id]);
}
