import type { ModeSummary } from "../outcomes/mode-summary.ts";
import type { WhatIfReport } from "../what-if.ts";

/** One mode's figures, once or before and after. */
export interface Compared {
  readonly mode: string;
  /** `label` is empty where there is nothing to tell apart. */
  readonly runs: readonly { readonly label: "" | "before" | "after"; readonly summary: ModeSummary }[];
}

/** The modes of a report in the order of the rules, then those that only the recording has; without those nobody came to. */
export function comparedModes({ before, after }: WhatIfReport): Compared[] {
  const names = new Set([...after.modes, ...(before?.modes ?? [])].map(({ mode }) => mode));
  return [...names].flatMap((mode) => {
    const own = (run: typeof before, label: "" | "before" | "after") =>
      (run?.modes ?? []).filter((summary) => summary.mode === mode).map((summary) => ({ label, summary }));
    const runs = before === null ? own(after, "") : [...own(before, "before"), ...own(after, "after")];
    return runs.some(({ summary }) => summary.tickets > 0) ? [{ mode, runs }] : [];
  });
}
