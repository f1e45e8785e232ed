import type { Rules } from "./rules.ts";

/**
 * Restores what JSON cannot carry: a window of "any" is Infinity, which JSON writes as null.
 * Applied to rules read from the log; harmless on rules that never left memory.
 */
export function reviveRules(rules: Rules): Rules {
  return {
    ...rules,
    modes: rules.modes.map((mode) => {
      const { widening } = mode.search;
      if (widening.kind !== "steps") return mode;
      const steps = widening.steps.map((step) => ({ ...step, gap: step.gap ?? Number.POSITIVE_INFINITY }));
      return { ...mode, search: { ...mode.search, widening: { kind: "steps", steps } } };
    }),
  };
}
