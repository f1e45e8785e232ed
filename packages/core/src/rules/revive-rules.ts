import type { SearchRules } from "../matching/search-rules.ts";
import type { Rules } from "./rules.ts";

/**
 * Restores what JSON cannot carry: a window or ceiling of "any" is Infinity, which JSON writes as null.
 * Applied to rules read from the log; harmless on rules that never left memory.
 *
 * @example
 * const rules = reviveRules(JSON.parse(text));
 */
export function reviveRules(rules: Rules): Rules {
  return {
    ...rules,
    modes: rules.modes.map((mode) => ({ ...mode, search: reviveSearch(mode.search) })),
  };
}

function reviveSearch(search: SearchRules): SearchRules {
  const { widening, regions } = search;
  return {
    ...search,
    ...(widening.kind === "steps" && {
      widening: { kind: "steps", steps: widening.steps.map((step) => ({ ...step, gap: step.gap ?? any })) },
    }),
    ...(regions !== undefined && {
      regions: {
        ...regions,
        latencyMax: regions.latencyMax.map((step) => ({ ...step, latencyMs: step.latencyMs ?? any })),
      },
    }),
  };
}

const any = Number.POSITIVE_INFINITY;
