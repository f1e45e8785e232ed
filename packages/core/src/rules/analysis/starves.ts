import { lastStepAfterMs } from "../../matching/window.ts";
import type { ModeRules, Rules } from "../rules.ts";
import type { NoteFinding } from "./finding.ts";
import { reachesLastStep, secondsText, widestWindow } from "./widest-reach.ts";

/** Notes who may wait for nothing although matches are formed. */
export function findStarvation(mode: ModeRules, note: NoteFinding, offered: Rules["modes"]): void {
  findBoundedWindow(mode, note);
  findBoundedLatency(mode, note);
  findHold(mode, note);
  findRematch(mode, note);
  findReadyCheck(mode, note);
  findPriority(mode, note, offered);
}

function findBoundedWindow(mode: ModeRules, note: NoteFinding): void {
  const widest = widestWindow(mode);
  if (mode.rating === null || widest === 0 || widest === Number.POSITIVE_INFINITY) return;
  const wait = secondsText(mode.maxWaitMs);
  const message = `the window never exceeds ${widest}: who is farther than that from everybody waits all ${wait} for nothing`;
  const fix =
    mode.search.widening.kind === "steps"
      ? "end with a step to anyone before that"
      : `raise the maximum above ${widest}, or use steps that end with anyone`;
  note("LAST_STEP_BOUNDED", { key: "search.widening", message, fix });
}

function findBoundedLatency({ search: { regions }, maxWaitMs }: ModeRules, note: NoteFinding): void {
  const reached = regions?.latencyMax.filter(({ afterMs }) => afterMs < maxWaitMs).at(-1);
  if (reached === undefined || reached.latencyMs === 0 || reached.latencyMs === Number.POSITIVE_INFINITY)
    return;
  const message = `the latency ceiling never exceeds ${reached.latencyMs} ms: who is farther from every region waits for nothing`;
  const fix = "end with a step to any latency, or add a region, if such players should be matched";
  note("LATENCY_BOUNDED", { key: "search.regions.latencyMax", message, fix });
}

/** What is kept back is let go when the wait has paid for it, at the last step, or after the hold's own time. */
function findHold(mode: ModeRules, note: NoteFinding): void {
  const { search, maxWaitMs } = mode;
  const { hold } = search;
  if (hold === undefined || mode.rating === null) return;
  const lastStepMs = lastStepAfterMs(search) || Number.POSITIVE_INFINITY;
  const freeAfterMs = Math.min(lastStepMs, hold.kind === "fixed" ? hold.forMs : Number.POSITIVE_INFINITY);
  const paid = (hold.pointsPerSecond * maxWaitMs) / 1_000;
  if (freeAfterMs < maxWaitMs || widestWindow(mode) <= paid) return;
  const message = `the hold outlasts the wait of ${secondsText(maxWaitMs)}: gaps above ${paid} are allowed and never taken`;
  const fix = "end the hold or the widening before the longest wait, or let a second pay for more points";
  note("HOLD_OUTLASTS_WAIT", {
    key: hold.kind === "fixed" ? "search.hold.forMs" : "search.hold",
    message,
    fix,
  });
}

function findRematch(mode: ModeRules, note: NoteFinding): void {
  const { avoidRematch } = mode.search;
  if (avoidRematch === null || avoidRematch.last === 0 || reachesLastStep(mode)) return;
  const { last, forMs } = avoidRematch;
  if (forMs < mode.maxWaitMs) return;
  const [avoided, wait] = [secondsText(forMs), secondsText(mode.maxWaitMs)];
  const message = `rematches are avoided for ${avoided} and the wait ends after ${wait}: who has met everybody there is within ${last} ${last === 1 ? "match" : "matches"} waits for nothing`;
  const fix = `avoid rematches for less than ${wait}, or begin the last step before that: there they are allowed`;
  note("REMATCH_OUTLASTS_WAIT", { key: "search.avoidRematch", message, fix });
}

/** A ticket that comes back from a failed match keeps its age. */
function findReadyCheck({ readyCheckMs, maxWaitMs }: ModeRules, note: NoteFinding): void {
  if (readyCheckMs === null || readyCheckMs < maxWaitMs) return;
  const [check, wait] = [secondsText(readyCheckMs), secondsText(maxWaitMs)];
  const message = `the ready check takes up to ${check}, the whole wait of ${wait}: who accepted a match that lapses is not matched again`;
  note("READY_CHECK_OUTLASTS_WAIT", { key: "readyCheckMs", message, fix: `ask for less than ${wait}` });
}

function findPriority({ priority }: ModeRules, note: NoteFinding, offered: Rules["modes"]): void {
  const before = offered.filter((mode) => mode.priority < priority).map(({ id }) => id);
  if (before.length === 0) return;
  const message = `served after ${before.join(", ")}: tickets that stand in both go there first, and under load its waves come last`;
  note("LOWER_PRIORITY", {
    key: "priority",
    message,
    fix: "give both the same priority, unless this is meant",
  });
}
