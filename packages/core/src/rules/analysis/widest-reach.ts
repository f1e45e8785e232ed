import { lastStepAfterMs } from "../../matching/window.ts";
import type { ModeRules } from "../rules.ts";

/** The widest rating window that a ticket's wait comes to. */
export function widestWindow({ search: { widening }, maxWaitMs }: ModeRules): number {
  if (widening.kind === "linear") {
    return Math.min(widening.max, widening.gap + (widening.perSecond * maxWaitMs) / 1_000);
  }
  return widening.steps.reduce((gap, step) => (step.afterMs < maxWaitMs ? step.gap : gap), 0);
}

/** Whether a ticket's wait comes to the last step of its search, where wishes and rematches give way. */
export function reachesLastStep({ search, maxWaitMs }: ModeRules): boolean {
  return lastStepAfterMs(search) < maxWaitMs;
}

/** A time as people read it. */
export function secondsText(ms: number): string {
  return `${ms / 1_000} s`;
}
