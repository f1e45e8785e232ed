import { setTimeout as pause } from "node:timers/promises";
import type { Crowd, CrowdRate } from "../load/crowd/crowd.ts";
import { type CrowdMeasured, measureCrowd, p99 } from "../load/crowd/measure-crowd.ts";
import type { Traffic } from "../load/load-player.ts";
import type { ServerProcess } from "../load/server-process.ts";

const settleMs = 12_000;
/** Beyond it a step is lost, and the next ones need not be tried. */
const hopelessMs = 1_000;

/** A step of a ramp, and what it came to. */
export interface Step {
  readonly rate: CrowdRate;
  readonly measured: CrowdMeasured;
  /** Sockets that servers have closed by its end. */
  readonly socketsLost: number;
}

/** Lets a crowd rise in steps for as long as its servers keep up; tells of each step. */
export async function climb(
  crowd: Crowd,
  options: {
    readonly rates: readonly CrowdRate[];
    readonly servers: readonly ServerProcess[];
    readonly traffic: Traffic;
    readonly seconds: number;
    readonly told: (step: Step) => void;
  },
): Promise<Step[]> {
  const { rates, servers, traffic, seconds, told } = options;
  const steps: Step[] = [];
  for (const rate of rates) {
    await pause(crowd.rise(rate) + settleMs);
    const measured = await measureCrowd(crowd, { servers, traffic, seconds });
    const step = { rate, measured, socketsLost: crowd.socketsLost };
    steps.push(step);
    told(step);
    if (p99(measured.seen.enqueueMs) > hopelessMs || step.socketsLost > 0) break;
  }
  return steps;
}
