import type { Widening, WideningStep } from "../matching/search-rules.ts";
import { isBetween, isTime } from "./numbers.ts";
import { rulesLimits } from "./rules-limits.ts";

/** What is wrong with a widening: where below it (`""` for all of it), what is expected there, what to do. */
export interface WideningProblem {
  readonly place: string;
  readonly expected: string;
  readonly fix?: string;
}

const { gapMax, wideningStepsMax } = rulesLimits;

/** Tells everything that is wrong with a widening: a window begins at once and only ever grows. */
export function wideningProblems(widening: Widening): WideningProblem[] {
  if (widening.kind === "linear") return linearProblems(widening);
  const { steps } = widening;
  if (steps.length === 0) {
    const fix = "give one step: after 0, to anyone, matches everybody at once";
    return [{ place: "", expected: "one step at least", fix }];
  }
  if (steps.length > wideningStepsMax) return [{ place: "", expected: `at most ${wideningStepsMax} steps` }];
  return steps.flatMap((step, index) => {
    const problem = stepProblem(step, index === 0 ? null : steps[index - 1]);
    return problem === null ? [] : [{ place: `[${index}]`, ...problem }];
  });
}

function stepProblem(step: WideningStep, before: WideningStep | null): Omit<WideningProblem, "place"> | null {
  const gap = gapOf(step);
  if (!isTime(step.afterMs)) return { expected: "a step that begins after a time ≥ 0" };
  if (gap !== Number.POSITIVE_INFINITY && !isBetween(gap, 0, gapMax))
    return { expected: `a gap from 0 to ${gapMax}, or anyone` };
  if (before === null) {
    if (step.afterMs === 0) return null;
    return { expected: "a first step that begins at 0", fix: "begin it at 0, or put a step at 0 before it" };
  }
  const earliest = `${before.afterMs / 1_000} s`;
  if (step.afterMs <= before.afterMs) {
    const fix = `begin it after more than ${earliest}, or drop it`;
    return { expected: `a step that begins later than the one before it, at ${earliest}`, fix };
  }
  if (gap >= gapOf(before)) return null;
  const least = gapOf(before) === Number.POSITIVE_INFINITY ? "anyone" : `${gapOf(before)}`;
  const fix = `widen it to ${least} or drop it`;
  return {
    expected: `a gap no smaller than ${least}, that of the step before it: a window never shrinks`,
    fix,
  };
}

function linearProblems({ gap, perSecond, max }: Extract<Widening, { kind: "linear" }>): WideningProblem[] {
  const problems: WideningProblem[] = [];
  const bounded = `a gap from 0 to ${gapMax}`;
  if (!isBetween(gap, 0, gapMax)) problems.push({ place: ".gap", expected: bounded });
  if (!isBetween(perSecond, 0, gapMax))
    problems.push({ place: ".perSecond", expected: `points from 0 to ${gapMax}: a window never shrinks` });
  if (!isBetween(max, 0, gapMax)) problems.push({ place: ".max", expected: bounded });
  else if (max < gap)
    problems.push({
      place: ".max",
      expected: `a gap of ${gap} or more, where the window begins`,
      fix: `raise it to ${gap}`,
    });
  return problems;
}

/** JSON writes a gap of Infinity as null. */
function gapOf(step: { readonly gap: number }): number {
  return step.gap ?? Number.POSITIVE_INFINITY;
}
