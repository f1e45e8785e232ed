import type { ModeRules, Rules, SearchRules, Widening } from "@matchforge/core";

/** One way to set the search of every mode. */
export interface SearchSetting {
  /** What was changed: how fast windows widen, or what holding back is worth. */
  readonly kind: "given" | "speed" | "hold";
  /** How a chart calls it: `widening ×2`, `hold at 20 points/s`. */
  readonly name: string;
  readonly rules: Rules;
}

const speeds = [0.25, 0.5, 2, 4];
/** Rating points that a second of waiting is worth, where the rules name no price themselves. */
const usualPrice = 10;
const priceFactors = [0.25, 0.5, 1, 2, 4];

/** The given rules, the same widening slower and faster, and the same holding back more and less. */
export function searchSettings(rules: Rules): SearchSetting[] {
  const given: SearchSetting = { kind: "given", name: "the given rules", rules };
  const bySpeed = speeds.map((times): SearchSetting => {
    const change = (search: SearchRules) => ({ ...search, widening: faster(search.widening, times) });
    return { kind: "speed", name: `widening ×${times}`, rules: withSearch(rules, change) };
  });
  const byHold = priceFactors.map((factor): SearchSetting => {
    const change = (search: SearchRules): SearchRules => {
      const pointsPerSecond = (search.hold?.pointsPerSecond ?? usualPrice) * factor;
      return { ...search, hold: { ...(search.hold ?? { kind: "arrivals" }), pointsPerSecond } };
    };
    return { kind: "hold", name: `hold price ×${factor}`, rules: withSearch(rules, change) };
  });
  return [given, ...bySpeed, ...byHold];
}

function withSearch(rules: Rules, change: (search: SearchRules) => SearchRules): Rules {
  const changed = (mode: ModeRules): ModeRules => ({ ...mode, search: change(mode.search) });
  return { ...rules, modes: rules.modes.map(changed) };
}

/** The same windows, reached in a part of the time. */
function faster(widening: Widening, times: number): Widening {
  if (widening.kind === "linear") return { ...widening, perSecond: widening.perSecond * times };
  return { ...widening, steps: widening.steps.map((step) => ({ ...step, afterMs: step.afterMs / times })) };
}
