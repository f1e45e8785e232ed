import type { Rules } from "@matchforge/core";
import { type ModeFrontier, traceFrontier } from "./frontier/trace-frontier.ts";
import { type RecordedStores, readRecording } from "./replay/read-recording.ts";
import { reasonToSkip } from "./run/reason-to-skip.ts";
import { type RunSummary, runArrivals } from "./run/run-arrivals.ts";
import { syntheticArrivals } from "./traffic/synthetic-arrivals.ts";
import type { TrafficModel } from "./traffic/traffic-model.ts";

/** What rules would come to. */
export interface WhatIfReport {
  readonly kind: "simulate" | "replay";
  /** Of a synthetic run. */
  readonly seed: number | null;
  /** What happened under the recorded rules; null in a synthetic run. */
  readonly before: RunSummary | null;
  readonly after: RunSummary;
  /** Empty where it was not asked for. */
  readonly frontier: readonly ModeFrontier[];
  /** Modes of the rules that were left out, and why. */
  readonly skipped: readonly { readonly mode: string; readonly reason: string }[];
}

/** Told now and then what is being done, in words. */
export type WorkListener = (work: string) => void;

/** Tickets of each run of a frontier: enough for its figures to stand still, few enough to wait for. */
const frontierTickets = 30_000;

/**
 * Lives through synthetic arrivals under some rules. The same seed gives the same report, bit for bit.
 *
 * @throws NothingToSimulate when no mode of the rules can be simulated.
 * @example
 * const { after } = simulateTraffic({ rules, traffic, seed: 1, tickets: 100_000, withFrontier: false });
 */
export function simulateTraffic(options: {
  readonly rules: Rules;
  readonly traffic: TrafficModel;
  readonly seed: number;
  readonly tickets: number;
  readonly withFrontier: boolean;
  readonly onWork?: WorkListener;
}): WhatIfReport {
  const { rules, traffic, seed, tickets, withFrontier, onWork } = options;
  const arrivals = (count: number) => syntheticArrivals({ model: traffic, rules, seed, tickets: count });
  const onProgress = (done: number) => onWork?.(`${done} of ${tickets} tickets`);
  const after = runArrivals({ rules, arrivals: arrivals(tickets), onProgress });
  const frontier = withFrontier
    ? traceFrontier({
        rules,
        arrivals: () => arrivals(Math.min(tickets, frontierTickets)),
        onProgress: tellSettings(onWork),
      })
    : [];
  return { kind: "simulate", seed, before: null, after, frontier, skipped: skippedModes(rules) };
}

/**
 * Lives through the tickets of a recorded shard once more, under some rules, beside what really happened.
 *
 * @throws StoreError when the recording cannot be read.
 * @example
 * const { before, after } = await replayLog({ stores: { log, archive }, rules, withFrontier: false });
 */
export async function replayLog(options: {
  readonly stores: RecordedStores;
  readonly rules: Rules;
  readonly withFrontier: boolean;
  readonly onWork?: WorkListener;
}): Promise<WhatIfReport> {
  const { stores, rules, withFrontier, onWork } = options;
  const recording = await readRecording(stores, onWork);
  const { arrivals, happened } = recording;
  const endsAt = happened.durationMs;
  const onProgress = (done: number) => onWork?.(`${done} of ${arrivals.length} tickets`);
  const after = runArrivals({ rules, arrivals, endsAt, onProgress });
  const frontier = withFrontier
    ? traceFrontier({ rules, arrivals: () => arrivals, endsAt, onProgress: tellSettings(onWork) })
    : [];
  return { kind: "replay", seed: null, before: happened, after, frontier, skipped: skippedModes(rules) };
}

function tellSettings(onWork: WorkListener | undefined) {
  return ({ settings, of }: { readonly settings: number; readonly of: number }) =>
    onWork?.(`${settings} of ${of} settings around the rules`);
}

function skippedModes({ modes }: Rules): WhatIfReport["skipped"] {
  return modes.flatMap((mode) => {
    const reason = reasonToSkip(mode);
    return reason === null ? [] : [{ mode: mode.id, reason }];
  });
}
